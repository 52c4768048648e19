import { assertOneOf } from "./_check.ts";

/**
 * How far a neuron's weights w are from a sample x:
 *
 * - `euclidean`: √Σ(x - w)²
 * - `cosine`: 1 - Σxw / (|x||w| + 1e-8), as MiniSom guards the division
 * - `manhattan`: Σ|x - w|
 * - `chebyshev`: max|x - w|. MiniSom 2.3.6 takes the signed max(x - w), which is no
 *   distance: a neuron far above the sample in every feature counts as nearest
 */
export type SomDistance = "euclidean" | "cosine" | "manhattan" | "chebyshev";

const KINDS: readonly SomDistance[] = ["euclidean", "cosine", "manhattan", "chebyshev"];

/**
 * Orders neurons as their distance from the row at `offset` does; `at` is where
 * the neuron's weights start. A score above `limit` may be any above it, so
 * that a sum can stop there.
 */
export type Score = (at: number, offset: number, limit: number) => number;

export interface Compared {
  /** `[neurons × features]` */
  readonly weights: Float64Array;
  /** `[rows × features]` */
  readonly data: Float64Array;
  readonly features: number;
}

/** The score of one kind of distance; the euclidean one's is squared. */
export function toScore(
  kind: SomDistance,
  { weights, data, features }: Compared,
  action: string,
): Score {
  assertOneOf(kind, KINDS, `Cannot ${action}: distance`);
  switch (kind) {
    case "euclidean":
      return (at, offset, limit) => {
        let sum = 0;
        for (let d = 0; d < features && sum <= limit; d++) {
          const gap = data[offset + d]! - weights[at + d]!;
          sum += gap * gap;
        }
        return sum;
      };
    case "manhattan":
      return (at, offset, limit) => {
        let sum = 0;
        for (let d = 0; d < features && sum <= limit; d++) {
          sum += Math.abs(data[offset + d]! - weights[at + d]!);
        }
        return sum;
      };
    case "chebyshev":
      return (at, offset, limit) => {
        let most = 0;
        for (let d = 0; d < features && most <= limit; d++) {
          most = Math.max(most, Math.abs(data[offset + d]! - weights[at + d]!));
        }
        return most;
      };
    case "cosine":
      return (at, offset) => {
        let product = 0;
        let ofWeights = 0;
        let ofSample = 0;
        for (let d = 0; d < features; d++) {
          const weight = weights[at + d]!;
          const value = data[offset + d]!;
          product += weight * value;
          ofWeights += weight * weight;
          ofSample += value * value;
        }
        return 1 - product / (Math.sqrt(ofWeights) * Math.sqrt(ofSample) + 1e-8);
      };
  }
}

/**
 * The neuron of least score, the lowest index among equals; -1 when no score is a
 * number.
 *
 * @param warm a neuron whose score limits the others' at once; -1 for none
 */
export function leastScore(
  score: Score,
  { neurons, features, offset, warm }: {
    readonly neurons: number;
    readonly features: number;
    readonly offset: number;
    readonly warm: number;
  },
): number {
  let best = -1;
  let least = Infinity;
  const warmScore = warm < 0 ? Infinity : score(warm * features, offset, Infinity);
  const limit = Number.isNaN(warmScore) ? Infinity : warmScore;
  for (let neuron = 0, at = 0; neuron < neurons; neuron++, at += features) {
    const found = score(at, offset, Math.min(least, limit));
    if (found < least) {
      least = found;
      best = neuron;
    }
  }
  return best;
}
