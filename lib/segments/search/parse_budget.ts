import { FeiraError } from "feira/workspace";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/**
 * A budget as it is given to a notebook, in seconds.
 *
 * @param text such as `60s`, `5m` or `1.5h`; `0` or nothing is no limit
 * @returns undefined for no limit
 * @throws {FeiraError} `usage` for anything else
 *
 * @example
 * ```ts
 * import { parseBudget } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseBudget("5m"), 300);
 * assert.equal(parseBudget("0"), undefined);
 * ```
 */
export function parseBudget(text: string): number | undefined {
  const [, number = "", unit = ""] = text.trim().match(/^(\d+(?:\.\d+)?)\s*([smh]?)$/) ?? [];
  if (text.trim() === "" || Number(number || NaN) === 0) return undefined;
  const seconds = Number(number) * (SECONDS[unit] ?? NaN);
  if (seconds > 0) return seconds;
  throw new FeiraError(
    "usage",
    `Cannot search settings: budget is "${text}", must be as 60s, 5m or 1h, or 0 for none`,
  );
}
