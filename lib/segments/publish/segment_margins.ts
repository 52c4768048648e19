import { bestMatchingUnits, type LongRun, type Matrix } from "feira/som";
import { takeValues } from "../fit/take_rows.ts";

/** What {@linkcode segmentMargins} measures against. */
export interface MarginSpec extends Pick<LongRun, "signal"> {
  /** `[prototypes × features]`, scaled as the matrix is: a map's neurons, or centroids. */
  readonly prototypes: Float64Array;
  /** `[prototypes]`: the segment that each stands for. */
  readonly owners: Int32Array | readonly number[];
  /** `[rows]`: the segment of each row, which is that of the nearest prototype. */
  readonly segments: Int32Array | readonly number[];
}

/** Who assigned the row may have summed in another order, and met a tie where here is none. */
const ROUNDING = 1e-9;

/**
 * How clearly each row belongs to its segment: 1 − d1 / d2, where d1 is the
 * distance to the nearest prototype of its own segment and d2 that to the
 * nearest of any other. 1 on a prototype of its own, 0 on the border between
 * two segments, or where prototypes of both lie on it; 1 where there is no
 * other segment.
 *
 * Exact, and the same for every number of threads. O(rows · prototypes · features)
 * at worst, as one search for best-matching units. Memory: 8 bytes per row, and a
 * copy of the rows of one segment at a time.
 *
 * @param matrix `[rows × features]`, scaled
 * @returns `[rows]`, 0..1
 * @throws {TypeError} when lengths do not fit, or a row's segment has no prototype
 * @throws {RangeError} when a row is nearer to another segment than to its own
 *
 * @example
 * ```ts
 * import { segmentMargins } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 3, 8), rows: 3, cols: 1 };
 * const margins = await segmentMargins(matrix, {
 *   prototypes: Float64Array.of(0, 2, 6),
 *   owners: [0, 0, 1],
 *   segments: [0, 0, 1],
 * });
 * assert.deepEqual([...margins], [1, 1 - 1 / 3, 1 - 2 / 6]);
 * ```
 */
export async function segmentMargins(
  matrix: Matrix,
  { prototypes, owners, segments, ...run }: MarginSpec,
): Promise<Float64Array> {
  const { rows, cols } = matrix;
  if (prototypes.length !== owners.length * cols || segments.length !== rows) {
    throw new TypeError(
      `Cannot take margins: found ${prototypes.length} weights of ${owners.length} prototypes and ${segments.length} segments of ${rows} rows, must be ${cols} weights each and 1 segment each`,
    );
  }
  const members = Map.groupBy(segments.keys(), (row) => segments[row]!);
  const table = { data: prototypes, rows: owners.length, cols };
  const margins = new Float64Array(rows);
  for (const [segment, own] of members) {
    const prototypesOf = (isWanted: (owner: number) => boolean) =>
      [...owners.keys()].filter((at) => isWanted(owners[at]!));
    const near = prototypesOf((owner) => owner === segment);
    const far = prototypesOf((owner) => owner !== segment);
    if (near.length === 0) {
      throw new TypeError(
        `Cannot take margins: found no prototype of segment ${segment}, must have one`,
      );
    }
    const customers = takeValues(matrix, own);
    const toOwn = await distances(customers, takeValues(table, near), run);
    const toOther = far.length === 0
      ? new Float64Array(own.length).fill(Infinity)
      : await distances(customers, takeValues(table, far), run);
    own.forEach((row, i) => margins[row] = marginOf(toOwn[i]!, toOther[i]!, row));
  }
  return margins;
}

function marginOf(own: number, other: number, row: number): number {
  if (own > other * (1 + ROUNDING)) {
    throw new RangeError(
      `Cannot take margins: row ${row} is ${own} from its segment and ${other} from another, must be nearer to its own`,
    );
  }
  // On neurons of both segments at once neither distance is more than 0.
  return other === 0 ? 0 : Math.max(0, 1 - own / other);
}

/** `[rows]`: distance to the nearest prototype; a map of one row is searched as any list is. */
async function distances(
  rows: Matrix,
  prototypes: Matrix,
  run: Pick<LongRun, "signal">,
): Promise<Float64Array> {
  const { data: weights, rows: width, cols: features } = prototypes;
  const line = { weights, width, height: 1, features };
  return (await bestMatchingUnits(line, rows, run)).distance;
}
