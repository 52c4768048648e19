import { fitTile } from "./_boxes";
import { fillFactors } from "./_gaussian";
import { OnlinePlan } from "./_online_plan";
import { Plan, SLOTS, tileBytes } from "./_plan";
import { stretchBlock } from "./_stretch";

/**
 * A weaker pull moves no weight by more than half a unit in the last place of
 * the greater of weight and value: 2^-55 in float64, 2^-26 in float32.
 */
// @ts-ignore: decorator
@inline
function weakest<T>(): T {
  return sizeof<T>() == 8 ? <T>2.7755575615628914e-17 : <T>1.4901161193847656e-8;
}

/** Sum of strengths after which a stretched box is fitted anew. */
const MOST_SLACK: f32 = 0.2;

/**
 * Moves weights towards a row: w += ((fx · fy) · rate) · (x - w), fx and fy being
 * the gaussian along both sides of the grid. Tiles whose nearest neuron is pulled
 * too weakly are left as they are.
 *
 * @param sides the row as `spreadRow` wrote it
 */
export function pull<T>(
  plan: Plan,
  online: OnlinePlan,
  row: usize,
  sides: usize,
  best: i32,
  sigma: f64,
  rate: f64,
): void {
  const reach = fillFactors<T>(online, sigma, <f64>weakest<T>() / rate);
  const x = best / plan.height;
  const y = best - x * plan.height;
  const factors = online.factors + <usize>online.centre * sizeof<T>();
  const lastX = min(online.width - 1, x + reach) >> 3;
  const firstY = max(0, y - reach) >> 3;
  const lastY = min(plan.height - 1, y + reach) >> 3;
  for (let blockX = max(0, x - reach) >> 3; blockX <= lastX; blockX++) {
    for (let blockY = firstY; blockY <= lastY; blockY++) {
      const block = blockX * plan.blocksDown + blockY;
      let strengths = f32x4.splat(0);
      let isStretched = false;
      for (let part = 0; part < 4; part++) {
        const left = (blockX << 3) + ((part & 2) << 1) - x;
        const top = (blockY << 3) + ((part & 1) << 2) - y;
        const nearX = max(0, max(left, -3 - left));
        const nearY = max(0, max(top, -3 - top));
        if (nearX > reach || nearY > reach) continue;
        const strength = load<T>(factors + <usize>nearX * sizeof<T>()) *
          load<T>(factors + <usize>nearY * sizeof<T>()) * <T>rate;
        const tile = (block << 2) + part;
        if (strength < weakest<T>() || load<i32>(plan.firsts + (<usize>tile << 2)) < 0) continue;
        pullTile<T>(
          plan,
          tile,
          row,
          factors + <isize>left * <isize>sizeof<T>(),
          factors + <isize>top * <isize>sizeof<T>(),
          <T>rate,
        );
        const slack = online.slack + (<usize>tile << 2);
        const sum = load<f32>(slack) + <f32>strength;
        if (sum > MOST_SLACK) {
          fitTile<T>(plan, tile);
          store<f32>(slack, 0);
        } else {
          store<f32>(slack, sum);
          strengths = withLane(strengths, part, <f32>strength);
          isStretched = true;
        }
      }
      if (isStretched) stretchBlock(plan, block, sides, strengths);
    }
  }
}

// @ts-ignore: decorator
@inline
function withLane(v: v128, lane: i32, value: f32): v128 {
  if (lane == 0) return f32x4.replace_lane(v, 0, value);
  if (lane == 1) return f32x4.replace_lane(v, 1, value);
  if (lane == 2) return f32x4.replace_lane(v, 2, value);
  return f32x4.replace_lane(v, 3, value);
}

/** `alongX` and `alongY` point to the factors of the tile's first neuron. */
function pullTile<T>(
  plan: Plan,
  tile: i32,
  row: usize,
  alongX: usize,
  alongY: usize,
  rate: T,
): void {
  const rates = v128.splat<T>(rate);
  const top = v128.load(alongY);
  const x0 = v128.load_splat<T>(alongX);
  const x1 = v128.load_splat<T>(alongX + sizeof<T>());
  const x2 = v128.load_splat<T>(alongX + 2 * sizeof<T>());
  const x3 = v128.load_splat<T>(alongX + 3 * sizeof<T>());
  const s0 = v128.mul<T>(v128.mul<T>(x0, top), rates);
  const s1 = v128.mul<T>(v128.mul<T>(x1, top), rates);
  const s2 = v128.mul<T>(v128.mul<T>(x2, top), rates);
  const s3 = v128.mul<T>(v128.mul<T>(x3, top), rates);
  let p = plan.weights + <usize>tile * tileBytes<T>(plan);
  const end = row + <usize>plan.features * sizeof<T>();
  if (sizeof<T>() == 8) {
    const bottom = v128.load(alongY, 16);
    const t0 = v128.mul<T>(v128.mul<T>(x0, bottom), rates);
    const t1 = v128.mul<T>(v128.mul<T>(x1, bottom), rates);
    const t2 = v128.mul<T>(v128.mul<T>(x2, bottom), rates);
    const t3 = v128.mul<T>(v128.mul<T>(x3, bottom), rates);
    for (; row < end; row += sizeof<T>(), p += <usize>SLOTS * sizeof<T>()) {
      const value = v128.load_splat<T>(row);
      move<T>(p, 0, s0, value);
      move<T>(p, 16, t0, value);
      move<T>(p, 32, s1, value);
      move<T>(p, 48, t1, value);
      move<T>(p, 64, s2, value);
      move<T>(p, 80, t2, value);
      move<T>(p, 96, s3, value);
      move<T>(p, 112, t3, value);
    }
  } else {
    for (; row < end; row += sizeof<T>(), p += <usize>SLOTS * sizeof<T>()) {
      const value = v128.load_splat<T>(row);
      move<T>(p, 0, s0, value);
      move<T>(p, 16, s1, value);
      move<T>(p, 32, s2, value);
      move<T>(p, 48, s3, value);
    }
  }
}

// @ts-ignore: decorator
@inline
function move<T>(p: usize, offset: usize, strength: v128, value: v128): void {
  const weight = v128.load(p + offset);
  v128.store(p + offset, v128.add<T>(weight, v128.mul<T>(strength, v128.sub<T>(value, weight))));
}
