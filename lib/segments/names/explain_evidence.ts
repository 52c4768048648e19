import { sayFigure, toWords } from "./_claim_words.ts";
import type { Evidence } from "./conditions.ts";
import type { ExplainedClaim } from "./explain_claim.ts";

/** A claim in words with the segment's figure and everyone's, units and all. */
export interface ExplainedEvidence extends Pick<ExplainedClaim, "measured" | "must"> {
  readonly is: string;
  /** Of all customers; for a relative figure, what it is relative to. */
  readonly everyone: string;
}

/**
 * Says a claim and its figures in words, for a row of a table.
 *
 * @throws {FeiraError} `data` when the claim cannot be read.
 *
 * @example
 * ```ts
 * import { explainEvidence } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const evidence = {
 *   claim: "median_ratio(recency) >= 1.25",
 *   value: 1.78,
 *   everyone: 1,
 *   compared: { segment: 477, reference: 268 },
 *   holds: true,
 * };
 * assert.deepEqual(explainEvidence(evidence), {
 *   measured: "Median recency, times all customers'",
 *   must: "at least 1.25",
 *   is: "477 days (1.78 times)",
 *   everyone: "268 days",
 * });
 * ```
 */
export function explainEvidence(
  { claim, value, everyone, compared }: Evidence,
): ExplainedEvidence {
  const { measured, must, unit, featureUnit } = toWords(claim);
  const is = sayFigure(value, unit);
  if (compared === undefined) return { measured, must, is, everyone: sayFigure(everyone, unit) };
  return {
    measured,
    must,
    is: `${sayFigure(compared.segment, featureUnit)} (${is})`,
    everyone: sayFigure(compared.reference, featureUnit),
  };
}
