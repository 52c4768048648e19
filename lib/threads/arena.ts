/** What the numbers of a view are: float64, float32, or signed 32-bit integers. */
export type ArenaKind = "f64" | "f32" | "i32";

/** Names, kinds and lengths of the arrays to lay out. */
export type ArenaSpec = Readonly<Record<string, readonly [kind: ArenaKind, length: number]>>;

/** The typed array of a kind. */
export type ArenaView<K extends ArenaKind> = K extends "f64" ? Float64Array
  : K extends "f32" ? Float32Array
  : Int32Array;

const BYTES: Readonly<Record<ArenaKind, number>> = { f64: 8, f32: 4, i32: 4 };

/** WebAssembly's page. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** A vector's width: no load straddles two arrays or, in the end, the memory's end. */
const ALIGNMENT = 16;

/**
 * Typed arrays side by side in one shared WebAssembly.Memory, sized for what is
 * asked. All begin as zeros. The first page, 64 KiB, is left to the module's own
 * constants.
 *
 * A memory of an Arena is imported by modules compiled with shared memory and a
 * maximum of 65,536 pages.
 *
 * @example
 * ```ts
 * import { Arena } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * const arena = new Arena({ rows: ["f64", 3], best: ["i32", 5] });
 * arena.views.rows.set([1, 2, 3]);
 * assert.equal(arena.at.best - arena.at.rows, 32); // 24 bytes, rounded up to 16s
 * assert.equal(new Float64Array(arena.memory.buffer, arena.at.rows, 3)[2], 3);
 * ```
 */
export class Arena<const S extends ArenaSpec> {
  readonly memory: WebAssembly.Memory;
  /** The arrays by name. */
  readonly views: { readonly [N in keyof S]: ArenaView<S[N][0]> };
  /** Where they begin, in bytes; multiples of 16. */
  readonly at: { readonly [N in keyof S]: number };

  /**
   * @throws {RangeError} when a length is no whole number from 0, or all arrays
   * together are over 4 GiB
   */
  constructor(spec: S) {
    const at: Record<string, number> = {};
    let end = PAGE;
    for (const [name, [kind, length]] of Object.entries(spec)) {
      if (!Number.isInteger(length) || length < 0) {
        throw new RangeError(
          `Cannot lay out memory: length of ${name} is ${length}, must be a whole number of at least 0`,
        );
      }
      at[name] = end;
      end += Math.ceil(length * BYTES[kind] / ALIGNMENT) * ALIGNMENT;
    }
    const pages = Math.ceil(end / PAGE);
    if (pages > MOST_PAGES) {
      throw new RangeError(
        `Cannot lay out memory: arrays take ${end} bytes, must be at most ${MOST_PAGES * PAGE}`,
      );
    }
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
    const { buffer } = this.memory;
    const views = Object.entries(spec).map(([name, [kind, length]]) =>
      [name, toView(kind, { buffer, offset: at[name]!, length })] as const
    );
    this.at = at as typeof this.at;
    this.views = Object.fromEntries(views) as typeof this.views;
  }
}

function toView(
  kind: ArenaKind,
  { buffer, offset, length }: { buffer: ArrayBufferLike; offset: number; length: number },
): Float64Array | Float32Array | Int32Array {
  switch (kind) {
    case "f64":
      return new Float64Array(buffer, offset, length);
    case "f32":
      return new Float32Array(buffer, offset, length);
    case "i32":
      return new Int32Array(buffer, offset, length);
  }
}
