/**
 * The kernel of online training. The host gathers the rows of some iterations,
 * their last best units, sigmas and learning rates: `rows` of them, in order.
 */
import { fitTile } from "./_boxes";
import { OnlinePlan } from "./_online_plan";
import { neuronAt, Plan } from "./_plan";
import { pull } from "./_pull";
import { sidesIn } from "./_scratch";
import { nearest } from "./_search";

/** Fits all boxes; to be called once, before training. */
export function startF64(plan: Plan): void {
  start<f64>(plan);
}

export function startF32(plan: Plan): void {
  start<f32>(plan);
}

/** Does the first `count` iterations of what was gathered, and replaces their best units. */
export function trainF64(plan: Plan, online: OnlinePlan, count: i32): void {
  train<f64>(plan, online, count);
}

export function trainF32(plan: Plan, online: OnlinePlan, count: i32): void {
  train<f32>(plan, online, count);
}

function start<T>(plan: Plan): void {
  const tiles = (plan.blocksAcross * plan.blocksDown) << 2;
  for (let tile = 0; tile < tiles; tile++) {
    if (neuronAt(plan, tile, 0) >= 0) fitTile<T>(plan, tile);
  }
}

// @ts-ignore: decorator
@inline
function train<T>(plan: Plan, online: OnlinePlan, count: i32): void {
  const sides = sidesIn(plan.scratch);
  let row = plan.data;
  for (let t = 0; t < count; t++, row += <usize>plan.features * sizeof<T>()) {
    const warm = plan.best + (<usize>t << 2);
    const best = nearest<T>(plan, row, load<i32>(warm), plan.scratch);
    store<i32>(warm, best);
    const sigma = load<f64>(online.sigmas + (<usize>t << 3));
    const rate = load<f64>(online.rates + (<usize>t << 3));
    pull<T>(plan, online, row, sides, best, sigma, rate);
  }
}
