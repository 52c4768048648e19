import { FeiraError } from "feira/workspace";

/** What a segmentation is judged by. */
export interface Metrics {
  /** Quantization error of the map, in standard deviations. */
  readonly qe: number;
  /** Topographic error of the map, 0..1. */
  readonly te: number;
  /** Over customers in scaled feature space, their segment as label; -1..1. */
  readonly silhouette: number;
  /** Davies-Bouldin index over the same. */
  readonly dbi: number;
  /** Customers of the smallest segment. */
  readonly smallest: number;
}

/** One limit of the gate; a value equal to it passes. */
export interface Limit {
  readonly name: keyof Metrics;
  readonly label: string;
  readonly limit: number;
  readonly direction: "at least" | "at most";
}

/**
 * The published gate of the guide, and a size below which a segment's figures
 * are anecdotes.
 */
export const GATE: readonly Limit[] = [
  { name: "silhouette", label: "Silhouette", limit: 0.6, direction: "at least" },
  { name: "dbi", label: "Davies-Bouldin index", limit: 0.75, direction: "at most" },
  { name: "qe", label: "Quantization error", limit: 0.26, direction: "at most" },
  { name: "te", label: "Topographic error", limit: 0.26, direction: "at most" },
  { name: "smallest", label: "Customers in smallest segment", limit: 30, direction: "at least" },
];

/** A limit with the value found. */
export interface Criterion extends Limit {
  readonly value: number;
  readonly passed: boolean;
}

export interface Verdict {
  readonly passed: boolean;
  readonly criteria: readonly Criterion[];
  /**
   * Mean over the four metrics (not the size) of how far the value is on the
   * good side of its limit, as a share of the limit; for ranking.
   */
  readonly score: number;
}

/**
 * Judges metrics by the gate. A value that is not a number fails.
 *
 * @example
 * ```ts
 * import { judge } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const metrics = { qe: 0.2444, te: 0.2412, silhouette: 0.6967, dbi: 0.6919, smallest: 1938 };
 * assert.ok(judge(metrics).passed);
 * assert.ok(!judge({ ...metrics, te: 0.27 }).passed);
 * ```
 */
export function judge(metrics: Metrics, gate: readonly Limit[] = GATE): Verdict {
  const criteria = gate.map((limit) => {
    const value = metrics[limit.name];
    const passed = limit.direction === "at least" ? value >= limit.limit : value <= limit.limit;
    return { ...limit, value, passed };
  });
  const margins = criteria.filter(({ name }) => name !== "smallest").map(
    ({ value, limit, direction }) =>
      (direction === "at least" ? value - limit : limit - value) / limit,
  );
  return {
    passed: criteria.every(({ passed }) => passed),
    criteria,
    score: margins.reduce((sum, margin) => sum + margin, 0) / margins.length,
  };
}

/** A segmentation that did not pass the gate: nothing is published. */
export class GateError extends FeiraError {
  override name = "GateError";
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    const failed = verdict.criteria.filter(({ passed }) => !passed).map(
      ({ label, value, limit, direction }) =>
        `${label} is ${Number(value.toFixed(4))}, must be ${direction} ${limit}`,
    );
    super("failed", `Cannot publish segments: ${failed.join("; ")}`);
    this.verdict = verdict;
  }
}

/**
 * Throws when the gate was not passed.
 *
 * @throws {GateError} names each criterion that failed, its value and its limit
 */
export function assertPassed(verdict: Verdict): void {
  if (!verdict.passed) throw new GateError(verdict);
}
