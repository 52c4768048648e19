import { Document, isMap, isScalar, isSeq, parse, visit } from "yaml";
import type { NotebookDigest } from "./types.ts";

/**
 * A digest as the text of its file: YAML, a line for each row of a table, so
 * that a change is reviewed as what it is.
 *
 * @example
 * ```ts
 * import { formatDigest, parseDigest } from "feira/regression";
 * import assert from "node:assert/strict";
 *
 * const digest = { notebook: "01_ingest", cells: [] };
 * assert.deepEqual(parseDigest(formatDigest(digest)), digest);
 * ```
 */
export function formatDigest(digest: NotebookDigest): string {
  const document = new Document(digest, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, node) => {
      node.flow = node.items.every(isOneLine);
    },
    Map: (_, node) => {
      const isFlat = node.items.every(({ value }) => isOneLine(value));
      const keys = node.items.map(({ key }) => isScalar(key) ? key.value : undefined);
      // A column, and four numbers for many: what belongs on one line.
      node.flow = isFlat && (keys[0] === "key" || keys[0] === "count");
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Reads what {@linkcode formatDigest} wrote. */
export function parseDigest(text: string): NotebookDigest {
  return parse(text);
}

function isOneLine(node: unknown): boolean {
  return !isMap(node) && !isSeq(node) && !(isScalar(node) && String(node.value).includes("\n"));
}
