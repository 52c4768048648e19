/**
 * Refuses features that are not those a map was trained on, by name and order.
 *
 * @param trained names of the map's features, in their order
 * @param found names of a matrix's columns, in theirs
 * @throws {TypeError} names those that are missing, extra, repeated or, where all
 * are there, out of order
 *
 * @example
 * ```ts
 * import { assertSameFeatures } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * assertSameFeatures(["recency"], ["recency"]);
 * assert.throws(() => assertSameFeatures(["recency"], ["monetary"]), /missing recency; extra monetary/);
 * ```
 */
export function assertSameFeatures(trained: readonly string[], found: readonly string[]): void {
  const problems = [
    list("missing", trained.filter((name) => !found.includes(name))),
    list("extra", found.filter((name) => !trained.includes(name))),
    list(
      "repeated",
      found.filter((name, at) => trained.includes(name) && found.indexOf(name) < at),
    ),
  ].filter((problem) => problem !== "");
  if (problems.length === 0) {
    const moved = trained.flatMap((name, at) =>
      found[at] === name ? [] : `${name} is column ${found.indexOf(name)}, not ${at}`
    );
    if (moved.length === 0) return;
    problems.push(list("out of order", moved));
  }
  throw new TypeError(
    `Cannot use map: ${problems.join("; ")}; must be the features it was trained on: ${
      trained.join(", ")
    }`,
  );
}

function list(what: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${what} ${names.join(", ")}`;
}
