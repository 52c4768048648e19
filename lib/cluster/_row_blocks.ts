import { centredRows } from "./_centred_rows.ts";
import type { SortedRows } from "./_sorted_rows.ts";
import type { Precision } from "./types.ts";

/** Rows of a block of the kernel. */
export const BLOCK = 4;

/** Where the kernel's arrays for a set of rows lie. */
export interface RowBlocks {
  /** `[blocks × cols × 4]` */
  readonly centred: Float64Array | Float32Array;
  /** `[blocks × cols × 4]`; empty in float32, which does without. */
  readonly plain: Float64Array;
  /** `[blocks × 4]` */
  readonly halfNorms: Float64Array;
  /** `[blocks]` */
  readonly blockNorms: Float64Array;
}

/** The first block of each cluster, and one past the last: every cluster starts a block. */
export function firstBlocks(starts: Int32Array): Int32Array {
  const blocks = new Int32Array(starts.length);
  for (let c = 1; c < starts.length; c++) {
    blocks[c] = blocks[c - 1]! + Math.ceil((starts[c]! - starts[c - 1]!) / BLOCK);
  }
  return blocks;
}

/** The place in each slot of the clusters' blocks; -1 is padding. */
export function slotsOfClusters(starts: Int32Array): Int32Array {
  const blocks = firstBlocks(starts);
  const slots = new Int32Array(blocks.at(-1)! * BLOCK).fill(-1);
  for (let c = 0; c < starts.length - 1; c++) {
    for (let place = starts[c]!; place < starts[c + 1]!; place++) {
      slots[blocks[c]! * BLOCK + place - starts[c]!] = place;
    }
  }
  return slots;
}

/** The same for places in a row. */
export function slotsOf(places: Int32Array): Int32Array {
  const slots = new Int32Array(Math.ceil(places.length / BLOCK) * BLOCK).fill(-1);
  slots.set(places);
  return slots;
}

/** What {@linkcode packRows} packs. */
export interface RowsToPack {
  readonly sorted: SortedRows;
  /** The place in each slot; -1 is padding. */
  readonly slots: Int32Array;
  readonly precision: Precision;
}

/** Writes rows to the kernel's arrays, which hold zeros. */
export function packRows({ sorted, slots, precision }: RowsToPack, blocks: RowBlocks): void {
  const { cols, read } = sorted;
  const { centred, plain, halfNorms, blockNorms } = blocks;
  const readCentred = centredRows(sorted, precision);
  const point = new Float64Array(cols);
  const pack = (slot: number, into: Float64Array | Float32Array) => {
    const first = Math.floor(slot / BLOCK) * cols * BLOCK + slot % BLOCK;
    for (let d = 0; d < cols; d++) into[first + d * BLOCK] = point[d]!;
  };
  slots.forEach((place, slot) => {
    const block = Math.floor(slot / BLOCK);
    if (place < 0) {
      halfNorms[slot] = -1;
      blockNorms[block] = Infinity;
      return;
    }
    if (plain.length > 0) {
      read(place, point);
      pack(slot, plain);
    }
    readCentred(place, point);
    pack(slot, centred);
    let squared = 0;
    for (let d = 0; d < cols; d++) squared += point[d]! * point[d]!;
    halfNorms[slot] = squared / 2;
    blockNorms[block] = Math.max(blockNorms[block]!, squared / 2);
  });
}
