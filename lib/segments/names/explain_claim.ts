import { toWords } from "./_claim_words.ts";

/** A claim in words: what is measured, and what it must be. */
export interface ExplainedClaim {
  /** With its unit. */
  readonly measured: string;
  readonly must: string;
  /** What the figure counts; `share` is 0..1, told as a percentage. */
  readonly unit: string;
}

/**
 * Says a condition of an archetype in words.
 *
 * @throws {FeiraError} `data` when it cannot be read.
 *
 * @example
 * ```ts
 * import { explainClaim } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(explainClaim("q25(monetary) >= 200"), {
 *   measured: "Lower quartile of monetary value, BRL",
 *   must: "at least 200",
 *   unit: "BRL",
 * });
 * assert.equal(explainClaim("share_of(frequency >= 2) >= 0.75").must, "at least 75%");
 * ```
 */
export function explainClaim(claim: string): ExplainedClaim {
  const { measured, must, unit } = toWords(claim);
  return { measured, must, unit };
}
