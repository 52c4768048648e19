import { BOX } from "./_boxes";
import { above, below } from "./_outward";
import { Plan } from "./_plan";
import { blocksIn, LISTED, sidesIn, sumsIn, tilesIn } from "./_scratch";

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
function addGap(sum: v128, box: usize, low: v128, high: v128): v128 {
  const under = f32x4.sub(v128.load(box), high);
  const over = f32x4.sub(low, v128.load(box, 16));
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
  let blocks = addFour(plan, 0, allBlocks(plan), limits, scratch);
  for (let d = 4; d < plan.depth; d += 4) blocks = addFour(plan, d, blocks, limits, scratch);
  return listTiles(plan, blocks, limits, scratch);
}

/** Bounds every tile, and returns the nearest: a good start where nothing is known. */
export function boundAll(plan: Plan, scratch: usize): i32 {
  const limits = f32x4.splat(Infinity);
  const blocks = allBlocks(plan);
  for (let d = 0; d < plan.depth; d += 4) addFour(plan, d, blocks, limits, scratch);
  return nearestTile(sumsIn(plan, scratch), blocks);
}

/** Like `tilesWithin`, after `boundAll`. */
export function boundedWithin(plan: Plan, limit: f32, scratch: usize): i32 {
  return listTiles(plan, allBlocks(plan), f32x4.splat(limit), scratch);
}

// @ts-ignore: decorator
@inline
function allBlocks(plan: Plan): usize {
  return <usize>(plan.blocksAcross * plan.blocksDown);
}

/**
 * Adds four features to the sums of the blocks listed, and keeps those that have
 * a tile within the limits. Before the first feature all blocks count as listed.
 *
 * @returns how many are kept
 */
// @ts-ignore: decorator
@inline
function addFour(plan: Plan, feature: i32, listed: usize, limits: v128, scratch: usize): usize {
  const sums = sumsIn(plan, scratch);
  const list = blocksIn(plan, scratch);
  const sides = sidesIn(scratch) + <usize>feature * SIDES;
  const boxes = plan.boxes + <usize>feature * BOX;
  const blockBytes = <usize>plan.depth * BOX;
  const low0 = v128.load(sides), high0 = v128.load(sides, 16);
  const low1 = v128.load(sides, 32), high1 = v128.load(sides, 48);
  const low2 = v128.load(sides, 64), high2 = v128.load(sides, 80);
  const low3 = v128.load(sides, 96), high3 = v128.load(sides, 112);
  let kept: usize = 0;
  for (let at: usize = 0; at < listed; at++) {
    const block = feature ? <usize>load<i32>(list + (at << 2)) : at;
    const box = boxes + block * blockBytes;
    let sum = feature ? v128.load(sums + (at << 4)) : f32x4.splat(0);
    sum = addGap(sum, box, low0, high0);
    sum = addGap(sum, box + BOX, low1, high1);
    sum = addGap(sum, box + 2 * BOX, low2, high2);
    sum = addGap(sum, box + 3 * BOX, low3, high3);
    v128.store(sums + (kept << 4), sum);
    store<i32>(list + (kept << 2), <i32>block);
    kept += <usize>v128.any_true(f32x4.le(sum, limits));
  }
  return kept;
}

/** Lists the tiles within the limits of the blocks listed, each with its bound. */
// @ts-ignore: decorator
@inline
function listTiles(plan: Plan, blocks: usize, limits: v128, scratch: usize): i32 {
  const sums = sumsIn(plan, scratch);
  const list = blocksIn(plan, scratch);
  const tiles = tilesIn(plan, scratch);
  let count: usize = 0;
  for (let at: usize = 0; at < blocks; at++) {
    const sum = sums + (at << 4);
    const near = i32x4.bitmask(f32x4.le(v128.load(sum), limits));
    const first = load<i32>(list + (at << 2)) << 2;
    for (let part = 0; part < 4; part++) {
      const tile = tiles + count * LISTED;
      store<i32>(tile, first + part);
      store<f32>(tile, load<f32>(sum + (<usize>part << 2)), 4);
      count += <usize>((near >> part) & 1);
    }
  }
  return <i32>count;
}

/** The tile with the least of the sums, which are those of all blocks in order. */
function nearestTile(sums: usize, blocks: usize): i32 {
  let least = v128.load(sums);
  let leastBlock = i32x4.splat(0);
  for (let block: usize = 1; block < blocks; block++) {
    const sum = v128.load(sums + (block << 4));
    const isLess = f32x4.lt(sum, least);
    least = f32x4.pmin(least, sum);
    leastBlock = v128.bitselect(i32x4.splat(<i32>block), leastBlock, isLess);
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
