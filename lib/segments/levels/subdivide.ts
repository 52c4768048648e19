import { clusteringStability, type KMeansResult } from "feira/cluster";
import { type CustomerMatrix, fitFeatures, toScaledFeatures } from "feira/features";
import type { LongRun } from "feira/som";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import { matchSegments } from "../fit/match_segments.ts";
import { takeRows } from "./_customers.ts";
import { chooseTrial } from "./choose_trial.ts";
import type { Subdivision, SubdivisionTrial } from "./subdivision.ts";

/** Settings of {@linkcode subdivide}. */
export interface SubdivideOptions extends LongRun {
  /** The least number of sub-segments that is tried. @default 2 */
  from?: number;
  /** The greatest. @default 9 */
  to?: number;
  /** Fits on halves of the customers for each number. @default 10 */
  resamples?: number;
  /** Of k-means, in every fit. @default 3 */
  restarts?: number;
  /** @default 42 */
  seed?: number;
  /** A sub-segment must have so many customers. @default 30 */
  leastCustomers?: number;
}

/**
 * Divides every segment that holds more than half of the customers again, by
 * k-means on the `refined` features of its customers. The number of
 * sub-segments is chosen by stability: see {@linkcode chooseTrial}.
 *
 * Deterministic, and the same whatever the order of the rows: customers are
 * taken by their ids. Sub-segments are numbered by size, the largest first,
 * equal ones by their customers.
 *
 * @param matrix the raw twelve that the segmentation was fitted on
 * @returns one for each such segment, so one or none; none also where the
 * segment cannot be divided, because no number leaves enough customers in each
 */
export async function subdivide(
  matrix: CustomerMatrix,
  { segments, sizes }: Pick<Segmentation, "segments" | "sizes">,
  options: SubdivideOptions = {},
): Promise<Subdivision[]> {
  const subdivisions: Subdivision[] = [];
  for (const [parent, size] of sizes.entries()) {
    if (2 * size <= matrix.rows) continue;
    const rows = Int32Array.from([...segments.keys()].filter((row) => segments[row] === parent));
    const subdivision = await maybeDivide(matrix, { ...options, parent, rows });
    if (subdivision !== undefined) subdivisions.push(subdivision);
  }
  return subdivisions;
}

async function maybeDivide(
  matrix: CustomerMatrix,
  { parent, rows, from = 2, to = 9, leastCustomers = 30, ...spec }:
    & SubdivideOptions
    & Pick<Subdivision, "parent" | "rows">,
): Promise<Subdivision | undefined> {
  const { resamples = 10, restarts = 3, seed = 42, signal } = spec;
  const { customerIds } = matrix;
  const byId = rows.toSorted((a, b) => customerIds[a]! < customerIds[b]! ? -1 : 1);
  const customers = takeRows(matrix, byId);
  const features = fitFeatures(customers, "refined");
  const scaled = toScaledFeatures(customers, features);
  const most = Math.min(to, Math.floor(rows.length / leastCustomers), countDistinct(scaled));
  const trials: SubdivisionTrial[] = [];
  const fits = new Map<number, KMeansResult>();
  for (let k = from; k <= most; k++) {
    const { fit, leastAdjustedRand, meanAdjustedRand } = await clusteringStability(scaled, {
      k,
      resamples,
      restarts,
      seed,
      scheme: "half",
      ...(signal === undefined ? {} : { signal }),
    });
    fits.set(k, fit);
    trials.push({
      k,
      leastRand: leastAdjustedRand,
      meanRand: meanAdjustedRand,
      inertia: fit.inertia,
      smallest: Math.min(...sizesOf(fit)),
    });
  }
  const chosen = chooseTrial(trials, { leastCustomers });
  if (chosen === undefined) return undefined;
  const { k, labels, centroids } = bySize(fits.get(chosen.k)!, customers);
  const labelOf = new Map(customers.customerIds.map((id, at) => [id, labels[at]!]));
  return {
    parent,
    features,
    k,
    centroids,
    rows,
    labels: rows.map((row) => labelOf.get(customerIds[row]!)!),
    ids: Array.from({ length: k }, (_, label) => 100 * (parent + 1) + label),
    sizes: sizesOf({ k, labels }),
    trials,
  };
}

/** The same clusters, the largest first. */
function bySize(
  { k, labels, centroids }: KMeansResult,
  { customerIds }: CustomerMatrix,
): Pick<KMeansResult, "k" | "labels" | "centroids"> {
  const ids = matchSegments({ customerIds, labels, k });
  const cols = centroids.length / k;
  const sorted = new Float64Array(centroids.length);
  ids.forEach((id, label) => {
    sorted.set(centroids.subarray(label * cols, (label + 1) * cols), id * cols);
  });
  return { k, labels: labels.map((label) => ids[label]!), centroids: sorted };
}

function sizesOf({ k, labels }: Pick<KMeansResult, "k" | "labels">): number[] {
  const sizes = new Array<number>(k).fill(0);
  for (const label of labels) sizes[label]! += 1;
  return sizes;
}

/** Different rows: k-means can find no more clusters than those. */
function countDistinct({ data, rows, cols }: CustomerMatrix): number {
  return new Set(
    Array.from({ length: rows }, (_, row) => data.subarray(row * cols, (row + 1) * cols).join()),
  ).size;
}
