import { basename } from "node:path";
import { fingerprintOf } from "./fingerprint_of.ts";
import type { RawSource } from "./raw_source.ts";

/** What a page says of its data, as a note. */
export interface SourceText {
  readonly kind: "info" | "warning";
  readonly title: string;
  readonly text: string;
}

/**
 * Says where data comes from, how much it is and which it is exactly; of synthetic
 * data its warning. A folder goes by its name: pages are mailed around, paths are not.
 *
 * @example
 * ```ts
 * import { describeSource } from "feira/ingest";
 * import assert from "node:assert/strict";
 *
 * const orders = { file: "olist_orders_dataset.csv", rows: 8135, bytes: 1, sha256: "0f" };
 * const files = [{ table: "orders", ...orders } as const];
 * const { title, text } = describeSource({ kind: "folder", from: "/data/olist", files });
 * assert.equal(title, "Real data");
 * assert.match(text, /^8,135 orders, from the folder olist\. Fingerprint of the files: \w{16}\.$/);
 * ```
 */
export function describeSource(source: RawSource): SourceText {
  const { kind, from, banner, files } = source;
  if (banner !== undefined) return { kind: "warning", title: "Warning", text: banner };
  const rows = files.find(({ table }) => table === "orders")?.rows ?? 0;
  const place = kind === "kaggle" ? "Kaggle" : `the folder ${basename(from)}`;
  const orders = `${rows.toLocaleString("en-US")} order${rows === 1 ? "" : "s"}`;
  return {
    kind: "info",
    title: "Real data",
    text: `${orders}, from ${place}. Fingerprint of the files: ${fingerprintOf(source)}.`,
  };
}
