import { greatestLane, leastLane } from "./_lanes";
import { above, below } from "./_outward";
import { Plan, SLOTS, tileBytes } from "./_plan";

/** Bytes of a block's boxes for one feature: four least, four greatest float32. */
export const BOX: usize = 32;

/** Where a tile's box begins; its next feature is `BOX` bytes on. */
// @ts-ignore: decorator
@inline
export function boxOf(plan: Plan, tile: i32): usize {
  return plan.boxes + <usize>((tile >> 2) * plan.depth) * BOX + (<usize>(tile & 3) << 2);
}

/** Fits the smallest box around a tile's weights. */
export function fitTile<T>(plan: Plan, tile: i32): void {
  let p = plan.weights + <usize>tile * tileBytes<T>(plan);
  let box = boxOf(plan, tile);
  for (let d = 0; d < plan.features; d++, p += <usize>SLOTS * sizeof<T>(), box += BOX) {
    store<f32>(box, below<T>(leastLane<T>(leastOf<T>(p))));
    store<f32>(box, above<T>(greatestLane<T>(greatestOf<T>(p))), 16);
  }
}

// The order matters where neurons are missing: `pmin(a, b)` keeps `a` when `b` is NaN.
// @ts-ignore: decorator
@inline
function leastOf<T>(p: usize): v128 {
  let a = v128.pmin<T>(v128.load(p), v128.load(p, 32));
  let b = v128.pmin<T>(v128.load(p, 16), v128.load(p, 48));
  if (sizeof<T>() == 8) {
    a = v128.pmin<T>(a, v128.pmin<T>(v128.load(p, 64), v128.load(p, 96)));
    b = v128.pmin<T>(b, v128.pmin<T>(v128.load(p, 80), v128.load(p, 112)));
  }
  return v128.pmin<T>(a, b);
}

// @ts-ignore: decorator
@inline
function greatestOf<T>(p: usize): v128 {
  let a = v128.pmax<T>(v128.load(p), v128.load(p, 32));
  let b = v128.pmax<T>(v128.load(p, 16), v128.load(p, 48));
  if (sizeof<T>() == 8) {
    a = v128.pmax<T>(a, v128.pmax<T>(v128.load(p, 64), v128.load(p, 96)));
    b = v128.pmax<T>(b, v128.pmax<T>(v128.load(p, 80), v128.load(p, 112)));
  }
  return v128.pmax<T>(a, b);
}
