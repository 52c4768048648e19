import { addLanes, FOUR, Plan, Points } from "./_sums_plan";

/** Bytes of four float32. */
const FOUR_SINGLES: usize = 16;

/**
 * Adds the distances of the four asking rows of block i to those of the blocks `from`..`to`
 * (exclusive), an even number of them, all of them without padding.
 *
 * By differences in float32, two blocks at once, so that a row's coordinate serves eight pairs and
 * eight loaded ones serve four rows each. Two and four distances are added in float32, the rest in
 * float64.
 *
 * @param own sums of the asking rows
 * @param others sums of the other rows, or 0 where they are not wanted
 */
export function addDifferences(
  plan: Plan,
  i: i32,
  own: usize,
  from: i32,
  to: i32,
  others: usize,
): void {
  const step = usize(plan.cols) * FOUR_SINGLES;
  const x = changetype<Points>(plan.asking).centred + usize(i) * step;
  const end = x + step;
  let y = changetype<Points>(plan.points).centred + usize(from) * step;
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0), sum2 = f64x2.splat(0), sum3 = f64x2.splat(0);
  for (let j = from; j < to; j += 2) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
    for (let p = x; p < end; p += FOUR_SINGLES, y += FOUR_SINGLES) {
      const first = v128.load(y), second = v128.load(y + step);
      let v = v128.load32_splat(p);
      a0 = addSquare(a0, f32x4.sub(first, v));
      b0 = addSquare(b0, f32x4.sub(second, v));
      v = v128.load32_splat(p, 4);
      a1 = addSquare(a1, f32x4.sub(first, v));
      b1 = addSquare(b1, f32x4.sub(second, v));
      v = v128.load32_splat(p, 8);
      a2 = addSquare(a2, f32x4.sub(first, v));
      b2 = addSquare(b2, f32x4.sub(second, v));
      v = v128.load32_splat(p, 12);
      a3 = addSquare(a3, f32x4.sub(first, v));
      b3 = addSquare(b3, f32x4.sub(second, v));
    }
    y += step;
    a0 = f32x4.sqrt(a0), a1 = f32x4.sqrt(a1), a2 = f32x4.sqrt(a2), a3 = f32x4.sqrt(a3);
    b0 = f32x4.sqrt(b0), b1 = f32x4.sqrt(b1), b2 = f32x4.sqrt(b2), b3 = f32x4.sqrt(b3);
    sum0 = addSingles(sum0, f32x4.add(a0, b0));
    sum1 = addSingles(sum1, f32x4.add(a1, b1));
    sum2 = addSingles(sum2, f32x4.add(a2, b2));
    sum3 = addSingles(sum3, f32x4.add(a3, b3));
    if (others !== 0) {
      const at = others + usize(j) * FOUR;
      addToFour(at, f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)));
      addToFour(at + FOUR, f32x4.add(f32x4.add(b0, b1), f32x4.add(b2, b3)));
    }
  }
  const sums = own + usize(i) * FOUR;
  addLanes(sums, sum0);
  addLanes(sums + 8, sum1);
  addLanes(sums + 16, sum2);
  addLanes(sums + 24, sum3);
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, difference: v128): v128 {
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

// @ts-ignore: decorator
@inline
function upperHalf(singles: v128): v128 {
  return i8x16.shuffle(singles, singles, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

/** Adds four float32 to two float64. */
// @ts-ignore: decorator
@inline
function addSingles(sum: v128, singles: v128): v128 {
  const low = f64x2.promote_low_f32x4(singles);
  return f64x2.add(sum, f64x2.add(low, f64x2.promote_low_f32x4(upperHalf(singles))));
}

/** Adds four float32 to the four float64 at an address. */
// @ts-ignore: decorator
@inline
function addToFour(at: usize, singles: v128): void {
  const low = f64x2.promote_low_f32x4(singles);
  const high = f64x2.promote_low_f32x4(upperHalf(singles));
  v128.store(at, f64x2.add(v128.load(at), low));
  v128.store(at, f64x2.add(v128.load(at, 16), high), 16);
}
