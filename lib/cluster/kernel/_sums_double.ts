import { addNear } from "./_sums_near";
import { addLanes, FOUR, Plan, Points } from "./_sums_plan";

/** Bytes of the sixteen squared distances of two blocks. */
const PAIRS: usize = 128;

/**
 * Adds the distances of the four asking rows of block i to those of the blocks `from`..`to`
 * (exclusive), all of them without padding.
 *
 * Square roots are slow, and stand apart from the rest of the processor: those of one block are
 * taken while the products of the next are added up, so the loop runs one block behind.
 *
 * @param own sums of the asking rows
 * @param others sums of the other rows, or 0 where they are not wanted
 */
export function addProducts(
  plan: Plan,
  thread: i32,
  i: i32,
  own: usize,
  from: i32,
  to: i32,
  others: usize,
): void {
  const asking = changetype<Points>(plan.asking);
  const points = changetype<Points>(plan.points);
  const near = plan.near;
  const step = usize(plan.cols) * FOUR;
  const pairs = plan.scratch + usize(thread) * PAIRS;
  const x = asking.centred + usize(i) * step;
  const norms = asking.halfNorms + usize(i) * FOUR;
  const norm = load<f64>(asking.blockNorms + (usize(i) << 3));
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0), sum2 = f64x2.splat(0), sum3 = f64x2.splat(0);
  clear(pairs);
  for (let j = from; j <= to; j++) {
    // A turn more than there are blocks, for the roots of the last: what it adds up is not used.
    const block = usize(j < to ? j : from);
    let y = points.centred + block * step;
    const at = points.halfNorms + block * FOUR;
    let y0 = v128.load(at);
    let y1 = v128.load(at, 16);
    let v = v128.load64_splat(norms);
    let a00 = f64x2.add(v, y0), a01 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 8);
    let a10 = f64x2.add(v, y0), a11 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 16);
    let a20 = f64x2.add(v, y0), a21 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 24);
    let a30 = f64x2.add(v, y0), a31 = f64x2.add(v, y1);
    let root = pairs;
    for (let p = x; p < x + step; p += FOUR, y += FOUR) {
      if (root < pairs + PAIRS) root = takeRoot(root);
      y0 = v128.load(y);
      y1 = v128.load(y, 16);
      v = v128.load64_splat(p);
      a00 = f64x2.sub(a00, f64x2.mul(v, y0));
      a01 = f64x2.sub(a01, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 8);
      a10 = f64x2.sub(a10, f64x2.mul(v, y0));
      a11 = f64x2.sub(a11, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 16);
      a20 = f64x2.sub(a20, f64x2.mul(v, y0));
      a21 = f64x2.sub(a21, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 24);
      a30 = f64x2.sub(a30, f64x2.mul(v, y0));
      a31 = f64x2.sub(a31, f64x2.mul(v, y1));
    }
    while (root < pairs + PAIRS) root = takeRoot(root);

    const s00 = v128.load(pairs), s01 = v128.load(pairs, 16);
    const s10 = v128.load(pairs, 32), s11 = v128.load(pairs, 48);
    const s20 = v128.load(pairs, 64), s21 = v128.load(pairs, 80);
    const s30 = v128.load(pairs, 96), s31 = v128.load(pairs, 112);
    sum0 = f64x2.add(sum0, f64x2.add(s00, s01));
    sum1 = f64x2.add(sum1, f64x2.add(s10, s11));
    sum2 = f64x2.add(sum2, f64x2.add(s20, s21));
    sum3 = f64x2.add(sum3, f64x2.add(s30, s31));
    if (others !== 0 && j > from) {
      const before = others + usize(j - 1) * FOUR;
      const low = f64x2.add(f64x2.add(s00, s10), f64x2.add(s20, s30));
      const high = f64x2.add(f64x2.add(s01, s11), f64x2.add(s21, s31));
      v128.store(before, f64x2.add(v128.load(before), low));
      v128.store(before, f64x2.add(v128.load(before, 16), high), 16);
    }
    if (j === to) break;

    const least = f64x2.pmin(
      f64x2.pmin(f64x2.pmin(a00, a01), f64x2.pmin(a10, a11)),
      f64x2.pmin(f64x2.pmin(a20, a21), f64x2.pmin(a30, a31)),
    );
    const bound = near * (norm + load<f64>(points.blockNorms + (block << 3)));
    if (v128.any_true(f64x2.lt(least, f64x2.splat(bound)))) {
      addNear<f64>(plan, i, own, j, others);
      clear(pairs);
      continue;
    }
    v128.store(pairs, a00);
    v128.store(pairs, a01, 16);
    v128.store(pairs, a10, 32);
    v128.store(pairs, a11, 48);
    v128.store(pairs, a20, 64);
    v128.store(pairs, a21, 80);
    v128.store(pairs, a30, 96);
    v128.store(pairs, a31, 112);
  }
  const sums = own + usize(i) * FOUR;
  addLanes(sums, sum0);
  addLanes(sums + 8, sum1);
  addLanes(sums + 16, sum2);
  addLanes(sums + 24, sum3);
}

/** @returns where the next two stand */
// @ts-ignore: decorator
@inline
function takeRoot(at: usize): usize {
  v128.store(at, f64x2.sqrt(v128.load(at)));
  return at + 16;
}

// @ts-ignore: decorator
@inline
function clear(pairs: usize): void {
  for (let at = pairs; at < pairs + PAIRS; at += 16) v128.store(at, f64x2.splat(0));
}
