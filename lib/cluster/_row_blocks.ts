import type { SortedRows } from "./_sorted_rows.ts";

/** Rows of a block of the kernel. */
export const BLOCK = 4;

/** Where the kernel's arrays for a set of rows lie. */
export interface RowBlocks {
  /** `[blocks × cols × 4]` */
  readonly centred: Float64Array;
  /** `[blocks × cols × 4]` */
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

/** Writes rows to the kernel's arrays, which hold zeros. */
export function packRows(sorted: SortedRows, slots: Int32Array, blocks: RowBlocks): void {
  const { cols, times, centre } = sorted;
  const { centred, plain, halfNorms, blockNorms } = blocks;
  const roots = times.map(Math.sqrt);
  const point = new Float64Array(cols);
  for (let slot = 0; slot < slots.length; slot++) {
    const block = Math.floor(slot / BLOCK);
    if (slots[slot]! < 0) {
      halfNorms[slot] = -1;
      blockNorms[block] = Infinity;
      continue;
    }
    sorted.read(slots[slot]!, point);
    let squared = 0;
    for (let d = 0, at = block * cols * BLOCK + slot % BLOCK; d < cols; d++, at += BLOCK) {
      plain[at] = point[d]!;
      const value = (point[d]! - centre[d]!) * roots[d]!;
      centred[at] = value;
      squared += value * value;
    }
    halfNorms[slot] = squared / 2;
    blockNorms[block] = Math.max(blockNorms[block]!, squared / 2);
  }
}
