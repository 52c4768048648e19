import { boundAll, boundedWithin, limitOf, spreadRow, tilesWithin } from "./_bounds";
import { measure, slotsWithin } from "./_distances";
import { neuronAt, Plan, tileOf } from "./_plan";
import { LISTED, sidesIn, tilesIn } from "./_scratch";

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
 * The best unit of a row, exactly: tiles whose boxes are farther away than a
 * neuron already found are passed over. The lowest flat index wins among equals.
 *
 * @param warm a neuron to start from, such as the row's last best unit; -1 for none
 */
export function nearest<T>(plan: Plan, row: usize, warm: i32, scratch: usize): i32 {
  spreadRow<T>(plan, row, sidesIn(scratch));
  best = i32.MAX_VALUE;
  bestSquared = Infinity;
  const start = warm < 0 ? boundAll(plan, scratch) : tileOf(plan, warm);
  look<T>(plan, start, row, scratch);
  let limit = limitOf(plan, bestSquared);
  const tiles = warm < 0
    ? boundedWithin(plan, limit, scratch)
    : tilesWithin(plan, limit, scratch);
  let at = tilesIn(plan, scratch);
  for (const end = at + <usize>tiles * LISTED; at < end; at += LISTED) {
    // What was found meanwhile may have come nearer than the tile.
    if (load<f32>(at, 4) > limit || load<i32>(at) == start) continue;
    look<T>(plan, load<i32>(at), row, scratch);
    limit = limitOf(plan, bestSquared);
  }
  return best;
}

/** The two best units of a row, exactly; see `secondFound` and `bestSquaredFound`. */
export function nearestTwo<T>(plan: Plan, row: usize, scratch: usize): i32 {
  spreadRow<T>(plan, row, sidesIn(scratch));
  best = second = i32.MAX_VALUE;
  bestSquared = secondSquared = Infinity;
  const start = boundAll(plan, scratch);
  lookTwo<T>(plan, start, row, scratch);
  let limit = limitOf(plan, secondSquared);
  const tiles = boundedWithin(plan, limit, scratch);
  let at = tilesIn(plan, scratch);
  for (const end = at + <usize>tiles * LISTED; at < end; at += LISTED) {
    if (load<f32>(at, 4) > limit || load<i32>(at) == start) continue;
    lookTwo<T>(plan, load<i32>(at), row, scratch);
    limit = limitOf(plan, secondSquared);
  }
  return best;
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
