import type { Labels, Matrix } from "./types.ts";

/** @throws {TypeError | RangeError} when the matrix is empty, misshapen or not finite; names the cell. */
export function assertMatrix({ data, rows, cols }: Matrix, action: string): void {
  if (!Number.isInteger(rows) || rows < 1 || !Number.isInteger(cols) || cols < 1) {
    throw new RangeError(`Cannot ${action}: matrix is ${rows} × ${cols}, must be at least 1 × 1`);
  }
  if (data.length !== rows * cols) {
    throw new TypeError(
      `Cannot ${action}: found ${data.length} values, must be ${rows} rows × ${cols} columns`,
    );
  }
  for (let at = 0; at < data.length; at++) {
    if (!Number.isFinite(data[at])) {
      throw new RangeError(
        `Cannot ${action}: found ${data[at]} at row ${Math.floor(at / cols)} column ${
          at % cols
        }, must be finite`,
      );
    }
  }
}

/**
 * The sizes of clusters 0..k - 1.
 *
 * @throws {TypeError} when there is not one whole label per row
 * @throws {RangeError} when there is one cluster only, an empty one below the
 * greatest label, or as many as rows
 */
export function toSizes(labels: Labels, rows: number, action: string): Int32Array {
  if (labels.length !== rows) {
    throw new TypeError(`Cannot ${action}: found ${labels.length} labels, must be ${rows}`);
  }
  let greatest = 0;
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    if (!Number.isInteger(label) || label < 0) {
      throw new TypeError(
        `Cannot ${action}: found label ${label} at row ${row}, must be a whole number from 0`,
      );
    }
    if (label >= rows) {
      throw new RangeError(
        `Cannot ${action}: found label ${label} at row ${row}, must be below ${rows} rows`,
      );
    }
    greatest = Math.max(greatest, label);
  }
  if (greatest === 0) {
    throw new RangeError(`Cannot ${action}: found 1 cluster, must be at least 2`);
  }
  const sizes = new Int32Array(greatest + 1);
  for (let row = 0; row < rows; row++) sizes[labels[row]!]! += 1;
  const empty = sizes.indexOf(0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot ${action}: cluster ${empty} of ${sizes.length} is empty, must have at least 1 row`,
    );
  }
  if (sizes.length === rows) {
    throw new RangeError(
      `Cannot ${action}: found ${rows} clusters of ${rows} rows, must be fewer than rows`,
    );
  }
  return sizes;
}

/** @throws {RangeError} when a setting is not a whole number of at least `least` */
export function assertWhole(
  settings: Readonly<Record<string, number>>,
  { action, least = 1 }: { action: string; least?: number },
): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(
        `Cannot ${action}: ${name} is ${value}, must be a whole number of at least ${least}`,
      );
    }
  }
}
