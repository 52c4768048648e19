import { scaleOf } from "./_scale.ts";
import type { SortedRows } from "./_sorted_rows.ts";
import type { Precision } from "./types.ts";

/** Writes a row, made ready for distances, to the first `cols` values of `into`. */
export type ReadRow = (place: number, into: Float64Array) => void;

/**
 * Reads rows less the columns' means, columns that count n times √n times as
 * long; in float32 besides scaled by the power of two that brings the widest
 * column to about 1, and rounded.
 *
 * Rounding goes up or down at random, so often that its mean is the value. To
 * the nearest, a value that stands in thousands of rows, as whole numbers do,
 * would put all of them off alike, and the mean silhouette with them. The same in
 * every run, for chance is a hash of row and column.
 *
 * Source: M. Croci et al. (2022), Stochastic rounding, doi:10.1098/rsos.211631.
 */
export function centredRows(sorted: SortedRows, precision: Precision): ReadRow {
  const { times, centre, spreads, order, read } = sorted;
  const unit = precision === "float32" ? scaleOf(spreads) : 1;
  const lengths = times.map((count) => Math.sqrt(count) * unit);
  return (place, into) => {
    read(place, into);
    for (let d = 0; d < lengths.length; d++) {
      const value = (into[d]! - centre[d]!) * lengths[d]!;
      into[d] = precision === "float32" ? roundAtRandom(value, chance(order[place]!, d)) : value;
    }
  };
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** One of the two float32 about a value: the farther one where chance, 0..1, is below its share. */
function roundAtRandom(value: number, chance: number): number {
  single[0] = value;
  const nearest = single[0];
  const error = value - nearest;
  if (error === 0) return value;
  // The bits of a float32 count up with its size.
  bits[0]! += Math.abs(value) > Math.abs(nearest) ? 1 : -1;
  const other = single[0];
  return chance < error / (other - nearest) ? other : nearest;
}

/** 0..1 from a row and a column, by the mixing steps of MurmurHash3. */
function chance(row: number, column: number): number {
  let hash = Math.imul(row, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
