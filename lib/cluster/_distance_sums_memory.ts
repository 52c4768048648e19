import { Arena } from "feira/threads";
import { BLOCK, firstBlocks, packRows } from "./_row_blocks.ts";
import type { SortedRows } from "./_sorted_rows.ts";
import type { Precision } from "./types.ts";

/** Blocks of a tile: its rows stay in the processor's nearest cache while another tile meets them. */
const TILE_BLOCKS = 64;
/** 32-bit fields of the kernel's class Tile. */
const TILE_FIELDS = 4;
/** float64 of a thread's scratch: sixteen pairs. */
const SCRATCH = 16;
/** How far a distance may be off, of itself. */
const DISTANCE_ERROR = 1e-11;

/** What the memory is laid out for. */
export interface SumsSpec {
  /** The place in each slot of all rows. */
  readonly slots: Int32Array;
  /** The same of the rows that ask; `slots` itself when all do. */
  readonly wanted: Int32Array;
  /** Slots whose sums are held at once. */
  readonly batch: number;
  readonly threads: number;
  readonly precision: Precision;
}

/** The memory of kernel/distance_sums.ts, filled: rows, tiles and the plan. */
export function layOutSums(
  sorted: SortedRows,
  { slots, wanted, batch, threads, precision }: SumsSpec,
) {
  const { cols, starts, times } = sorted;
  const tiles = toTiles(starts);
  const asking = wanted === slots ? 0 : wanted.length;
  const isSingle = precision === "float32";
  const kind = isSingle ? "f32" : "f64";
  const plainCols = isSingle ? 0 : cols;
  const arena = new Arena({
    plan: ["i32", 12],
    points: ["i32", 4],
    asking: ["i32", 4],
    tiles: ["i32", tiles.length],
    times: ["f64", cols],
    scratch: ["f64", SCRATCH * threads],
    sums: ["f64", (starts.length - 1) * batch],
    centred: [kind, slots.length * cols],
    plain: ["f64", slots.length * plainCols],
    halfNorms: ["f64", slots.length],
    blockNorms: ["f64", slots.length / BLOCK],
    askingCentred: [kind, asking * cols],
    askingPlain: ["f64", asking * plainCols],
    askingHalfNorms: ["f64", asking],
    askingBlockNorms: ["f64", asking / BLOCK],
  });
  const { views, at, memory } = arena;
  packRows({ sorted, slots, precision }, views);
  views.points.set([at.centred, at.plain, at.halfNorms, at.blockNorms]);
  if (asking > 0) {
    packRows({ sorted, slots: wanted, precision }, {
      centred: views.askingCentred,
      plain: views.askingPlain,
      halfNorms: views.askingHalfNorms,
      blockNorms: views.askingBlockNorms,
    });
    views.asking.set([
      at.askingCentred,
      at.askingPlain,
      at.askingHalfNorms,
      at.askingBlockNorms,
    ]);
  }
  views.tiles.set(tiles);
  views.times.set(times);
  // The class Plan of the kernel: a float64, then ten 32-bit fields.
  new Float64Array(memory.buffer, at.plan, 1).set([nearBound(cols)]);
  views.plan.set([
    asking > 0 ? at.asking : at.points,
    at.points,
    at.tiles,
    tiles.length / TILE_FIELDS,
    at.sums,
    batch / BLOCK,
    at.scratch,
    cols,
    at.times,
    Number(isSingle),
  ], 2);
  return { arena, tileCount: tiles.length / TILE_FIELDS };
}

/**
 * The share of the two rows' half norms below which half a squared distance is
 * taken by differences. A sum of `cols + 2` terms, each rounded by 2⁻⁵³, is off
 * by at most 2 (cols + 2) 2⁻⁵³ of the half norms; the root halves what is left.
 */
function nearBound(cols: number): number {
  return (cols + 2) * 2 ** -53 / DISTANCE_ERROR;
}

/** The tiles' fields, as the kernel's class Tile; an odd number of tiles, filled up with an empty one. */
function toTiles(starts: Int32Array): number[] {
  const blocks = firstBlocks(starts);
  const tiles: number[] = [];
  for (let c = 0; c < blocks.length - 1; c++) {
    const whole = blocks[c]! + Math.floor((starts[c + 1]! - starts[c]!) / BLOCK);
    for (let from = blocks[c]!; from < blocks[c + 1]!; from += TILE_BLOCKS) {
      const to = Math.min(from + TILE_BLOCKS, blocks[c + 1]!);
      tiles.push(from, Math.min(whole, to), to, c);
    }
  }
  if (tiles.length / TILE_FIELDS % 2 === 0) tiles.push(0, 0, 0, 0);
  return tiles;
}
