import { FeiraError } from "feira/workspace";
import type { Verdict } from "./judge.ts";

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
 * Throws when the gate was not passed, unless the model is accepted all the same
 * (`deno task run --accept`): then what is published says that it was forced.
 *
 * @throws {GateError} names each criterion that failed, its value and its limit
 */
export function assertPassed(
  verdict: Verdict,
  { accept = false }: { accept?: boolean } = {},
): void {
  if (!verdict.passed && !accept) throw new GateError(verdict);
}
