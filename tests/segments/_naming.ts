import { type CustomerMatrix, FEATURES, fitFeatures } from "feira/features";
import type { Archetype, Subdivision } from "feira/segments";

/** Six customers by hand: four with one order, two with more. */
export const SIX: CustomerMatrix = {
  customerIds: Array.from("abcdef"),
  featureNames: ["frequency", "monetary"],
  data: Float64Array.of(1, 10, 1, 20, 1, 60, 1, 30, 3, 100, 2, 180),
  rows: 6,
  cols: 2,
};

/** Customers with the twelve features, 1 where nothing else is said. */
export function toMatrix(customers: readonly Readonly<Record<string, number>>[]): CustomerMatrix {
  const featureNames = FEATURES.map(({ name }) => name);
  return {
    customerIds: customers.map((_, i) => `customer-${i}`),
    featureNames,
    data: Float64Array.from(customers.flatMap((own) => featureNames.map((name) => own[name] ?? 1))),
    rows: customers.length,
    cols: featureNames.length,
  };
}

/** A subdivision of which only who belongs where is of interest. */
export function subdivisionOf(
  { parent, rows, labels }: { parent: number; rows: number[]; labels: number[] },
): Subdivision {
  const k = Math.max(...labels) + 1;
  const sizes = Array.from({ length: k }, (_, n) => labels.filter((label) => label === n).length);
  return {
    parent,
    features: fitFeatures(toMatrix([{}, {}]), "refined"),
    k,
    centroids: new Float64Array(k),
    rows: Int32Array.from(rows),
    labels: Int32Array.from(labels),
    ids: sizes.map((_, n) => 100 * (parent + 1) + n),
    sizes,
    trials: [],
  };
}

export function archetype(name: string, conditions: string): Archetype {
  return { archetype_id: name, name, conditions, description: "d", insight: "i", strategy: "s" };
}
