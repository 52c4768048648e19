import { BOX } from "./_boxes";
import { addGaps, limitOf, sidesBytes, spreadRow } from "./_bounds";
import { DISTANCES, measure, slotsWithin } from "./_distances";
import { neuronAt, Plan, tileOf } from "./_plan";

// Of the search under way: flat indices and squared distances. Each thread has its own instance.
let best: i32 = 0;
let bestSquared: f64 = 0;
let second: i32 = 0;
let secondSquared: f64 = 0;

// @ts-ignore: decorator
@inline
export function bestSquaredFound(): f64 {
  return bestSquared;
}

// @ts-ignore: decorator
@inline
export function secondFound(): i32 {
  return second;
}

/**
 * The best unit of a row, exactly: blocks of tiles whose boxes are all farther
 * away than the best neuron so far are passed over. The lowest flat index wins
 * among equals.
 *
 * @param warm a neuron to start from, such as the row's last best unit; -1 for none
 */
export function nearest<T>(plan: Plan, row: usize, warm: i32, scratch: usize): i32 {
  const sides = scratch + DISTANCES;
  spreadRow<T>(plan, row, sides);
  best = i32.MAX_VALUE;
  bestSquared = Infinity;
  const start = warm < 0 ? nearestBox(plan, sides) : tileOf(plan, warm);
  look<T>(plan, start, row, scratch);
  let limit = f32x4.splat(limitOf(plan, bestSquared));
  const blocks = plan.blocksAcross * plan.blocksDown;
  const boxes = <usize>plan.depth * BOX;
  for (let block = 0, box = plan.boxes; block < blocks; block++, box += boxes) {
    let near = nearTiles(plan, box, sides, limit);
    for (; near; near &= near - 1) {
      const tile = (block << 2) + ctz(near);
      if (tile === start) continue;
      const before = bestSquared;
      look<T>(plan, tile, row, scratch);
      if (bestSquared < before) limit = f32x4.splat(limitOf(plan, bestSquared));
    }
  }
  return best;
}

/** The two best units of a row, exactly; see `secondFound` and `bestSquaredFound`. */
export function nearestTwo<T>(plan: Plan, row: usize, scratch: usize): i32 {
  const sides = scratch + DISTANCES;
  spreadRow<T>(plan, row, sides);
  best = second = i32.MAX_VALUE;
  bestSquared = secondSquared = Infinity;
  const start = nearestBox(plan, sides);
  lookTwo<T>(plan, start, row, scratch);
  let limit = f32x4.splat(limitOf(plan, secondSquared));
  const blocks = plan.blocksAcross * plan.blocksDown;
  const boxes = <usize>plan.depth * BOX;
  for (let block = 0, box = plan.boxes; block < blocks; block++, box += boxes) {
    let near = nearTiles(plan, box, sides, limit);
    for (; near; near &= near - 1) {
      const tile = (block << 2) + ctz(near);
      if (tile === start) continue;
      const before = secondSquared;
      lookTwo<T>(plan, tile, row, scratch);
      if (secondSquared < before) limit = f32x4.splat(limitOf(plan, secondSquared));
    }
  }
  return best;
}

/** One bit per tile of a block that may hold a neuron within the limit. */
// @ts-ignore: decorator
@inline
function nearTiles(plan: Plan, box: usize, sides: usize, limit: v128): i32 {
  let sum = f32x4.splat(0);
  const end = box + <usize>plan.depth * BOX;
  let isWithin: v128;
  do {
    sum = addGaps(sum, box, sides, 0);
    sum = addGaps(sum, box, sides, 1);
    sum = addGaps(sum, box, sides, 2);
    sum = addGaps(sum, box, sides, 3);
    isWithin = f32x4.le(sum, limit);
    if (!v128.any_true(isWithin)) return 0;
    box += 4 * BOX;
    sides += 4 * BOX;
  } while (box < end);
  return i32x4.bitmask(isWithin);
}

/** The tile whose box is nearest: a good start where nothing is known. */
function nearestBox(plan: Plan, sides: usize): i32 {
  let least = f32x4.splat(Infinity);
  let leastBlock = i32x4.splat(0);
  const blocks = plan.blocksAcross * plan.blocksDown;
  let box = plan.boxes;
  for (let block = 0; block < blocks; block++) {
    let sum = f32x4.splat(0);
    for (let d: usize = 0; d < <usize>plan.depth; d++) sum = addGaps(sum, box, sides, d);
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

function look<T>(plan: Plan, tile: i32, row: usize, distances: usize): void {
  const least = measure<T>(plan, tile, row, <T>bestSquared, distances);
  if (least < 0) return;
  const neuron = neuronAt(plan, tile, ctz(slotsWithin<T>(distances, least)));
  if (<f64>least < bestSquared || neuron < best) {
    bestSquared = <f64>least;
    best = neuron;
  }
}

function lookTwo<T>(plan: Plan, tile: i32, row: usize, distances: usize): void {
  const least = measure<T>(plan, tile, row, <T>secondSquared, distances);
  if (least < 0) return;
  let slots = slotsWithin<T>(distances, <T>secondSquared);
  for (; slots; slots &= slots - 1) {
    const slot = ctz(slots);
    const squared = <f64>load<T>(distances + <usize>slot * sizeof<T>());
    const neuron = neuronAt(plan, tile, slot);
    if (squared < bestSquared || (squared == bestSquared && neuron < best)) {
      secondSquared = bestSquared;
      second = best;
      bestSquared = squared;
      best = neuron;
    } else if (squared < secondSquared || (squared == secondSquared && neuron < second)) {
      secondSquared = squared;
      second = neuron;
    }
  }
}
