import type { SomMap } from "feira/som";
import type { ScaledTable } from "./feature_table.ts";

/** @throws {TypeError} when a map has other features than the table's scaler. */
export function assertMapFits(map: SomMap, { scaler }: ScaledTable, action: string): void {
  const features = scaler.featureNames.length;
  const { width, height, weights } = map;
  if (map.features !== features) {
    throw new TypeError(
      `Cannot ${action}: map has ${map.features} features, must be the scaler's ${features}`,
    );
  }
  if (weights.length !== width * height * features || !weights.every(Number.isFinite)) {
    throw new TypeError(
      `Cannot ${action}: map has ${weights.length} weights, must be ${width} × ${height} × ${features}, all finite`,
    );
  }
}

/**
 * The number of segments.
 *
 * @throws {TypeError} when there is not one whole segment from 0 for every unit.
 */
export function assertSegments(
  segments: Int32Array,
  { width, height }: SomMap,
  action: string,
): number {
  if (segments.length !== width * height || segments.some((segment) => segment < 0)) {
    throw new TypeError(
      `Cannot ${action}: found ${segments.length} segments, must be one from 0 for each of ${
        width * height
      } units`,
    );
  }
  return Math.max(...segments) + 1;
}
