import { type CustomerMatrix, FEATURES } from "feira/features";
import type { SegmentationSettings } from "feira/segments";

/** A generator of our own, so that a market is the same everywhere (Park and Miller, 1988). */
function toDice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/**
 * Customers of three planted kinds: 0 mainstream, 1 big-ticket, 2 repeat buyers,
 * in mixed order.
 */
export function plantMarket(rows: number, seed = 7): { matrix: CustomerMatrix; kinds: number[] } {
  const dice = toDice(seed);
  const kinds: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < rows; i++) {
    const roll = dice();
    const kind = roll < 0.8 ? 0 : roll < 0.9 ? 1 : 2;
    kinds.push(kind);
    const orders = kind === 2 ? 2 + Math.floor(dice() * 1.5) : 1;
    const price = (kind === 1 ? 1500 : 90) * (0.9 + 0.2 * dice());
    values.push(
      ...[Math.floor(200 + 200 * dice()), orders, price * orders, orders, price, orders],
      ...[price * orders + 15, kind === 1 ? 8 : 2, 4 + dice(), orders, price, orders],
    );
  }
  const matrix = {
    customerIds: Array.from({ length: rows }, (_, i) => `customer-${String(i).padStart(6, "0")}`),
    featureNames: FEATURES.map(({ name }) => name),
    data: Float64Array.from(values),
    rows,
    cols: FEATURES.length,
  };
  return { matrix, kinds };
}

export const SMALL: SegmentationSettings = {
  name: "small",
  description: "For tests",
  features: "guide",
  training: {
    kind: "batch",
    width: 12,
    height: 6,
    epochs: 15,
    radiusStart: 3,
    radiusEnd: 0.4,
    init: "pca-spread",
    seed: 42,
  },
  k: 3,
  neurons: "hit",
  restarts: 5,
  seed: 42,
};

export async function inFolder(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await test(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

export const ARCHETYPES_PATH = new URL("../../seeds/segment_archetypes.csv", import.meta.url)
  .pathname;
