import { assertOneOf, assertPositive, assertWhole } from "./_check.ts";

/**
 * How the radius goes from its start to its end: by the same factor, or by the
 * same step, from each epoch to the next.
 */
export type RadiusDecay = "exponential" | "linear";

/** How the radius of batch training shrinks. */
export interface RadiusSpec {
  /** One epoch shows all samples. */
  epochs: number;
  /** Sigma of the gaussian neighbourhood in the first epoch, in neurons; > 0. */
  radiusStart: number;
  /** Sigma in the last epoch. The smaller, the less quantization and the more topographic error. */
  radiusEnd: number;
  /** @default "exponential" */
  radiusDecay?: RadiusDecay;
}

/**
 * The radius of one epoch of batch training, as `trainBatch` takes it:
 * exponentially `radiusStart · (radiusEnd / radiusStart)^(t / (epochs - 1))` in
 * epoch t, linearly `radiusStart + (radiusEnd - radiusStart) · t / (epochs - 1)`;
 * `radiusEnd` where there is one epoch only.
 *
 * @param epoch 0..epochs - 1
 * @throws {RangeError} when a setting is out of range
 *
 * @example
 * ```ts
 * import { radiusAt } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * const spec = { epochs: 3, radiusStart: 4, radiusEnd: 1 };
 * assert.deepEqual([0, 1, 2].map((epoch) => radiusAt(epoch, spec)), [4, 2, 1]);
 * ```
 */
export function radiusAt(epoch: number, spec: RadiusSpec): number {
  assertRadius(spec, "take radius");
  const { epochs, radiusStart, radiusEnd, radiusDecay = "exponential" } = spec;
  assertWhole(epoch, "Cannot take radius: epoch", 0);
  if (epoch >= epochs) {
    throw new RangeError(`Cannot take radius: epoch is ${epoch}, must be below ${epochs}`);
  }
  const progress = epochs === 1 ? 1 : epoch / (epochs - 1);
  return radiusDecay === "linear"
    ? radiusStart + (radiusEnd - radiusStart) * progress
    : radiusStart * (radiusEnd / radiusStart) ** progress;
}

/** @throws {RangeError} when a setting is out of range. */
export function assertRadius(spec: RadiusSpec, action: string): void {
  const { epochs, radiusStart, radiusEnd, radiusDecay = "exponential" } = spec;
  assertWhole(epochs, `Cannot ${action}: epochs`, 1);
  assertPositive(radiusStart, `Cannot ${action}: radiusStart`);
  assertPositive(radiusEnd, `Cannot ${action}: radiusEnd`);
  assertOneOf(radiusDecay, ["exponential", "linear"], `Cannot ${action}: radiusDecay`);
  if (radiusEnd > radiusStart) {
    throw new RangeError(
      `Cannot ${action}: radiusEnd is ${radiusEnd}, must be at most radiusStart ${radiusStart}`,
    );
  }
}
