import { BOX } from "./_boxes";
import { above, below } from "./_outward";
import { Plan } from "./_plan";
import { blocksIn, sidesIn, sumsIn, tilesIn } from "./_scratch";

/** Bytes of a row's feature as float32: four times a number below it, four times one above. */
const SIDES: usize = 32;

/** Writes a row as the bounds compare it. Features beyond the last are 0, as in the boxes. */
export function spreadRow<T>(plan: Plan, row: usize, sides: usize): void {
  for (let d = 0; d < plan.features; d++, row += sizeof<T>(), sides += SIDES) {
    const value = load<T>(row);
    v128.store(sides, f32x4.splat(below<T>(value)));
    v128.store(sides, f32x4.splat(above<T>(value)), 16);
  }
}

/**
 * Adds a feature's squared gaps between a row and a block's four boxes.
 *
 * Gaps are taken between numbers rounded outward, so they are never too large;
 * what rounding in float32 adds to the sum, `limitOf` allows for.
 */
// @ts-ignore: decorator
@inline
function addGap(sum: v128, box: usize, sides: usize, d: usize): v128 {
  const under = f32x4.sub(v128.load(box + d * BOX), v128.load(sides + d * SIDES, 16));
  const over = f32x4.sub(v128.load(sides + d * SIDES), v128.load(box + d * BOX, 16));
  // `pmax(a, b)` keeps `a` when `b` is NaN.
  const gap = f32x4.pmax(f32x4.pmax(f32x4.splat(0), under), over);
  return f32x4.add(sum, f32x4.mul(gap, gap));
}

// @ts-ignore: decorator
@inline
function addGaps(sum: v128, box: usize, sides: usize): v128 {
  return addGap(addGap(addGap(addGap(sum, box, sides, 0), box, sides, 1), box, sides, 2), box, sides, 3);
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

/**
 * Lists the tiles that may have a neuron within the limit, in `tilesIn(scratch)`.
 *
 * Four features at a time, blocks with no such tile drop out of the list. It is
 * written without branches, which would be mispredicted half the time.
 *
 * @returns how many
 */
export function tilesWithin(plan: Plan, limit: f32, scratch: usize): i32 {
  const limits = f32x4.splat(limit);
  const blocks = plan.blocksAcross * plan.blocksDown;
  const blockBytes = <usize>plan.depth * BOX;
  const sums = sumsIn(plan, scratch);
  const list = blocksIn(plan, scratch);
  let sides = sidesIn(scratch);
  let count: usize = 0;
  for (let block = 0, box = plan.boxes; block < blocks; block++, box += blockBytes) {
    const sum = addGaps(f32x4.splat(0), box, sides);
    v128.store(sums + (count << 4), sum);
    store<i32>(list + (count << 2), block);
    count += <usize>v128.any_true(f32x4.le(sum, limits));
  }
  for (let d: usize = 4; d < <usize>plan.depth; d += 4) {
    sides += 4 * SIDES;
    const boxes = plan.boxes + d * BOX;
    const listed = count;
    count = 0;
    for (let at: usize = 0; at < listed; at++) {
      const block = load<i32>(list + (at << 2));
      const sum = addGaps(v128.load(sums + (at << 4)), boxes + <usize>block * blockBytes, sides);
      v128.store(sums + (count << 4), sum);
      store<i32>(list + (count << 2), block);
      count += <usize>v128.any_true(f32x4.le(sum, limits));
    }
  }
  return listTiles(limits, count, sums, list, tilesIn(plan, scratch));
}

/** Lists the tiles within the limits of the blocks listed. */
// @ts-ignore: decorator
@inline
function listTiles(limits: v128, blocks: usize, sums: usize, list: usize, tiles: usize): i32 {
  let count: usize = 0;
  for (let at: usize = 0; at < blocks; at++) {
    const near = i32x4.bitmask(f32x4.le(v128.load(sums + (at << 4)), limits));
    const first = load<i32>(list + (at << 2)) << 2;
    for (let part = 0; part < 4; part++) {
      store<i32>(tiles + (count << 2), first + part);
      count += <usize>((near >> part) & 1);
    }
  }
  return <i32>count;
}

/** The tile whose box is nearest: a good start where nothing is known. */
export function nearestBox(plan: Plan, sides: usize): i32 {
  let least = f32x4.splat(Infinity);
  let leastBlock = i32x4.splat(0);
  const blocks = plan.blocksAcross * plan.blocksDown;
  let box = plan.boxes;
  for (let block = 0; block < blocks; block++) {
    let sum = f32x4.splat(0);
    for (let d: usize = 0; d < <usize>plan.depth; d += 4) {
      sum = addGaps(sum, box + d * BOX, sides + d * SIDES);
    }
    const isLess = f32x4.lt(sum, least);
    least = f32x4.pmin(least, sum);
    leastBlock = v128.bitselect(i32x4.splat(block), leastBlock, isLess);
    box += <usize>plan.depth * BOX;
  }
  let nearest = f32x4.extract_lane(least, 0);
  let tile = i32x4.extract_lane(leastBlock, 0) << 2;
  const second = f32x4.extract_lane(least, 1);
  if (second < nearest) { nearest = second; tile = (i32x4.extract_lane(leastBlock, 1) << 2) + 1; }
  const third = f32x4.extract_lane(least, 2);
  if (third < nearest) { nearest = third; tile = (i32x4.extract_lane(leastBlock, 2) << 2) + 2; }
  const fourth = f32x4.extract_lane(least, 3);
  if (fourth < nearest) tile = (i32x4.extract_lane(leastBlock, 3) << 2) + 3;
  return tile;
}
