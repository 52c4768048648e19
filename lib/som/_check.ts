import type { Precision } from "./online/state.ts";
import type { Grid, Matrix, SomMap } from "./types.ts";

/** Neurons beyond this would not fit the 32-bit indices of the search. */
const MOST_NEURONS = 1_000_000;

/** Squares of greater differences would add up beyond the precision: all neurons would be equally far. */
const GREATEST: Readonly<Record<Precision, number>> = { float64: 1e152, float32: 1e17 };

/** @throws {TypeError | RangeError} when the matrix is empty, misshapen, not finite or beyond what the precision can compare; names the cell. */
export function assertMatrix(
  matrix: Matrix,
  action: string,
  precision: Precision = "float64",
): void {
  const { data, rows, cols } = matrix;
  assertWhole(rows, `Cannot ${action}: rows`, 1);
  assertWhole(cols, `Cannot ${action}: columns`, 1);
  if (data.length !== rows * cols) {
    throw new TypeError(
      `Cannot ${action}: found ${data.length} values, must be ${rows} rows × ${cols} columns`,
    );
  }
  for (let at = 0; at < data.length; at++) {
    if (isComparable(data[at]!, precision)) continue;
    const place = `row ${Math.floor(at / cols)} column ${at % cols}`;
    throw new RangeError(
      `Cannot ${action}: found ${data[at]} at ${place}, ${comparable(precision)}`,
    );
  }
}

export function assertGrid({ width, height, topology }: Grid, action: string): void {
  if (topology !== undefined) {
    assertOneOf(topology, ["rectangular", "hexagonal"], `Cannot ${action}: topology`);
  }
  assertWhole(width, `Cannot ${action}: width`, 1);
  assertWhole(height, `Cannot ${action}: height`, 1);
  if (width * height > MOST_NEURONS) {
    throw new RangeError(
      `Cannot ${action}: map has ${width * height} neurons, must be at most ${MOST_NEURONS}`,
    );
  }
}

/** @throws {TypeError | RangeError} when a map is misshapen or not finite; names the neuron. */
export function assertMap(
  map: SomMap,
  action: string,
  precision: Precision = "float64",
): void {
  const { weights, width, height, features } = map;
  assertGrid(map, action);
  assertWhole(features, `Cannot ${action}: features`, 1);
  if (weights.length !== width * height * features) {
    throw new TypeError(
      `Cannot ${action}: map has ${weights.length} weights, must be ${width} × ${height} × ${features}`,
    );
  }
  const at = weights.findIndex((weight) => !isComparable(weight, precision));
  if (at < 0) return;
  const place = `neuron ${Math.floor(at / features)} feature ${at % features}`;
  throw new RangeError(
    `Cannot ${action}: found weight ${weights[at]} at ${place}, ${comparable(precision)}`,
  );
}

function comparable(precision: Precision): string {
  const where = precision === "float64" ? "" : ` in ${precision}`;
  return `must be finite, of magnitude ${GREATEST[precision]} at most${where}`;
}

function isComparable(value: number, precision: Precision): boolean {
  return value >= -GREATEST[precision] && value <= GREATEST[precision];
}

/** @throws {TypeError} when a matrix has another number of columns than the map has features. */
export function assertFits(map: SomMap, matrix: Matrix, action: string): void {
  assertMap(map, action);
  assertMatrix(matrix, action);
  if (map.features !== matrix.cols) {
    throw new TypeError(
      `Cannot ${action}: matrix has ${matrix.cols} columns, must be the map's ${map.features} features`,
    );
  }
}

/** @throws {TypeError | RangeError} when there is not one finite weight from 0 for every row, or all are 0. */
export function assertRowWeights(weights: Float64Array, rows: number, action: string): void {
  if (weights.length !== rows) {
    throw new TypeError(
      `Cannot ${action}: found ${weights.length} weights, must be one for each of ${rows} rows`,
    );
  }
  const at = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (at >= 0) {
    throw new RangeError(
      `Cannot ${action}: weight of row ${at} is ${
        weights[at]
      }, must be a finite number of at least 0`,
    );
  }
  if (weights.every((weight) => weight === 0)) {
    throw new RangeError(`Cannot ${action}: weights are all 0, must be above 0 for some row`);
  }
}

/** `what` opens the message and names the value: `Cannot train map: width`. */
export function assertWhole(value: number, what: string, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${what} is ${value}, must be a whole number of at least ${least}`);
  }
}

export function assertPositive(value: number, what: string): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`${what} is ${value}, must be a finite number above 0`);
  }
}

/** @throws {RangeError} when a value is none of a closed choice; names the choice. */
export function assertOneOf(value: string, choices: readonly string[], what: string): void {
  if (choices.includes(value)) return;
  const list = `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
  throw new RangeError(`${what} is "${value}", must be ${list}`);
}
