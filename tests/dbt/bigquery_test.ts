import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { runProgram } from "feira/python";
import { readBytesBilled } from "feira/warehouse";
import { repository, runDbt } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";
import { CASES, writeProject } from "./packages/_project.ts";

/** A Python that has dbt-bigquery: the environment that a run on BigQuery makes, or a named one. */
const python = Deno.env.get("FEIRA_BIGQUERY_PYTHON") ??
  join(repository.venvDir, "bigquery", "bin", "python");

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

const needsBigQuery = { ignore: !isThere(python) };
const skipped = needsBigQuery.ignore
  ? " (skipped: dbt-bigquery is not installed; FEIRA_BIGQUERY_PYTHON names a Python that has it)"
  : "";

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

Deno.test(`every model, snapshot and test compiles for BigQuery${skipped}`, {
  ...needsBigQuery,
}, async () => {
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
});

Deno.test(`the generic tests of dbt/packages compile for BigQuery${skipped}`, {
  ...needsBigQuery,
}, async () => {
  const dir = await Deno.makeTempDir({ prefix: "feira-bigquery-" });
  const cases = CASES.filter(({ looksUp }) => !looksUp);
  await writeProject(dir, { cases });
  const nodes = await compile(dir, "oauth");
  assert.equal(nodes.filter(({ compiled_code }) => compiled_code).length, 2 * cases.length);
  await Deno.remove(dir, { recursive: true });
});

Deno.test(`what BigQuery's jobs are billed is added up${skipped}`, {
  ...needsBigQuery,
}, async () => {
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
  const { code, lastLines } = await runProgram(python, ["-c", script], {
    env: {
      PYTHONPATH: join(repository.root, "lib", "dbt"),
      FEIRA_BYTES_BILLED_FILE: bill,
    },
  });
  assert.equal(code, 0, lastLines.join("\n"));
  assert.equal(await readBytesBilled(bill), 10_485_767);
  await Deno.remove(dir, { recursive: true });
});

/** What DuckDB knows and BigQuery does not, as far as this project could be tempted. */
const DUCKDB_ONLY = new RegExp(
  [
    "::\\w",
    "\\b(?:strftime|strptime|isodow|dayname|monthname|make_date|generate_series|try_cast)\\s*\\(",
    "\\b(?:list_\\w+|median|arg_max|arg_min|epoch|regexp_matches|quantile_\\w+|date_part)\\s*\\(",
    "\\bdate(?:_diff|_add|_sub|_trunc)\\s*\\(\\s*'",
    "\\bfilter\\s*\\(\\s*where\\b",
    "\\b(?:double|varchar|hugeint|bigint)\\b",
    "\\bexclude\\s*\\(",
    "\\bfull outer join\\s+\\S+\\s+on\\s+true\\b",
  ].join("|"),
  "i",
);

/** Every SQL file of the project, without comments and what Jinja puts in. */
async function sqlFiles(dir: string): Promise<{ path: string; sql: string }[]> {
  const found: { path: string; sql: string }[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = join(dir, name);
    if (isDirectory) found.push(...await sqlFiles(path));
    else if (name.endsWith(".sql")) {
      const text = await Deno.readTextFile(path);
      found.push({ path, sql: text.replace(/\{#[^]*?#\}|\{\{[^]*?\}\}|--.*/g, "") });
    }
  }
  return found;
}

Deno.test("what only DuckDB knows stands in macros that BigQuery has its own of", async () => {
  const files = await sqlFiles(repository.dbtDir);
  const forBigQuery = files.flatMap(({ sql }) =>
    [...sql.matchAll(/macro bigquery__(\w+)\(/g)].map((match) => match[1]!)
  );
  assert.ok(forBigQuery.length > 10 && files.length > 60);
  for (const { path, sql } of files) {
    const common = sql.replace(
      /\{%-? macro default__(\w+)\([^]*?endmacro -?%\}/g,
      (macro, name) => forBigQuery.includes(name) ? "" : macro,
    ).replace(/\{%[^]*?%\}/g, "");
    assert.equal(DUCKDB_ONLY.exec(common)?.[0], undefined, path);
  }
});
