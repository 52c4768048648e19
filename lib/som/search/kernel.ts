import type { ArenaSpec, ArenaView } from "feira/threads";
import type { Grid } from "../types.ts";

/** What the memory of a kernel is laid out for. */
export interface KernelShape {
  readonly grid: Grid;
  readonly features: number;
  readonly rows: number;
  /** Threads that search at once. @default 1 */
  readonly threads?: number;
  /** Rows of one task. @default 256 */
  readonly slice?: number;
  /** What weights and data are. @default "f64" */
  readonly precision?: "f64" | "f32";
  /** Whether the second best units and the distances are asked for. @default false */
  readonly two?: boolean;
}

/** The greatest float32. */
const FAR = 3.4028234663852886e38;

/** Neurons of a tile. */
const SLOTS = 16;
const PLAN_WORDS = 16;
/** Rows of one task: well under a millisecond of work, far more than taking it costs. */
const SLICE = 256;

/**
 * The arrays that kernels need, to be laid out by an `Arena` together with what
 * else the caller shares; see kernel/README.md.
 *
 * Memory: per neuron, rounded up to blocks of 8 × 8, 8 bytes (4 as f32) per
 * feature, and a sixteenth of that for boxes; per row 8 (4) per feature and 4,
 * with `two` 12 more.
 */
export function kernelArrays(shape: KernelShape) {
  const { features, rows, threads = 1, precision = "f64", two = false } = shape;
  const { tiles, blocks, depth } = measuresOf(shape);
  return {
    plan: ["i32", PLAN_WORDS],
    weights: [precision, tiles * SLOTS * features],
    boxes: ["f32", blocks * depth * 8],
    firsts: ["i32", tiles],
    scratch: ["f64", threads * scratchBytes(shape) / 8],
    data: [precision, rows * features],
    best: ["i32", rows],
    second: ["i32", two ? rows : 0],
    squared: ["f64", two ? rows : 0],
  } as const satisfies ArenaSpec;
}

type KernelArrays = ReturnType<typeof kernelArrays>;

/** An `Arena` of {@linkcode kernelArrays}, whatever else is in it. */
export interface KernelArena {
  readonly views: { readonly [N in keyof KernelArrays]: ArenaView<KernelArrays[N][0]> };
  readonly at: { readonly [N in keyof KernelArrays]: number };
}

/**
 * A map in a kernel's memory: puts weights in by tiles and takes them out again.
 * The caller fills `data`, and has the kernel `fit` after every `put`.
 */
export class KernelMap {
  /** Address of the plan, the exports' argument. */
  readonly plan: number;
  /** Tasks of a search: slices of rows. */
  readonly tasks: number;
  /** Tasks of `fit`. */
  readonly blocks: number;
  readonly #weights: Float64Array | Float32Array;
  readonly #shape: KernelShape;

  constructor({ views, at }: KernelArena, shape: KernelShape) {
    const { grid: { height }, features, rows, slice = SLICE } = shape;
    const { across, down, blocks, depth } = measuresOf(shape);
    this.plan = at.plan;
    this.blocks = blocks;
    this.tasks = Math.ceil(rows / slice);
    this.#shape = shape;
    this.#weights = views.weights;
    // As `Plan` in kernel/_plan.ts has them.
    views.plan.set([
      ...[features, depth, height, across, down, at.weights, at.boxes, at.firsts],
      ...[at.scratch, scratchBytes(shape), at.data, rows, slice],
      ...[at.best, at.second, at.squared],
    ]);
    views.weights.fill(NaN);
    views.best.fill(-1);
    this.#placeTiles(views);
  }

  /** Writes weights, `[width × height × features]`. */
  put(weights: Float64Array): void {
    this.#eachNeuron((from, slot) => {
      for (let d = 0; d < this.#shape.features; d++) {
        this.#weights[slot + d * SLOTS] = weights[from + d]!;
      }
    });
  }

  /** Reads weights into `weights`, `[width × height × features]`. */
  take(weights: Float64Array): void {
    this.#eachNeuron((to, slot) => {
      for (let d = 0; d < this.#shape.features; d++) {
        weights[to + d] = this.#weights[slot + d * SLOTS]!;
      }
    });
  }

  /** Where each neuron's weights begin, in neurons' order and in tiles. */
  #eachNeuron(visit: (start: number, slot: number) => void): void {
    const { grid: { width, height }, features } = this.#shape;
    const { down } = measuresOf(this.#shape);
    for (let x = 0, start = 0; x < width; x++) {
      for (let y = 0; y < height; y++, start += features) {
        visit(start, tileAt(x, y, down) * features * SLOTS + (x & 3) * 4 + (y & 3));
      }
    }
  }

  /** Says where tiles begin, and keeps those wholly beyond the grid out of every search. */
  #placeTiles({ firsts, boxes }: KernelArena["views"]): void {
    const { grid: { width, height }, features } = this.#shape;
    const { down, depth } = measuresOf(this.#shape);
    firsts.fill(-1);
    for (let x = 0; x < width; x += 4) {
      for (let y = 0; y < height; y += 4) firsts[tileAt(x, y, down)] = x * height + y;
    }
    for (let tile = 0; tile < firsts.length; tile++) {
      if (firsts[tile] !== -1) continue;
      const box = (tile >> 2) * depth * 8 + (tile & 3);
      for (let d = 0; d < features; d++) {
        boxes[box + d * 8] = FAR;
        boxes[box + d * 8 + 4] = -FAR;
      }
    }
  }
}

/** The tile of neuron (x, y), `down` blocks being along y. */
function tileAt(x: number, y: number, down: number): number {
  return ((x >> 3) * down + (y >> 3)) * 4 + ((x >> 1) & 2) + ((y >> 2) & 1);
}

function measuresOf({ grid: { width, height }, features }: KernelShape) {
  const across = Math.ceil(width / 8);
  const down = Math.ceil(height / 8);
  const blocks = across * down;
  return { across, down, blocks, tiles: blocks * 4, depth: Math.ceil(features / 4) * 4 };
}

/** Of one thread, as kernel/_scratch.ts divides it. */
function scratchBytes(shape: KernelShape): number {
  const { blocks, depth } = measuresOf(shape);
  const [distances, sides, sums, blockList, tileList] = [
    ...[128, depth * 32, blocks * 16],
    ...[(blocks + 1) * 4, (blocks * 4 + 1) * 8],
  ] as const;
  return Math.ceil((distances + sides + sums + blockList + tileList) / 16) * 16;
}
