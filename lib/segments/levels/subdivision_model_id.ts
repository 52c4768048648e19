import { hashText } from "feira/workspace";
import { toArrayText } from "../fit/array_text.ts";
import type { Subdivision } from "./subdivision.ts";

/**
 * Names the model of a second level: the first level's id, and eight hexadecimal
 * digits of what decides the second, its parent, features, scale and centroids.
 * Published ids of sub-segments do not count.
 *
 * @param modelId of the segmentation that it divides
 */
export function subdivisionModelId(
  modelId: string,
  { parent, features: { preset, scaler }, centroids }: Pick<
    Subdivision,
    "parent" | "features" | "centroids"
  >,
): string {
  const numbers = [scaler.mean, scaler.scale, centroids].map(toArrayText);
  const names = scaler.featureNames.join(" ");
  return `${modelId}-${hashText([parent, preset, names, ...numbers].join("\n")).slice(0, 8)}`;
}
