import { FeiraError } from "feira/workspace";
import type { DbtProblem, DbtResults } from "./dbt_results.ts";

/**
 * A model could not be built, or a data test failed. The message names the
 * first and counts the others; `results` has them all.
 */
export class DbtError extends FeiraError {
  override name = "DbtError";
  readonly results: DbtResults;

  constructor(results: DbtResults) {
    super("failed", describe(results));
    this.results = results;
  }
}

/** Whether a problem fails the build; warnings and what was skipped after it do not. */
export function isFailure(problem: DbtProblem): boolean {
  return problem.status === "error" || problem.status === "fail";
}

function describe({ problems }: DbtResults): string {
  const failures = problems.filter(isFailure);
  const skipped = problems.filter((problem) => problem.status === "skipped").length;
  const [first] = failures;
  if (first === undefined) throw new TypeError("Cannot describe the failure: found none");
  const others = [
    ...(failures.length > 1 ? [`${failures.length - 1} more failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped after that`] : []),
  ];
  return tell(first) + (others.length > 0 ? `; ${others.join(", ")}` : "");
}

function tell({ name, node, status, message, failures, compiledPath }: DbtProblem): string {
  const where = compiledPath === null ? "" : ` (${compiledPath})`;
  if (status === "fail" && failures !== null) {
    const rows = failures === 1 ? "1 row" : `${failures} rows`;
    return `Cannot publish ${node}: test ${name} found ${rows}, must find none${where}`;
  }
  const what = name === node
    ? `Cannot build ${node}`
    : `Cannot publish ${node}: test ${name} failed`;
  return `${what}: ${message.trim()}${where}`;
}
