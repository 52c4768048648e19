import { ensureDbt } from "feira/dbt";
import { runProgram } from "feira/python";
import { readBytesBilled } from "feira/warehouse";
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { repository, runDbt } from "../dbt/_dbt.ts";
import { DUCKDB_ONLY } from "../dbt/_duckdb_only.ts";
import { projectCopy } from "../dbt/_market.ts";
import { CASES, writeProject } from "../dbt/packages/_project.ts";
import { ignore } from "./_bigquery.ts";

/** The Python that has dbt-bigquery. */
async function pythonOfBigQuery(): Promise<string> {
  return (await ensureDbt({ ...repository, engine: "bigquery" })).python;
}

interface Compiled {
  readonly resource_type: string;
  readonly name: string;
  readonly compiled_code?: string;
  readonly config: { readonly contract?: { readonly enforced: boolean } };
}

/** The key file of a service account that does not exist; nothing is asked with it. */
async function writeKey(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      type: "service_account",
      project_id: "nowhere",
      private_key: privateKey,
      client_email: "nobody@nowhere.iam.gserviceaccount.com",
      token_uri: "https://oauth2.invalid/token",
    }),
  );
}

/** Compiles a project for a BigQuery that is not there, and returns its nodes. */
async function compile(projectDir: string, method: string): Promise<readonly Compiled[]> {
  const targetDir = join(projectDir, "target");
  const key = join(projectDir, "key.json");
  await writeKey(key);
  const python = await pythonOfBigQuery();
  const { code, lastLines } = await runDbt(
    // Everything: dbt/selectors.yml leaves what stands on published segments out by default.
    ["compile", "--no-introspect", "--no-populate-cache", "--select", "fqn:*", "source:*"],
    {
      projectDir,
      targetDir,
      python,
      env: {
        FEIRA_WAREHOUSE: "bigquery",
        GOOGLE_CLOUD_PROJECT: "nowhere",
        GOOGLE_APPLICATION_CREDENTIALS: key,
        FEIRA_BIGQUERY_ENDPOINT: null,
        FEIRA_BIGQUERY_METHOD: method,
      },
    },
  );
  assert.equal(code, 0, lastLines.join("\n"));
  const manifest = JSON.parse(await Deno.readTextFile(join(targetDir, "manifest.json")));
  return Object.values(manifest.nodes);
}

Deno.test(
  "BigQuery: every model, snapshot and test compiles, with its contract",
  { ignore },
  async () => {
    const workspace = await projectCopy("tiny");
    const nodes = (await compile(workspace.dbtDir, "service-account"))
      .filter(({ resource_type }) => resource_type !== "seed");
    for (const { name, compiled_code, resource_type, config } of nodes) {
      assert.ok(compiled_code, name);
      if (resource_type === "model") assert.equal(config.contract?.enforced, true, name);
      assert.doesNotMatch(compiled_code, DUCKDB_ONLY, name);
    }
    assert.ok(nodes.length > 250, `${nodes.length} nodes`);
    await Deno.remove(workspace.root, { recursive: true });
  },
);

Deno.test(
  "BigQuery: the generic tests of dbt/packages compile",
  { ignore },
  async () => {
    const dir = await Deno.makeTempDir({ prefix: "feira-bigquery-" });
    const cases = CASES.filter(({ looksUp }) => !looksUp);
    await writeProject(dir, { cases });
    const nodes = await compile(dir, "oauth");
    assert.equal(nodes.filter(({ compiled_code }) => compiled_code).length, 2 * cases.length);
    await Deno.remove(dir, { recursive: true });
  },
);

Deno.test("BigQuery: what dbt's jobs are billed is added up", { ignore }, async () => {
  const dir = await Deno.makeTempDir({ prefix: "feira-bill-" });
  const bill = join(dir, "bill");
  const script = `
from types import SimpleNamespace
from dbt.adapters.bigquery.connections import BigQueryConnectionManager as Manager
Manager._query_and_results = lambda self, job: (job, ["row"])
import run_dbt
for billed in (10485760, None, 0, 7):
    job, rows = Manager._query_and_results(None, SimpleNamespace(total_bytes_billed=billed))
    assert (job.total_bytes_billed, rows) == (billed, ["row"])
`;
  const { code, lastLines } = await runProgram(await pythonOfBigQuery(), ["-c", script], {
    env: {
      PYTHONPATH: join(repository.root, "lib", "dbt"),
      FEIRA_BYTES_BILLED_FILE: bill,
    },
  });
  assert.equal(code, 0, lastLines.join("\n"));
  assert.equal(await readBytesBilled(bill), 10_485_767);
  await Deno.remove(dir, { recursive: true });
});
