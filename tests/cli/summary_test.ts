import { openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunRecord } from "../../lib/cli/_run_record.ts";
import { toSummary } from "../../lib/cli/_summary.ts";

const workspace = openWorkspace({ root: "/w", project: "olist" });
const RECORD: RunRecord = {
  project: "olist",
  source: "folder",
  warehouse: "duckdb",
  started: "2026-01-31T12:00:00Z",
  seconds: 61.27,
  notebooks: ["04_transform", "08_segment"].map((name) => ({
    name,
    state: "ran",
    seconds: 1,
    why: "never run",
  })),
  tests: { passed: 262, warned: 5, failed: 0 },
  model: { preset: "tuned", qe: 0.24186, te: 0.1, silhouette: 0.6, dbi: 0.7, k: 2, gate: "passed" },
  segments: [{ id: 0, name: "Many", customers: 7500 }, { id: 1, name: "Few", customers: 2500 }],
};

Deno.test("toSummary() tells segments with sizes, metrics, gate, data tests and the report", () => {
  const index = join("/w", "reports", "index.html");
  assert.deepEqual(toSummary(RECORD, { workspace, index }), [
    "Notebooks   2 ran, 0 fresh, 0 failed in 61.3 s",
    "Data        folder",
    "Data tests  262 passed, 5 warned, 0 failed",
    "Model       tuned, k = 2: quantization error 0.2419, topographic error 0.1000, silhouette 0.6000, Davies-Bouldin 0.7000",
    "Gate        passed",
    "Segments    0 Many: 7,500 customers (75.0%)",
    "            1 Few: 2,500 customers (25.0%)",
    `Report      ${join("reports", "index.html")}`,
  ]);
});

Deno.test("toSummary() says that data is synthetic, and what a failed run did not come to", () => {
  const notebooks = [{ name: "01_ingest", state: "failed" as const, seconds: 1, why: "gone" }];
  const lines = toSummary({ ...RECORD, source: "synthetic", notebooks }, {
    workspace,
    banner: "Made up",
  });
  assert.ok(lines.includes("Data        synthetic. Made up"));
  assert.ok(lines.includes("Gate        passed (of an earlier run)"));
  assert.ok(lines.includes("Data tests  262 passed, 5 warned, 0 failed (of an earlier run)"));
});

Deno.test("toSummary() says that a model was published though the gate failed", () => {
  const model = { ...RECORD.model!, gate: "failed" as const, forced: true };
  const lines = toSummary({ ...RECORD, model }, { workspace });
  assert.ok(lines.includes("Gate        failed, published all the same (--accept)"));
});

Deno.test("toSummary() tells of a first run that failed early what there is", () => {
  const { project, warehouse, started, seconds } = RECORD;
  const lines = toSummary({ project, warehouse, started, seconds, notebooks: [] }, { workspace });
  assert.deepEqual(lines, [
    "Notebooks   0 ran, 0 fresh, 0 failed in 61.3 s",
    "Data        none yet",
  ]);
});

Deno.test("toSummary() says what was billed, and by which notebooks most", () => {
  const notebooks = [7, 0, 1, 2048, 1024].map((mib, i) => ({
    name: `0${i + 1}`,
    state: "ran" as const,
    seconds: 1,
    why: "forced",
    bytes_billed: mib * 2 ** 20,
  }));
  const lines = toSummary({ ...RECORD, notebooks, bytes_billed: 3081 * 2 ** 20 }, { workspace });
  assert.ok(
    lines.includes(
      "Billed      3.0 GiB, about 0.0184 USD; 04 2.0 GiB, about 0.0122 USD; 05 1.0 GiB, about 0.0061 USD; 01 7.0 MiB, about 0.0000 USD",
    ),
    lines.join("\n"),
  );
});
