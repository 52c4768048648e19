import { Plan } from "./_plan";

// A thread's scratch, part after part: the distances of a tile (128 bytes), a row as boxes are
// compared with it, and the lists of a search. `scratchBytes` of ../_kernel.ts makes room for them.

// @ts-ignore: decorator
@inline
export function scratchOf(plan: Plan, thread: i32): usize {
  return plan.scratch + <usize>(thread * plan.scratchBytes);
}

/** `[depth]` of 32 bytes: a feature's value as float32 at most it, four times, then at least it. */
// @ts-ignore: decorator
@inline
export function sidesIn(scratch: usize): usize {
  return scratch + 128;
}

/** `[blocks]` of 16 bytes: bounds so far of the tiles of listed blocks. */
// @ts-ignore: decorator
@inline
export function sumsIn(plan: Plan, scratch: usize): usize {
  return sidesIn(scratch) + (<usize>plan.depth << 5);
}

/** `[blocks + 1]` i32: the blocks listed; a block that drops out is written over by the next. */
// @ts-ignore: decorator
@inline
export function blocksIn(plan: Plan, scratch: usize): usize {
  return sumsIn(plan, scratch) + (<usize>(plan.blocksAcross * plan.blocksDown) << 4);
}

/** Bytes of a listed tile: its number, and as f32 its bound. */
export const LISTED: usize = 8;

/** `[4 × blocks + 1]` of 8 bytes: the tiles listed. */
// @ts-ignore: decorator
@inline
export function tilesIn(plan: Plan, scratch: usize): usize {
  return blocksIn(plan, scratch) + (<usize>(plan.blocksAcross * plan.blocksDown + 1) << 2);
}
