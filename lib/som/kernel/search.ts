/**
 * The search kernel: best units of many rows, on any number of threads. Every
 * export is a task of `Threads.run`: the searches take `slice` rows from
 * `task * slice`, `fit` takes one block of tiles.
 */
import { fitTile } from "./_boxes";
import { neuronAt, Plan } from "./_plan";
import { scratchOf } from "./_scratch";
import { bestSquaredFound, nearest, nearestTwo, secondFound } from "./_search";

/** Fits a block's boxes: after weights were written, before anything is searched. */
export function fit(block: i32, _thread: i32, plan: Plan): void {
  for (let tile = block << 2; tile < (block + 1) << 2; tile++) {
    // A tile wholly beyond the grid keeps the box that the host gave it, which is never near.
    if (neuronAt(plan, tile, 0) >= 0) fitTile<f64>(plan, tile);
  }
}

/** Replaces `best` of each row, starting from what stands there. */
export function findBest(task: i32, thread: i32, plan: Plan): void {
  const scratch = scratchOf(plan, thread);
  const last = min(plan.rows, (task + 1) * plan.slice);
  for (let i = task * plan.slice; i < last; i++) {
    const row = plan.data + <usize>(i * plan.features) * sizeof<f64>();
    const best = plan.best + (<usize>i << 2);
    store<i32>(best, nearest<f64>(plan, row, load<i32>(best), scratch));
  }
}

/** Writes `best`, `second` and `squared` of each row. */
export function findBestTwo(task: i32, thread: i32, plan: Plan): void {
  const scratch = scratchOf(plan, thread);
  const last = min(plan.rows, (task + 1) * plan.slice);
  for (let i = task * plan.slice; i < last; i++) {
    const row = plan.data + <usize>(i * plan.features) * sizeof<f64>();
    store<i32>(plan.best + (<usize>i << 2), nearestTwo<f64>(plan, row, scratch));
    const second = secondFound();
    store<i32>(plan.second + (<usize>i << 2), second == i32.MAX_VALUE ? -1 : second);
    store<f64>(plan.squared + (<usize>i << 3), bestSquaredFound());
  }
}
