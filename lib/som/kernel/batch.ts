/**
 * The batch kernel: an epoch of batch training on any number of threads. An
 * epoch is `findBest` of every row, then `gather`, `smooth` and `settle`, each
 * when the one before is done; every export is a task of `Threads.run`.
 *
 * No sum depends on how the tasks fall to the threads: a neuron's rows are added
 * up in their order by one task alone, and so are the neighbours of a neuron.
 * `../batch/plain.ts` adds in the same order, so both give the same bits.
 */
import { BatchPlan } from "./_batch_plan";
import { Plan, SLOTS, tileBytes, tileOf } from "./_plan";
import { fit } from "./search";

export { findBest, fit } from "./search";

/** Sums the rows of the neurons `task * share` to `(task + 1) * share` (exclusive). */
export function gather(task: i32, _thread: i32, plan: Plan, batch: BatchPlan): void {
  const first = task * batch.share;
  const neurons = min(batch.share, batch.width * plan.height - first);
  const cell = <usize>batch.stride << 3;
  const sums = batch.sums + <usize>first * cell;
  memory.fill(sums, 0, <usize>neurons * cell);
  const firsts = i32x4.splat(first);
  const ends = i32x4.splat(neurons);
  const rows = plan.rows;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const unit = i32x4.sub(v128.load(plan.best + (<usize>row << 2)), firsts);
    let ours = i32x4.bitmask(i32x4.lt_u(unit, ends));
    for (; ours; ours &= ours - 1) addRow(plan, batch, row + ctz(ours), first);
  }
  for (; row < rows; row++) {
    const unit = <u32>(load<i32>(plan.best + (<usize>row << 2)) - first);
    if (unit < <u32>neurons) addRow(plan, batch, row, first);
  }
}

// @ts-ignore: decorator
@inline
function addRow(plan: Plan, batch: BatchPlan, row: i32, first: i32): void {
  const unit = load<i32>(plan.best + (<usize>row << 2));
  const weight = batch.rowWeights ? load<f64>(batch.rowWeights + (<usize>row << 3)) : 1;
  const weights = f64x2.splat(weight);
  let from = plan.data + <usize>row * (<usize>plan.features << 3);
  let into = batch.sums + <usize>unit * (<usize>batch.stride << 3);
  let left = plan.features;
  for (; left >= 2; left -= 2, from += 16, into += 16) {
    const scaled = f64x2.mul(weights, v128.load(from));
    v128.store(into, f64x2.add(v128.load(into), scaled));
  }
  if (left) {
    store<f64>(into, load<f64>(into) + weight * load<f64>(from));
    into += 8;
  }
  store<f64>(into, load<f64>(into) + weight);
}

/** Smooths the sums along x, for the cells of column `x`. */
export function smooth(x: i32, _thread: i32, plan: Plan, batch: BatchPlan): void {
  const height = plan.height;
  const cell = <usize>batch.stride << 3;
  const column = <usize>height * cell;
  const x0 = max(0, x - batch.reachAcross);
  const x1 = min(batch.width - 1, x + batch.reachAcross);
  const whole = batch.whole + (<usize>(x - x0) << 3);
  let offset: usize = 0;
  for (let y = 0; y < height; y++, offset += cell) {
    const from = batch.sums + <usize>x0 * column + offset;
    const into = <usize>x * column + offset;
    blend(from, column, whole, x1 - x0, batch.across + into, cell);
    if (!batch.athwart) continue;
    // Cells of a shifted row stand half a cell to the left of those above and below.
    const half = batch.half + (<usize>(x - x0) << 3) - (isShifted(height, y) ? 0 : 8);
    blend(from, column, half, x1 - x0, batch.athwart + into, cell);
  }
}

/**
 * Smooths the columns of a column of blocks along y, moves their neurons to the
 * means, and fits the blocks' boxes.
 */
export function settle(blockColumn: i32, thread: i32, plan: Plan, batch: BatchPlan): void {
  const end = min(batch.width, (blockColumn + 1) << 3);
  for (let x = blockColumn << 3; x < end; x++) {
    for (let y = 0; y < plan.height; y++) settleNeuron(plan, batch, x, y);
  }
  const block = blockColumn * plan.blocksDown;
  for (let b = 0; b < plan.blocksDown; b++) fit(block + b, thread, plan);
}

function settleNeuron(plan: Plan, batch: BatchPlan, x: i32, y: i32): void {
  const height = plan.height;
  const cell = <usize>batch.stride << 3;
  const neuron = x * height + y;
  const y0 = max(0, y - batch.reachDown);
  const y1 = min(height - 1, y + batch.reachDown);
  const start = <usize>(x * height + y0) * cell;
  const into = batch.sums + <usize>neuron * cell;
  const down = batch.down + (<usize>(y - y0) << 3);
  if (batch.athwart) {
    // Every other row comes from the sums for rows shifted otherwise.
    const isAlike = !((y - y0) & 1);
    const even = (isAlike ? batch.across : batch.athwart) + start;
    const odd = (isAlike ? batch.athwart : batch.across) + start;
    blendTwo(even, odd - even, cell, down, y1 - y0, into);
  } else blend(batch.across + start, cell, down, y1 - y0, into, cell);
  const share = load<f64>(into + (<usize>plan.features << 3));
  // Nobody within reach: such a neuron stays where it is.
  if (!(share > 0)) return;
  const x3 = x & 3;
  let to = plan.weights + <usize>tileOf(plan, neuron) * tileBytes<f64>(plan) +
    (<usize>((x3 << 2) + (y & 3)) << 3);
  for (let d = 0; d < plan.features; d++, to += <usize>SLOTS << 3) {
    store<f64>(to, load<f64>(into + (<usize>d << 3)) / share);
  }
}

/**
 * Writes the sum of `last + 1` cells, `step` apart from `from`, each times its
 * factor; factors stand one after another backwards from `factor`.
 */
// @ts-ignore: decorator
@inline
function blend(
  from: usize,
  step: usize,
  factor: usize,
  last: i32,
  into: usize,
  cell: usize,
): void {
  const end = factor - (<usize>last << 3);
  let at: usize = 0;
  // Four vectors at a time, so that additions need not wait for each other.
  for (; at + 64 <= cell; at += 64) {
    let a = f64x2.splat(0), b = a, c = a, d = a;
    let p = from + at;
    for (let f = factor; f >= end; f -= 8, p += step) {
      const k = v128.load64_splat(f);
      a = f64x2.add(a, f64x2.mul(k, v128.load(p)));
      b = f64x2.add(b, f64x2.mul(k, v128.load(p, 16)));
      c = f64x2.add(c, f64x2.mul(k, v128.load(p, 32)));
      d = f64x2.add(d, f64x2.mul(k, v128.load(p, 48)));
    }
    v128.store(into + at, a);
    v128.store(into + at, b, 16);
    v128.store(into + at, c, 32);
    v128.store(into + at, d, 48);
  }
  for (; at < cell; at += 16) {
    let a = f64x2.splat(0);
    let p = from + at;
    for (let f = factor; f >= end; f -= 8, p += step) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(f), v128.load(p)));
    }
    v128.store(into + at, a);
  }
}

/** `blend`, with every second cell `aside` further. */
// @ts-ignore: decorator
@inline
function blendTwo(
  from: usize,
  aside: usize,
  step: usize,
  factor: usize,
  last: i32,
  into: usize,
): void {
  for (let at: usize = 0; at < step; at += 16) {
    let a = f64x2.splat(0);
    let p = from + at;
    let turn = aside;
    for (let k = 0, f = factor; k <= last; k++, f -= 8, p += step) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(f), v128.load(p)));
      p += turn;
      turn = <usize>-turn;
    }
    v128.store(into + at, a);
  }
}

/** As `isShifted` of ../geometry.ts, on a hexagonal grid. */
// @ts-ignore: decorator
@inline
function isShifted(height: i32, y: i32): bool {
  return !((height - 1 - y) & 1);
}
