import { numpyMean } from "./_numpy_mean.ts";
import { smoothCurve } from "./_smooth_curve.ts";

/** Settings of {@linkcode findKnee}. */
export interface KneeSpec {
  /** `concave` bends downwards (a knee), `convex` upwards (an elbow). */
  curve: "concave" | "convex";
  direction: "increasing" | "decreasing";
  /** kneed's S: how far the curve must fall behind its peak, in mean steps of x; at least 0. @default 1 */
  sensitivity?: number;
  /** Go on after the first knee, and take the last. @default false */
  online?: boolean;
  /** Take the curve as it is, or a polynomial through it. @default "interp1d" */
  interpolation?: "interp1d" | "polynomial";
  /** Of the polynomial; a whole number from 0. @default 7 */
  polynomialDegree?: number;
}

/** A point of greatest curvature. */
export interface Knee {
  readonly x: number;
  /** Of the curve as given, also where it was smoothed. */
  readonly y: number;
  readonly index: number;
}

/**
 * Finds the knee of a curve as the Python package kneed does (Kneedle): a peak
 * of the difference between the normalised curve and the diagonal that the curve
 * then falls enough behind; the first, or with `online` the last.
 *
 * The same answers as kneed 0.9, thresholds to the last bit; only where a
 * polynomial is a straight line or meets every point, rounding decides and may
 * decide otherwise. Older versions of kneed did not mirror unevenly spaced xs of
 * concave decreasing and convex increasing curves.
 *
 * @param xs ascending
 * @param ys as many as xs
 * @returns undefined when there is none, as on a straight line.
 * @throws {TypeError} when lengths differ
 * @throws {RangeError} when xs do not ascend, a value is not finite, or a setting
 * is none of its choices
 *
 * Source: V. Satopää et al. (2011), doi:10.1109/ICDCSW.2011.20; kneed 0.9.
 *
 * @example
 * ```ts
 * import { findKnee } from "feira/cluster";
 * import assert from "node:assert/strict";
 *
 * const inertias = [100, 40, 20, 15, 10, 5, 4, 3, 2, 1];
 * const knee = findKnee([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], inertias, {
 *   curve: "convex", direction: "decreasing",
 * });
 * assert.deepEqual(knee, { x: 2, y: 20, index: 2 });
 * ```
 */
export function findKnee(
  xs: readonly number[],
  ys: readonly number[],
  spec: KneeSpec,
): Knee | undefined {
  const knees = findKnees(xs, ys, spec);
  return spec.online ? knees.at(-1) : knees[0];
}

/**
 * All knees of a curve, in the order of kneed's `all_knees` with `online`: from
 * the side where the curve is flat when turned concave and increasing.
 *
 * @throws as {@linkcode findKnee}, which says the rest
 */
export function findKnees(
  xs: readonly number[],
  ys: readonly number[],
  spec: Omit<KneeSpec, "online">,
): Knee[] {
  const { curve, direction, sensitivity = 1, interpolation = "interp1d", polynomialDegree = 7 } =
    spec;
  assertCurve(xs, ys);
  if (!(sensitivity >= 0)) {
    throw new RangeError(`Cannot find knee: sensitivity is ${sensitivity}, must be at least 0`);
  }
  if (!Number.isInteger(polynomialDegree) || polynomialDegree < 0) {
    throw new RangeError(
      `Cannot find knee: polynomialDegree is ${polynomialDegree}, must be a whole number from 0`,
    );
  }
  const isConvex = isFirst(curve, "convex", "concave");
  const isFalling = isFirst(direction, "decreasing", "increasing");
  const isSmooth = isFirst(interpolation, "polynomial", "interp1d");
  if (xs.length < 2) return [];
  const isMirrored = isConvex !== isFalling;

  // Every curve is turned into a concave, increasing one.
  let x = normalise(xs);
  let y = normalise(isSmooth ? smoothCurve(xs, ys, polynomialDegree) : ys);
  if (isConvex) y = y.map((value) => 1 - value);
  if (isMirrored) {
    x = x.map((value) => 1 - value).reverse();
    y = y.reverse();
  }
  const gap = y.map((value, i) => value - x[i]!);
  const step = numpyMean(x.slice(1).map((value, i) => value - x[i]!));
  return findPeaks(gap, sensitivity * Math.abs(step)).map((at) => {
    const index = isMirrored ? xs.length - 1 - at : at;
    return { x: xs[index]!, y: ys[index]!, index };
  });
}

/** The peaks that the values then fall more than `fall` behind, before any trough. */
function findPeaks(gap: readonly number[], fall: number): number[] {
  const last = gap.length - 1;
  const before = (i: number) => gap[Math.max(0, i - 1)]!;
  const after = (i: number) => gap[Math.min(last, i + 1)]!;
  const peaks: number[] = [];
  let peak: number | undefined;
  let isWatching = false;
  for (let i = 0; i < last; i++) {
    // A level stretch is peak and trough at once, and the trough has the last word.
    if (gap[i]! >= before(i) && gap[i]! >= after(i)) {
      peak = i;
      isWatching = true;
    }
    if (peak !== undefined && gap[i]! <= before(i) && gap[i]! <= after(i)) isWatching = false;
    if (isWatching && gap[i + 1]! < gap[peak!]! - fall && peaks.at(-1) !== peak) peaks.push(peak!);
  }
  return peaks;
}

function normalise(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const range = values.reduce((a, b) => Math.max(a, b)) - least;
  // A level curve gives NaN, which is neither peak nor trough: no knee.
  return values.map((value) => (value - least) / range);
}

/** Whether a choice is the first of its two words. */
function isFirst<T extends string>(choice: T, first: T, second: T): boolean {
  if (choice === first || choice === second) return choice === first;
  throw new RangeError(`Cannot find knee: found "${choice}", must be ${first} or ${second}`);
}

function assertCurve(xs: readonly number[], ys: readonly number[]): void {
  if (xs.length !== ys.length) {
    throw new TypeError(
      `Cannot find knee: found ${xs.length} xs and ${ys.length} ys, must be equal`,
    );
  }
  xs.forEach((x, i) => {
    if (!Number.isFinite(x) || !Number.isFinite(ys[i])) {
      throw new RangeError(`Cannot find knee: point ${i} is (${x}, ${ys[i]}), must be finite`);
    }
    if (i > 0 && x <= xs[i - 1]!) {
      throw new RangeError(`Cannot find knee: x ${i} is ${x}, must be above ${xs[i - 1]}`);
    }
  });
}
