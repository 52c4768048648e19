import { type LongRun, Pace } from "feira/threads";
import { assertMatrix } from "./_check.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode wardClusters}. */
export interface WardSpec extends LongRun {
  /** Number of clusters, 1..rows. */
  k: number;
}

const ACTION = "cluster by Ward";

/**
 * Hierarchical clustering by Ward: starts with every row alone and joins, again
 * and again, the two clusters whose union raises the sum of squared distances to
 * the centroids least, until k are left.
 *
 * By chains of nearest neighbours, which come to the same tree as joining the
 * nearest two each time: O(rows² · cols) time, memory linear in the matrix. Equal
 * distances: the lower row. Progress counts joins.
 *
 * @param matrix `[rows × cols]`, finite
 * @returns `[rows]`: 0..k - 1, numbered by each cluster's first row
 * @throws {TypeError} when the matrix has not rows × cols values
 * @throws {RangeError} when a value is not finite, or k is out of range
 *
 * Source: J. H. Ward (1963), doi:10.1080/01621459.1963.10500845; F. Murtagh
 * (1983), A survey of recent advances in hierarchical clustering algorithms.
 *
 * @example
 * ```ts
 * import { wardClusters } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const matrix = { data: Float64Array.of(0, 10, 1, 11, 50), rows: 5, cols: 1 };
 * assert.deepEqual([...await wardClusters(matrix, { k: 3 })], [0, 1, 0, 1, 2]);
 * ```
 */
export async function wardClusters(
  matrix: Matrix,
  { k, ...run }: WardSpec,
): Promise<Int32Array> {
  assertMatrix(matrix, ACTION);
  const { rows } = matrix;
  if (!Number.isInteger(k) || k < 1 || k > rows) {
    throw new RangeError(`Cannot ${ACTION}: k is ${k}, must be 1..${rows}`);
  }
  const pace = new Pace(rows, run);
  const clusters = new WardClusters(matrix);
  const joins: Join[] = [];
  const chain: number[] = [];
  while (joins.length < rows - 1) {
    if (pace.isDue) await pace.breathe(joins.length);
    if (chain.length === 0) chain.push(clusters.first());
    const last = chain.at(-1)!;
    const before = chain.at(-2);
    const { cluster, rise } = clusters.nearestTo(last, before);
    if (cluster === before) {
      chain.length -= 2;
      joins.push({ a: last, b: cluster, rise });
      clusters.join(last, cluster);
    } else chain.push(cluster);
  }
  pace.finish();
  // A chain finds the joins of the tree in another order than that of their height.
  joins.sort((one, other) => one.rise - other.rise);
  return toLabels(rows, joins.slice(0, rows - k));
}

/** Two clusters, by a row of each, and by how much their union raises the sum. */
interface Join {
  readonly a: number;
  readonly b: number;
  readonly rise: number;
}

/** The clusters that are left: each is known by one of its rows. */
class WardClusters {
  readonly #means: Float64Array;
  readonly #sizes: Float64Array;
  readonly #cols: number;

  constructor({ data, rows, cols }: Matrix) {
    this.#means = data.slice();
    this.#sizes = new Float64Array(rows).fill(1);
    this.#cols = cols;
  }

  first(): number {
    return this.#sizes.findIndex((size) => size > 0);
  }

  /** The cluster whose union with this one costs least; `preferred` among equals, so chains end. */
  nearestTo(cluster: number, preferred: number | undefined): { cluster: number; rise: number } {
    let nearest = preferred ?? -1;
    let least = preferred === undefined ? Infinity : this.#riseOf(cluster, preferred);
    for (let other = 0; other < this.#sizes.length; other++) {
      if (other === cluster || this.#sizes[other] === 0) continue;
      const rise = this.#riseOf(cluster, other);
      if (rise < least) [nearest, least] = [other, rise];
    }
    return { cluster: nearest, rise: least };
  }

  /** What is left is known by the lower row. */
  join(a: number, b: number): void {
    const [kept, gone] = a < b ? [a, b] : [b, a];
    const [keptSize, goneSize] = [this.#sizes[kept]!, this.#sizes[gone]!];
    const size = keptSize + goneSize;
    for (let d = 0; d < this.#cols; d++) {
      const at = kept * this.#cols + d;
      const other = this.#means[gone * this.#cols + d]!;
      this.#means[at]! += (other - this.#means[at]!) * (goneSize / size);
    }
    this.#sizes[kept] = size;
    this.#sizes[gone] = 0;
  }

  #riseOf(a: number, b: number): number {
    let squared = 0;
    for (let d = 0; d < this.#cols; d++) {
      squared += (this.#means[a * this.#cols + d]! - this.#means[b * this.#cols + d]!) ** 2;
    }
    const [sizeA, sizeB] = [this.#sizes[a]!, this.#sizes[b]!];
    return squared * sizeA * sizeB / (sizeA + sizeB);
  }
}

function toLabels(rows: number, joins: readonly Join[]): Int32Array {
  const parents = Int32Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    while (parents[row] !== row) row = parents[row] = parents[parents[row]!]!;
    return row;
  };
  for (const { a, b } of joins) {
    const [one, other] = [rootOf(a), rootOf(b)];
    parents[Math.max(one, other)] = Math.min(one, other);
  }
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const root = rootOf(row);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}
