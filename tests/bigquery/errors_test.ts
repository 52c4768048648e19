import { WarehouseError } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { numbersLoad } from "../warehouse/_suite.ts";
import { doneJob, errorResponse, json, oneRow, openFakeBigQuery } from "./_fake_bigquery.ts";

interface Documented {
  readonly name: string;
  readonly status: number;
  readonly error: { readonly message: string; readonly errors: readonly { reason: string }[] };
  readonly says: readonly string[];
}

const { errors }: { errors: Documented[] } = JSON.parse(
  await readFile(new URL("../fixtures/bigquery/errors.json", import.meta.url), "utf8"),
);

const environment = (says: readonly string[]) => (error: unknown) => {
  assert.ok(error instanceof FeiraError, String(error));
  assert.equal(error.kind, "environment", error.message);
  for (const part of says) assert.ok(error.message.includes(part), `${part} in ${error.message}`);
  assert.doesNotMatch(error.message, /\.$|\.;/);
  return true;
};

for (const { name, status, error, says } of errors) {
  Deno.test(`query() says what must be done when ${name}`, async () => {
    const { warehouse, seen } = await openFakeBigQuery(() => json({ error }, status));
    await assert.rejects(() => warehouse.query("select 1 as n"), environment(says));
    assert.equal(seen.length, 1, "it was tried again");
  });

  Deno.test(`replaceTables() says what must be done when ${name}`, async () => {
    const isDataset = (path: string) => path.endsWith("/datasets/raw");
    const { warehouse } = await openFakeBigQuery(({ path }) =>
      isDataset(path) ? json({ location: "US" }) : json({ error }, status)
    );
    const load = () => warehouse.replaceTables("raw", [numbersLoad([1])]);
    await assert.rejects(load, environment(says));
  });

  Deno.test(`query() says what must be done when a job fails because ${name}`, async () => {
    const errorResult = { ...error.errors[0], message: error.message };
    const { warehouse } = await openFakeBigQuery((request) =>
      doneJob(request, { status: { state: "DONE", errorResult, errors: [errorResult] } })
    );
    // A job has no HTTP status, so that what is told by the status alone is not asked here.
    if (errorResult.reason === undefined) return;
    await assert.rejects(() => warehouse.query("select 1 as n"), environment(says));
  });
}

Deno.test("query() throws a WarehouseError when the statement is wrong", async () => {
  const { warehouse, seen } = await openFakeBigQuery((request) => {
    const errorResult = { reason: "invalidQuery", message: "Unrecognized name: x at [1:8]" };
    return doneJob(request, { status: { state: "DONE", errorResult, errors: [errorResult] } });
  });
  await assert.rejects(() => warehouse.query("select x"), (error: unknown) => {
    assert.ok(error instanceof WarehouseError);
    assert.equal(
      error.message,
      "Cannot run statement: Unrecognized name: x at [1:8]\n  select x",
    );
    return true;
  });
  assert.equal(seen.length, 1);
});

Deno.test("query() goes on when a job that was done tells of a warning", async () => {
  const { warehouse } = await openFakeBigQuery((request) =>
    request.method === "POST"
      ? doneJob(request, {
        status: { state: "DONE", errors: [{ reason: "x", message: "warning" }] },
      })
      : oneRow()
  );
  assert.deepEqual(await warehouse.query("select 1 as n"), [{ n: 1 }]);
});

Deno.test("query() asks again after what Google documents as passing, by the same job id", async () => {
  const passing: [number, string][] = [
    [503, "backendError"],
    [500, "internalError"],
    [502, ""],
    [429, "rateLimitExceeded"],
    [403, "rateLimitExceeded"],
    [400, "jobRateLimitExceeded"],
  ];
  for (const [status, reason] of passing) {
    const { warehouse, seen } = await openFakeBigQuery((request, index) =>
      index === 0
        ? errorResponse(status, reason)
        : request.method === "POST"
        ? doneJob(request)
        : oneRow()
    );
    assert.deepEqual(await warehouse.query("select 1 as n"), [{ n: 1 }], `${status} ${reason}`);
    assert.equal(seen.length, 3);
    assert.deepEqual(seen[1]!.json.jobReference, seen[0]!.json.jobReference);
  }
});

Deno.test("query() runs a job again under another id when it failed for a passing reason", async () => {
  const { warehouse, seen } = await openFakeBigQuery((request, index) => {
    const errorResult = { reason: "jobBackendError", message: "try again" };
    if (index === 0) {
      return doneJob(request, { status: { state: "DONE", errorResult, errors: [errorResult] } });
    }
    return request.method === "POST" ? doneJob(request) : oneRow();
  });
  assert.deepEqual(await warehouse.query("select 1 as n"), [{ n: 1 }]);
  assert.notEqual(seen[1]!.json.jobReference.jobId, seen[0]!.json.jobReference.jobId);
});

Deno.test("query() gives up after as many tries as it was told, and says what it saw", async () => {
  const { warehouse, seen } = await openFakeBigQuery(() => errorResponse(503, "backendError"));
  await assert.rejects(() => warehouse.query("select 1 as n"), /backendError/);
  assert.equal(seen.length, 3);
});

Deno.test("query() says that BigQuery cannot be reached when no connection is had", async () => {
  const { warehouse, seen } = await openFakeBigQuery(() => {
    throw new TypeError("connection refused");
  });
  await assert.rejects(
    () => warehouse.query("select 1 as n"),
    environment(["Cannot reach BigQuery: connection refused, 3 times"]),
  );
  assert.equal(seen.length, 3);
});

Deno.test("query() ends at its deadline when no answer comes", async () => {
  const patience = { totalMs: 60, attemptMs: 20, pauseMs: 1, attempts: 1000 };
  const { warehouse, seen } = await openFakeBigQuery(() => new Promise(() => {}), { patience });
  await assert.rejects(
    () => warehouse.query("select 1 as n"),
    environment(["Cannot run a statement: found no end of it within 0.06 s"]),
  );
  assert.ok(seen.length >= 1);
});

Deno.test("query() asks a running job to stop when it is aborted", async () => {
  const control = new AbortController();
  const reason = new Error("enough");
  const { warehouse, seen } = await openFakeBigQuery((request) => {
    if (request.path.endsWith("/cancel")) return json({});
    control.abort(reason);
    return doneJob(request, { status: { state: "RUNNING" } });
  });
  await assert.rejects(
    () => warehouse.query("select 1 as n", [], { signal: control.signal }),
    reason,
  );
  assert.match(seen.at(-1)!.path, /\/jobs\/feira-[^/]+\/cancel$/);
});

Deno.test("replaceTables() refuses a dataset that is in another location", async () => {
  const { warehouse } = await openFakeBigQuery(() => json({ location: "EU" }));
  await assert.rejects(
    () => warehouse.replaceTables("raw", [numbersLoad([1])]),
    environment(["dataset raw: it is in EU, and FEIRA_BIGQUERY_LOCATION is US"]),
  );
});

/** The statement, in a process of its own, whose environment and files are no other test's. */
async function queryIn(env: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { PATH = "", DENO_DIR } = Deno.env.toObject();
  const program = new URL("./_login_process.ts", import.meta.url);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program.href],
    clearEnv: true,
    env: { PATH, NO_COLOR: "1", ...(DENO_DIR === undefined ? {} : { DENO_DIR }), ...env },
    stderr: "inherit",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("query() says how to log in when there are no credentials, and sends nothing", async () => {
  const nowhere = "/nowhere/at/all";
  const home = Deno.env.get("HOME") ?? "";
  const cases: [Record<string, string>, string][] = [
    [{ HOME: home, GOOGLE_APPLICATION_CREDENTIALS: `${nowhere}/key.json` }, "key.json"],
    [
      { HOME: home, CLOUDSDK_CONFIG: nowhere, METADATA_SERVER_DETECTION: "none" },
      "Could not load the default credentials",
    ],
  ];
  for (const [variables, found] of cases) {
    const { kind, message, requests } = await queryIn(variables);
    assert.equal(kind, "environment");
    for (
      const part of [
        found,
        "gcloud auth application-default login",
        "GOOGLE_APPLICATION_CREDENTIALS",
      ]
    ) assert.ok(String(message).includes(part), `${part} in ${message}`);
    assert.equal(requests, 0);
  }
});
