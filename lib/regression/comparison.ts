import { type Cell, relativeToleranceOf, tagsOf } from "feira/notebook";
import type { Comparison } from "./types.ts";

/**
 * How a cell wants its outputs compared: by its tag `tolerance:1e-6`, and by
 * `feira.compare` of its metadata, a {@linkcode Comparison}.
 *
 * @returns undefined when it says nothing.
 * @throws {TypeError} when its metadata is no such record.
 *
 * @example
 * ```ts
 * import { comparisonOf } from "feira/regression";
 * import assert from "node:assert/strict";
 *
 * const metadata = { tags: ["tolerance:1e-3"], feira: { compare: { ignore: ["seconds"] } } };
 * assert.deepEqual(comparisonOf({ metadata }), { relative: 1e-3, ignore: ["seconds"] });
 * ```
 */
export function comparisonOf(cell: Pick<Cell, "metadata">): Comparison | undefined {
  const relative = tagsOf(cell).map(relativeToleranceOf).find((value) => value !== undefined);
  const { compare } = (cell.metadata.feira ?? {}) as { compare?: unknown };
  if (compare !== undefined) assertComparison(compare);
  if (relative === undefined && compare === undefined) return undefined;
  return { ...(relative !== undefined && { relative }), ...compare };
}

function assertComparison(value: unknown): asserts value is Comparison {
  const isTolerance = (part: unknown) =>
    isRecord(part) &&
    Object.entries(part).every(([key, n]) =>
      /^(relative|absolute)$/.test(key) && typeof n === "number" && n >= 0
    );
  const { ignore = [], columns = {}, ...tolerance } = isRecord(value) ? value : { value };
  const isGood = isTolerance(tolerance) && Array.isArray(ignore) &&
    ignore.every((name) => typeof name === "string") && isRecord(columns) &&
    Object.values(columns).every(isTolerance);
  if (isGood) return;
  throw new TypeError(
    `Cannot compare outputs: feira.compare is ${
      JSON.stringify(value)
    }, must be relative and absolute (numbers from 0), ignore (names) and columns (tolerances by key)`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
