import { Pace } from "feira/threads";
import { assertMatrix, assertWhole } from "./_check.ts";
import { drawReferences, type GapBox } from "./_gap_references.ts";
import { kMeans, type KMeansSpec } from "./k_means.ts";
import type { Matrix } from "./types.ts";

/** Settings of {@linkcode gapStatistic}; those of k-means are used for every fit. */
export interface GapStatisticSpec extends Omit<KMeansSpec, "k"> {
  /** The curve starts at k = 1 and ends here, inclusive. @default 10 */
  to?: number;
  /**
   * How many matrices without clusters to compare with, or such matrices of
   * one's own. @default 10
   */
  references?: number | readonly Matrix[];
  /**
   * Where references are drawn: evenly in the box around the rows whose sides are
   * along their principal components, or along the columns; the paper's choices b
   * and a. @default "principal"
   */
  box?: GapBox;
}

/** One point of the gap statistic's curve. */
export interface GapPoint {
  readonly k: number;
  /** Natural logarithm of k-means' inertia of the rows. */
  readonly logInertia: number;
  /** Its mean over the references. */
  readonly expected: number;
  /** `expected - logInertia`: how much tighter the clusters are than chance makes them. */
  readonly gap: number;
  /** Of the gap, simulation included: population deviation · √(1 + 1 / references). */
  readonly standardError: number;
}

/** The gap statistic's curve, and the number of clusters that it says. */
export interface GapStatistic {
  /** k = 1, 2, …, `to`. */
  readonly points: readonly GapPoint[];
  /**
   * The least k whose gap is at least the next one's less that one's standard
   * error; absent when the gap grows by more to the end: the range ends too early,
   * or the rows are one continuum that more clusters always fit better.
   */
  readonly k?: number;
}

const ACTION = "measure gap statistic";

/**
 * How much tighter k-means' clusters are than in rows without clusters, for each
 * number of clusters, and the least number after which nothing is gained for
 * certain.
 *
 * Inertia falls with every cluster; this takes off what it would fall by
 * without any cluster there. References are uniform, so long tails alone make a
 * gap, and one that grows with k. As the rule takes the least k, clusters of which
 * a coarser number gains nothing, such as three at equal distances on a line, can
 * be missed: look at the curve.
 *
 * Time of (references + 1) · `to` fits. Deterministic for a seed. Progress counts
 * matrices.
 *
 * @param matrix `[rows × cols]`, finite, with more different rows than `to`
 * @throws {TypeError} when a matrix is misshapen or has other columns
 * @throws {RangeError} when a value is not finite, a setting is out of range, or
 * some k leaves no inertia
 *
 * Source: R. Tibshirani, G. Walther and T. Hastie (2001), doi:10.1111/1467-9868.00293.
 *
 * @example
 * ```ts
 * import { gapStatistic } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const data = Float64Array.from({ length: 60 }, (_, i) => i % 2 * 100 + i % 7);
 * const { k, points } = await gapStatistic({ data, rows: 60, cols: 1 }, { to: 6 });
 * assert.equal(k, 2);
 * assert.ok(points[1]!.gap > points[0]!.gap + points[1]!.standardError);
 * ```
 */
export async function gapStatistic(
  matrix: Matrix,
  spec: GapStatisticSpec = {},
): Promise<GapStatistic> {
  const { to = 10, references = 10, box = "principal", seed = 42, onProgress, ...rest } = spec;
  assertMatrix(matrix, ACTION);
  assertWhole({ to }, { action: ACTION });
  const drawn = toReferences(matrix, { references, box, seed });
  const pace = new Pace(drawn.length + 1, {
    ...(rest.signal === undefined ? {} : { signal: rest.signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const curve = await logInertias(matrix, { ...rest, to, seed });
  const expectations: number[][] = [];
  for (const reference of drawn) {
    await pace.breathe(expectations.length + 1);
    expectations.push(await logInertias(reference, { ...rest, to, seed }));
  }
  pace.finish();
  const points = curve.map((logInertia, i) => toPoint(i + 1, logInertia, expectations));
  const first = points.find(({ gap }, i) => {
    const next = points[i + 1];
    return next !== undefined && gap >= next.gap - next.standardError;
  });
  return { points, ...(first === undefined ? {} : { k: first.k }) };
}

function toPoint(
  k: number,
  logInertia: number,
  expectations: readonly (readonly number[])[],
): GapPoint {
  const count = expectations.length;
  const values = expectations.map((curve) => curve[k - 1]!);
  const expected = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / count;
  return {
    k,
    logInertia,
    expected,
    gap: expected - logInertia,
    standardError: Math.sqrt(variance * (1 + 1 / count)),
  };
}

/** `[to]`: of k = 1, 2, … */
async function logInertias(
  matrix: Matrix,
  { to, ...spec }: Omit<KMeansSpec, "k"> & { to: number },
): Promise<number[]> {
  const logs: number[] = [];
  for (let k = 1; k <= to; k++) {
    const { inertia } = await kMeans(matrix, { ...spec, k });
    if (inertia === 0) {
      throw new RangeError(
        `Cannot ${ACTION}: ${k} clusters leave no inertia, to must be below the ${k} different rows`,
      );
    }
    logs.push(Math.log(inertia));
  }
  return logs;
}

function toReferences(
  matrix: Matrix,
  { references, box, seed }: Required<Pick<GapStatisticSpec, "references" | "box" | "seed">>,
): readonly Matrix[] {
  const count = typeof references === "number" ? references : references.length;
  assertWhole({ references: count }, { action: ACTION });
  if (box !== "principal" && box !== "columns") {
    throw new RangeError(`Cannot ${ACTION}: box is "${box}", must be principal or columns`);
  }
  if (typeof references === "number") return drawReferences(matrix, { count, box, seed });
  for (const reference of references) {
    assertMatrix(reference, ACTION);
    if (reference.cols !== matrix.cols) {
      throw new TypeError(
        `Cannot ${ACTION}: a reference has ${reference.cols} columns, must be ${matrix.cols}`,
      );
    }
  }
  return references;
}
