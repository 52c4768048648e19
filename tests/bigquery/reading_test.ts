import { readBytesBilled } from "feira/warehouse";
import { systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { doneJob, oneRow, openFakeBigQuery, type Respond } from "./_fake_bigquery.ts";

const query: Respond = (request) => request.method === "POST" ? doneJob(request) : oneRow();

/** Answers a dry run by what it says a statement is, and would read. */
function estimating(statementType: string, bytes = 0): Respond {
  return (request) => {
    if (!request.json?.configuration?.dryRun) return query(request, 0);
    const statistics = { totalBytesProcessed: String(bytes), query: { statementType } };
    return doneJob(request, { statistics });
  };
}

Deno.test("query() runs a query and nothing else when opened for reading", async () => {
  const reader = await openFakeBigQuery(estimating("SELECT"), { readOnly: true });
  await reader.warehouse.query("select 1 as n");
  assert.equal(reader.seen.filter(({ json }) => json?.configuration).length, 2);
  for (const type of ["INSERT", "CREATE_TABLE_AS_SELECT", "SCRIPT"]) {
    const { warehouse, seen } = await openFakeBigQuery(estimating(type), { readOnly: true });
    await assert.rejects(
      () => warehouse.query("…"),
      new RegExp(`Cannot run statement: it is ${type}, and the warehouse is open for reading only`),
    );
    assert.ok(seen.every(({ json }) => json.configuration.dryRun), "nothing has run");
  }
  await assert.rejects(
    () => reader.warehouse.replaceTables("raw", []),
    /Cannot replace tables of raw: the warehouse is open for reading, must be for writing/,
  );
  await assert.rejects(() => reader.warehouse.commentTables("raw", "x"), /must be for writing/);
});

Deno.test("query() announces what it reads and what that costs, from a size on", async () => {
  const lines: string[] = [];
  const effects = { ...systemEffects, log: (line: string) => void lines.push(line) };
  for (const bytes of [2 ** 30 - 1, 2 ** 30]) {
    const options = { announceBytes: 2 ** 30, effects };
    const { warehouse } = await openFakeBigQuery(estimating("SELECT", bytes), options);
    await warehouse.query("select 1 as n\nfrom t");
  }
  assert.deepEqual(lines, ["Reading 1.0 GiB, about 0.0061 USD: select 1 as n"]);
});

Deno.test("query() labels its job as the run says and keeps what it was billed", async () => {
  const file = await Deno.makeTempFile();
  try {
    const variables: Record<string, string> = {
      FEIRA_NOTEBOOK: "05_marts",
      FEIRA_RUN: "2026-11-22T18:00:00Z",
      FEIRA_BYTES_BILLED_FILE: file,
    };
    const effects = { ...systemEffects, env: (name: string) => variables[name] };
    const { warehouse, seen } = await openFakeBigQuery(
      (request) =>
        request.json?.configuration
          ? doneJob(request, {
            statistics: { query: { statementType: "SELECT", totalBytesBilled: "10485760" } },
          })
          : oneRow(),
      { effects },
    );
    await warehouse.query("select 1 as n");
    await warehouse.query("select 1 as n");
    assert.deepEqual(seen[0]!.json.configuration.labels, {
      feira_project: "demo",
      notebook: "05_marts",
      run: "2026-11-22t18_00_00z",
    });
    assert.equal(await readBytesBilled(file), 20_971_520);
    assert.equal(await readBytesBilled(`${file}.none`), 0);
  } finally {
    await Deno.remove(file);
  }
});
