import assert from "node:assert/strict";
import { maybeDbtEvent, maybeLogLine } from "../../lib/dbt/dbt_event.ts";
import { logLine } from "./_fake_dbt.ts";

const model = { node_name: "fact_sales", node_status: "success", resource_type: "model" };

/** Through text, as it comes from dbt. */
function eventOf(line: object) {
  return maybeDbtEvent(maybeLogLine(JSON.stringify(line))!);
}

Deno.test("maybeDbtEvent() reads starts and ends of models, seeds and tests", () => {
  const place = { index: 3, total: 9 };
  assert.deepEqual(
    eventOf(logLine("LogStartLine", { ...place, node_info: { ...model, node_status: "started" } })),
    { kind: "start", name: "fact_sales", index: 3, total: 9, status: "running", seconds: 0 },
  );
  assert.deepEqual(
    eventOf(logLine("LogModelResult", {
      ...place,
      status: "OK",
      execution_time: 0.5,
      node_info: model,
    })),
    { kind: "model", name: "fact_sales", index: 3, total: 9, status: "success", seconds: 0.5 },
  );
  assert.deepEqual(
    eventOf(logLine("LogTestResult", {
      index: 4,
      num_models: 9,
      status: "warn",
      execution_time: 0.1,
      node_info: { node_name: "unique_key", node_status: "warn", resource_type: "test" },
    })),
    { kind: "test", name: "unique_key", index: 4, total: 9, status: "warn", seconds: 0.1 },
  );
});

Deno.test("maybeDbtEvent() takes a unit test's status from where dbt puts it", () => {
  const node_info = { node_name: "counts", node_status: "None", resource_type: "unit_test" };
  for (const status of ["pass", "fail"] as const) {
    const event = eventOf(logLine("LogTestResult", { status, node_info }));
    assert.equal(event?.kind, "test");
    assert.equal(event?.status, status);
  }
});

Deno.test("maybeDbtEvent() calls an unknown ending an error and a skipped node skipped", () => {
  const odd = { ...model, node_status: "new in dbt 9" };
  assert.equal(eventOf(logLine("LogModelResult", { node_info: odd }))?.status, "error");
  assert.equal(eventOf(logLine("SkippingDetails", { node_info: model }))?.status, "skipped");
});

Deno.test("maybeDbtEvent() passes over what tells of no node", () => {
  assert.equal(eventOf(logLine("FoundStats", { stat_line: "2 models" })), undefined);
  assert.equal(eventOf(logLine("NodeCompiling", { node_info: model })), undefined);
});

Deno.test("maybeLogLine() passes over lines that are not dbt's", () => {
  for (const line of ["", "Warning: old", "{", "{}", "[1]", '{"info": {}}', '{"info": null}']) {
    assert.equal(maybeLogLine(line), undefined, line);
  }
});
