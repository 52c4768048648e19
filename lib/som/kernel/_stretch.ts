import { BOX } from "./_boxes";
import { Plan } from "./_plan";

const ULP: f32 = 1.1920928955078125e-7;
const TINY: f32 = 1.401298464324817e-45;

/**
 * Stretches a block's boxes after weights of its tiles moved towards a row, each
 * by at most its tile's strength, 0 to 1, of its way.
 *
 * A weight ends between where it was and the row, so a side that the row is
 * beyond moves by the strength's part of the gap, and the others stay; that is
 * far cheaper than fitting. What rounding adds is less than a unit in the last
 * place of the side and a 2^-20th of the step.
 */
// @ts-ignore: decorator
@inline
export function stretchBlock(plan: Plan, block: i32, sides: usize, strengths: v128): void {
  const zero = f32x4.splat(0);
  const isPulled = f32x4.gt(strengths, zero);
  const share = f32x4.mul(strengths, f32x4.splat(1.00001));
  let box = plan.boxes + <usize>(block * plan.depth) * BOX;
  const end = box + <usize>plan.features * BOX;
  for (; box < end; box += BOX, sides += 32) {
    const least = v128.load(box);
    const under = f32x4.pmax(zero, f32x4.sub(least, v128.load(sides)));
    const lower = f32x4.sub(least, f32x4.add(f32x4.mul(share, under), hair(least)));
    v128.store(box, v128.bitselect(lower, least, isPulled));
    const most = v128.load(box, 16);
    const over = f32x4.pmax(zero, f32x4.sub(v128.load(sides, 16), most));
    const higher = f32x4.add(most, f32x4.add(f32x4.mul(share, over), hair(most)));
    v128.store(box, v128.bitselect(higher, most, isPulled), 16);
  }
}

// @ts-ignore: decorator
@inline
function hair(side: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.abs(side), f32x4.splat(ULP)), f32x4.splat(TINY));
}
