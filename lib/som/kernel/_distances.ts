import { leastLane } from "./_lanes";
import { Plan, SLOTS, tileBytes } from "./_plan";

/** Features between two looks at whether any neuron of the tile can still be near enough. */
const STRIDE: i32 = 4;

/**
 * Writes the squared distances between a row and a tile's neurons, and returns
 * the least; or -1, without writing, once none of them can be `most` or less.
 * Every neuron's features are added up one after another, so that the sums are
 * those of plain code; lanes are neurons.
 */
export function measure<T>(plan: Plan, tile: i32, row: usize, most: T, into: usize): T {
  const limit = v128.splat<T>(most);
  let p = plan.weights + <usize>tile * tileBytes<T>(plan);
  let a0 = v128.splat<T>(0), a1 = a0, a2 = a0, a3 = a0;
  let a4 = a0, a5 = a0, a6 = a0, a7 = a0;
  let least: v128;
  const end = row + <usize>plan.features * sizeof<T>();
  do {
    const pause = min(end, row + <usize>STRIDE * sizeof<T>());
    do {
      const x = v128.load_splat<T>(row);
      a0 = addSquare<T>(a0, p, 0, x);
      a1 = addSquare<T>(a1, p, 16, x);
      a2 = addSquare<T>(a2, p, 32, x);
      a3 = addSquare<T>(a3, p, 48, x);
      if (sizeof<T>() == 8) {
        a4 = addSquare<T>(a4, p, 64, x);
        a5 = addSquare<T>(a5, p, 80, x);
        a6 = addSquare<T>(a6, p, 96, x);
        a7 = addSquare<T>(a7, p, 112, x);
      }
      row += sizeof<T>();
      p += <usize>SLOTS * sizeof<T>();
    } while (row < pause);
    if (sizeof<T>() == 8) {
      // Slots with y 0 and 1 apart from those with 2 and 3, which may all be beyond the grid.
      const left = v128.pmin<T>(v128.pmin<T>(a0, a2), v128.pmin<T>(a4, a6));
      const right = v128.pmin<T>(v128.pmin<T>(a1, a3), v128.pmin<T>(a5, a7));
      least = v128.pmin<T>(left, right);
    } else {
      least = v128.pmin<T>(v128.pmin<T>(a0, a1), v128.pmin<T>(a2, a3));
    }
    if (!v128.any_true(v128.le<T>(least, limit))) return <T>-1;
  } while (row < end);
  v128.store(into, a0);
  v128.store(into, a1, 16);
  v128.store(into, a2, 32);
  v128.store(into, a3, 48);
  if (sizeof<T>() == 8) {
    v128.store(into, a4, 64);
    v128.store(into, a5, 80);
    v128.store(into, a6, 96);
    v128.store(into, a7, 112);
  }
  return leastLane<T>(least);
}

// @ts-ignore: decorator
@inline
function addSquare<T>(sum: v128, p: usize, offset: usize, x: v128): v128 {
  const difference = v128.sub<T>(v128.load(p + offset), x);
  return v128.add<T>(sum, v128.mul<T>(difference, difference));
}

/** One bit per slot whose distance is at most `most`. */
// @ts-ignore: decorator
@inline
export function slotsWithin<T>(distances: usize, most: T): i32 {
  const limit = v128.splat<T>(most);
  let slots = 0;
  for (let at = 0; at < <i32>(SLOTS * sizeof<T>()); at += 16) {
    const isWithin = v128.le<T>(v128.load(distances + at), limit);
    if (sizeof<T>() == 8) slots |= i64x2.bitmask(isWithin) << (at >> 3);
    else slots |= i32x4.bitmask(isWithin) << (at >> 2);
  }
  return slots;
}
