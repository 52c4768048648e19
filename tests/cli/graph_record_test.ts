import type { PlannedNotebook } from "feira/notebook";
import assert from "node:assert/strict";
import { toGraphRecord } from "../../lib/cli/_graph_record.ts";

const LOAD: PlannedNotebook = {
  name: "03_load",
  title: "Load",
  job: "elt",
  state: "fresh",
  why: "",
  isSelected: true,
  upstream: [],
  reads: ["data/clean/olist/"],
  writes: ["raw_olist.*", "data/log.txt"],
  last: { started: "2026-01-31T12:00:00Z", seconds: 1.5 },
};
const SEGMENT: PlannedNotebook = {
  name: "08_segment",
  title: "Segment",
  job: "segmentation",
  state: "stale",
  why: "never run",
  isSelected: true,
  upstream: ["03_load"],
  reads: ["raw_olist.orders"],
  writes: [],
};

Deno.test("toGraphRecord() tells notebooks, edges, tables and the guide's jobs", () => {
  const record = toGraphRecord([LOAD, SEGMENT], { project: "olist", engine: "duckdb" });
  assert.deepEqual(record.jobs, {
    python_elt_job: ["03_load"],
    som_kmeans_segmentation_pipeline: ["08_segment"],
    full_data_ml_pipeline: ["03_load", "08_segment"],
  });
  assert.deepEqual(record.notebooks[0], {
    name: "03_load",
    title: "Load",
    job: "elt",
    upstream: [],
    reads: ["data/clean/olist/"],
    writes: ["raw_olist.*", "data/log.txt"],
    tables: ["raw_olist.*"],
    state: "fresh",
    why: "",
    last: { started: "2026-01-31T12:00:00Z", seconds: 1.5 },
  });
  assert.equal(record.notebooks[1]!.last, null);
  assert.deepEqual(record.edges, [
    { from: "03_load", to: "08_segment", through: ["raw_olist.orders"] },
  ]);
  assert.deepEqual([record.project, record.warehouse], ["olist", "duckdb"]);
});
