/** Settings of {@linkcode findKnee}. */
export interface KneeSpec {
  /** `concave` bends downwards (a knee), `convex` upwards (an elbow). */
  curve: "concave" | "convex";
  direction: "increasing" | "decreasing";
  /** How far the curve must fall behind its peak, in mean steps of x; at least 0. @default 1 */
  sensitivity?: number;
}

/** The point of greatest curvature. */
export interface Knee {
  readonly x: number;
  readonly y: number;
  readonly index: number;
}

/**
 * Finds the knee of a curve as the Python package kneed does (Kneedle, offline,
 * without smoothing): the first peak of the difference between the normalised
 * curve and the diagonal that the curve then falls enough behind.
 *
 * @param xs ascending
 * @param ys as many as xs
 * @returns undefined when there is none, as on a straight line.
 * @throws {TypeError} when lengths differ
 * @throws {RangeError} when xs do not ascend or a value is not finite
 *
 * Source: V. Satopää et al. (2011), doi:10.1109/ICDCSW.2011.20; kneed 0.8.
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
  { curve, direction, sensitivity = 1 }: KneeSpec,
): Knee | undefined {
  assertCurve(xs, ys, sensitivity);
  if (xs.length < 3) return undefined;
  const convex = toChoice(curve, "convex", "concave");
  const falling = toChoice(direction, "decreasing", "increasing");
  const isMirrored = convex !== falling;

  // Every curve is turned into a concave, increasing one.
  let x = normalise(xs);
  let y = normalise(ys);
  if (convex) y = y.map((value) => 1 - value);
  if (isMirrored) {
    x = x.map((value) => 1 - value).reverse();
    y = y.reverse();
  }
  const gap = y.map((value, i) => value - x[i]!);
  const step = Math.abs((x.at(-1)! - x[0]!) / (x.length - 1));
  const at = findPeak(gap, sensitivity * step);
  if (at === undefined) return undefined;
  const index = isMirrored ? xs.length - 1 - at : at;
  return { x: xs[index]!, y: ys[index]!, index };
}

/** The first peak that the values then fall more than `fall` behind, before any trough. */
function findPeak(gap: readonly number[], fall: number): number | undefined {
  const last = gap.length - 1;
  const before = (i: number) => gap[Math.max(0, i - 1)]!;
  const after = (i: number) => gap[Math.min(last, i + 1)]!;
  let peak: number | undefined;
  let isWatching = false;
  for (let i = 0; i < last; i++) {
    // A level stretch is peak and trough at once, and the trough has the last word.
    if (gap[i]! >= before(i) && gap[i]! >= after(i)) {
      peak = i;
      isWatching = true;
    }
    if (peak !== undefined && gap[i]! <= before(i) && gap[i]! <= after(i)) isWatching = false;
    if (isWatching && gap[i + 1]! < gap[peak!]! - fall) return peak;
  }
  return undefined;
}

function normalise(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  // A level curve gives NaN, which is neither peak nor trough: no knee.
  return values.map((value) => (value - least) / range);
}

/** Whether a choice is the first of its two words. */
function toChoice<T extends string>(choice: T, yes: T, no: T): boolean {
  if (choice === yes || choice === no) return choice === yes;
  throw new RangeError(`Cannot find knee: found "${choice}", must be ${yes} or ${no}`);
}

function assertCurve(xs: readonly number[], ys: readonly number[], sensitivity: number): void {
  if (xs.length !== ys.length) {
    throw new TypeError(
      `Cannot find knee: found ${xs.length} xs and ${ys.length} ys, must be equal`,
    );
  }
  if (!(sensitivity >= 0)) {
    throw new RangeError(`Cannot find knee: sensitivity is ${sensitivity}, must be at least 0`);
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
