import assert from "node:assert/strict";
import { describeSource, fingerprintOf, type RawSource } from "feira/ingest";

const orders = {
  table: "orders",
  file: "olist_orders_dataset.csv",
  rows: 1200,
  bytes: 9,
  sha256: "a1",
} as const;
const folder: RawSource = { kind: "folder", from: "/home/someone/olist", files: [orders] };

Deno.test("describeSource() says where real data is from, how much and which it is", () => {
  const { kind, title, text } = describeSource(folder);
  assert.deepEqual([kind, title], ["info", "Real data"]);
  assert.equal(
    text,
    `1,200 orders, from the folder olist. Fingerprint of the files: ${fingerprintOf(folder)}.`,
  );
  const one = { ...folder, kind: "kaggle", files: [{ ...orders, rows: 1 }] } as const;
  assert.match(describeSource(one).text, /^1 order, from Kaggle\. /);
});

Deno.test("describeSource() leaves the path out, which is nobody's business", () => {
  assert.doesNotMatch(describeSource(folder).text, /someone/);
});

Deno.test("describeSource() warns of synthetic data in its banner's words", () => {
  const banner = "Synthetic data: 5 made-up orders, seed 1. Not Olist's data";
  const source: RawSource = { ...folder, kind: "synthetic", banner, orders: 5, seed: 1 };
  assert.deepEqual(describeSource(source), { kind: "warning", title: "Warning", text: banner });
});

Deno.test("fingerprintOf() changes with a file's content, not with the files' order", () => {
  const other = { ...orders, file: "olist_sellers_dataset.csv", sha256: "b2" } as const;
  const both = fingerprintOf({ files: [orders, other] });
  assert.match(both, /^[0-9a-f]{16}$/);
  assert.equal(fingerprintOf({ files: [other, orders] }), both);
  assert.notEqual(fingerprintOf({ files: [orders, { ...other, sha256: "b3" }] }), both);
});
