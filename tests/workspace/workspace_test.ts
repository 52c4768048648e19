import {
  type Effects,
  FeiraError,
  openWorkspace,
  systemEffects,
  toWorkVariable,
} from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";

function withEnv(variables: Record<string, string>): Effects {
  return { ...systemEffects, env: (name) => variables[name] };
}

Deno.test("openWorkspace() names everything after the project", () => {
  const workspace = openWorkspace({ root: "/r", effects: withEnv({ PROJECT_NAME: "acme" }) });
  assert.equal(workspace.rawDir, join("/r", "data", "raw", "acme"));
  assert.equal(workspace.duckdbPath, join("/r", "data", "acme.duckdb"));
  assert.deepEqual(workspace.datasets, {
    raw: "raw_acme",
    staging: "staging_acme",
    analytics: "analytics_acme",
  });
});

Deno.test("openWorkspace() defaults to the project olist on duckdb", () => {
  const workspace = openWorkspace({ effects: withEnv({}) });
  assert.equal(workspace.project, "olist");
  assert.equal(workspace.engine, "duckdb");
  assert.equal(Deno.statSync(join(workspace.root, "deno.json")).isFile, true);
});

Deno.test("openWorkspace() follows a run that works on a copy of the database", () => {
  const effects = withEnv({ FEIRA_DUCKDB: "/elsewhere/copy.duckdb" });
  assert.equal(openWorkspace({ effects }).duckdbPath, "/elsewhere/copy.duckdb");
});

Deno.test("openWorkspace() follows a run that works on datasets of its own on BigQuery", () => {
  const work = { id: "1a2b3c4d", kinds: ["staging", "analytics"] } as const;
  const env = { PROJECT_NAME: "acme", FEIRA_WORK: toWorkVariable(work) };
  const effects = withEnv({ ...env, FEIRA_WAREHOUSE: "bigquery" });
  assert.deepEqual(openWorkspace({ effects }).datasets, {
    raw: "raw_acme",
    staging: "staging_acme__work_1a2b3c4d",
    analytics: "analytics_acme__work_1a2b3c4d",
  });
  // A copy of a file has the published names in it.
  assert.equal(openWorkspace({ effects: withEnv(env) }).datasets.staging, "staging_acme");
});

Deno.test("openWorkspace() refuses a work that no run has begun", () => {
  for (const text of ["1a2b3c4d", "1a2b3c4:raw", "1A2B3C4D:raw", "1a2b3c4d:other", "x; drop:raw"]) {
    const effects = withEnv({ FEIRA_WORK: text, FEIRA_WAREHOUSE: "bigquery" });
    assert.throws(() => openWorkspace({ effects }), /FEIRA_WORK is ".*", must be eight/, text);
  }
});

Deno.test("openWorkspace() refuses names that could not name a dataset", () => {
  for (const project of ["", "Olist", "1st", "a b", "a-b", "a;drop", "../up", "a".repeat(42)]) {
    assert.throws(
      () => openWorkspace({ project, effects: withEnv({}) }),
      (error) => error instanceof FeiraError && error.kind === "usage",
      project,
    );
  }
});

Deno.test("openWorkspace() refuses an unknown engine by name", () => {
  assert.throws(
    () => openWorkspace({ effects: withEnv({ FEIRA_WAREHOUSE: "oracle" }) }),
    /warehouse is "oracle", must be duckdb or bigquery/,
  );
});

Deno.test("FeiraError.exitCode is 2 for usage and environment, else 1", () => {
  const codes = (["usage", "environment", "data", "failed"] as const)
    .map((kind) => new FeiraError(kind, "x").exitCode);
  assert.deepEqual(codes, [2, 2, 1, 1]);
});
