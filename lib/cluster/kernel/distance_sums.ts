/**
 * Sums of euclidean distances from rows to clusters of rows, for silhouettes.
 *
 * Points lie in blocks of four rows, column by column: row r and column d of block b stand at
 * `((b * cols + d) * 4 + r)` numbers from the start. Rows are sorted by cluster; a cluster starts
 * with a block of its own, and its last block is padded.
 *
 * In float64 a distance is taken by products: d²/2 = |x|²/2 + |y|²/2 - x·y, two thirds of the work
 * of differences. Where d² is small against the norms the terms cancel, so four by four pairs of
 * which one falls below `near` times the norms are done again by differences, on the rows as they
 * came; so are blocks that hold padding. All sums are √2 too small, which a ratio such as the
 * silhouette does not see.
 *
 * In float32 products would cancel too often, and distances are taken by differences.
 */
import { addProducts } from "./_sums_double";
import { addNear } from "./_sums_near";
import { FOUR, Plan, Points, sumsOf, Tile, tileAt } from "./_sums_plan";
import { addDifferences } from "./_sums_single";

/**
 * Adds the distances between the rows of two tiles to the sums of both.
 *
 * Round r of a round robin of an odd number of tiles: task t takes tiles r + t and r - t, so that
 * a round touches a tile once. Every sum grows in the same order, whichever thread does what.
 */
export function addRound(task: i32, thread: i32, round: i32, plan: Plan): void {
  if (plan.isSingle) addTiles<f32>(task, thread, round, plan);
  else addTiles<f64>(task, thread, round, plan);
}

/**
 * Adds the distances of the asking rows in blocks `first`..`last` (exclusive) to the rows of all
 * tiles, `group` blocks a task. The sums are of those blocks alone.
 */
export function addAll(
  task: i32,
  thread: i32,
  first: i32,
  last: i32,
  group: i32,
  plan: Plan,
): void {
  const from = first + task * group;
  const to = min(from + group, last);
  for (let t = 0; t < plan.tileCount; t++) {
    const tile = tileAt(plan, t);
    // As if the sums began at block 0, for blocks keep their numbers.
    const own = sumsOf(plan, tile) - usize(first) * FOUR;
    for (let i = from; i < to; i++) {
      if (plan.isSingle) addBlock<f32>(plan, thread, i, own, tile.from, tile, 0);
      else addBlock<f64>(plan, thread, i, own, tile.from, tile, 0);
    }
  }
}

function addTiles<T>(task: i32, thread: i32, round: i32, plan: Plan): void {
  const count = plan.tileCount;
  const one = tileAt(plan, (round + task) % count);
  const other = tileAt(plan, (round - task + count) % count);
  const own = sumsOf(plan, other);
  const others = sumsOf(plan, one);
  for (let i = one.from; i < one.to; i++) {
    if (task === 0) addNear<T>(plan, i, own, i, others);
    addBlock<T>(plan, thread, i, own, task === 0 ? i + 1 : other.from, other, others);
  }
}

/** Adds the distances of the asking rows of block i to those of a tile's blocks from `from` on. */
function addBlock<T>(
  plan: Plan,
  thread: i32,
  i: i32,
  own: usize,
  from: i32,
  tile: Tile,
  others: usize,
): void {
  let j = from;
  // Padding in block i itself leaves nothing to vectors either.
  if (load<f64>(changetype<Points>(plan.asking).blockNorms + (usize(i) << 3)) < Infinity && from < tile.whole) {
    if (sizeof<T>() == 8) {
      addProducts(plan, thread, i, own, from, tile.whole, others);
      j = tile.whole;
    } else {
      j = from + ((tile.whole - from) & ~1);
      addDifferences(plan, i, own, from, j, others);
    }
  }
  for (; j < tile.to; j++) addNear<T>(plan, i, own, j, others);
}
