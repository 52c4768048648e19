import { BOX } from "./_boxes";
import { above, below } from "./_outward";
import { Plan } from "./_plan";

/** Bytes of a row's feature as float32: four times a number below it, four times one above. */
const SIDES: usize = 32;

/** Bytes that `spreadRow` writes. */
// @ts-ignore: decorator
@inline
export function sidesBytes(plan: Plan): usize {
  return <usize>plan.depth * SIDES;
}

/** Writes a row as the bounds compare it. Features beyond the last are 0, as in the boxes. */
export function spreadRow<T>(plan: Plan, row: usize, sides: usize): void {
  for (let d = 0; d < plan.features; d++, row += sizeof<T>(), sides += SIDES) {
    const value = load<T>(row);
    v128.store(sides, f32x4.splat(below<T>(value)));
    v128.store(sides, f32x4.splat(above<T>(value)), 16);
  }
}

/**
 * The squared distance below which no tile of the block can have a neuron, for
 * its four tiles.
 *
 * Gaps are taken between numbers rounded outward, so they are never too large;
 * what rounding in float32 adds to the sum, `limitOf` allows for.
 */
// @ts-ignore: decorator
@inline
export function addGaps(sum: v128, box: usize, sides: usize, d: usize): v128 {
  const under = f32x4.sub(v128.load(box + d * BOX), v128.load(sides + d * SIDES, 16));
  const over = f32x4.sub(v128.load(sides + d * SIDES), v128.load(box + d * BOX, 16));
  // `pmax(a, b)` keeps `a` when `b` is NaN.
  const gap = f32x4.pmax(f32x4.pmax(f32x4.splat(0), under), over);
  return f32x4.add(sum, f32x4.mul(gap, gap));
}

/** Bounds over this cannot belong to a neuron at most `squared` away. */
// @ts-ignore: decorator
@inline
export function limitOf(plan: Plan, squared: f64): f32 {
  // Each of the features' subtractions, squares and sums is off by 2^-24 of itself at most,
  // and squares that underflow by far less than 1e-37.
  const slack = 1.0 + <f64>(plan.features + 8) * 1.2e-7;
  return <f32>(squared * slack) + <f32>1e-37;
}
