import type { Scaler } from "feira/features";

/** A scaler as JSON has it. */
export type SavedScaler =
  & Readonly<Record<"mean" | "scale", readonly number[]>>
  & Omit<Scaler, "mean" | "scale">;

/** Digits are exact: JSON's shortest text of a double is read back as that double. */
export function toSavedScaler(scaler: Scaler): SavedScaler {
  return { ...scaler, mean: [...scaler.mean], scale: [...scaler.scale] };
}

/**
 * Undoes {@linkcode toSavedScaler}.
 *
 * @throws {RangeError} when it has not one finite mean and deviation per feature
 */
export function toScalerArrays(saved: SavedScaler): Scaler {
  const { featureNames } = saved;
  for (const numbers of [saved.mean, saved.scale]) {
    const isWhole = numbers.length === featureNames.length && numbers.every(Number.isFinite);
    if (!isWhole) {
      throw new RangeError(
        `scaler is ${JSON.stringify(numbers)}, must be ${featureNames.length} finite numbers`,
      );
    }
  }
  return {
    ...saved,
    mean: Float64Array.from(saved.mean),
    scale: Float64Array.from(saved.scale),
  };
}
