import type { Search } from "./search_settings.ts";

/**
 * One sentence on what the budget left no time for, by name.
 *
 * @example
 * ```ts
 * import { describeUntried } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const text = describeUntried({ untried: [{ name: "a", stage: 1 }, { name: "b", stage: "full" }] });
 * assert.equal(text, "The budget left no time for: a (rung 1), b (full training).");
 * ```
 */
export function describeUntried({ untried }: Pick<Search, "untried">): string {
  if (untried.length === 0) return "All settings were tried; no budget cut the search.";
  const said = untried.map(({ name, stage }) =>
    `${name} (${stage === "full" ? "full training" : `rung ${stage}`})`
  );
  return `The budget left no time for: ${said.join(", ")}.`;
}
