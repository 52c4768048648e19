import type { TableLoad } from "feira/warehouse";
import assert from "node:assert/strict";
import { numbersLoad } from "../warehouse/_suite.ts";
import {
  doneJob,
  errorResponse,
  json,
  oneRow,
  openFakeBigQuery,
  type Respond,
} from "./_fake_bigquery.ts";

const query: Respond = (request) => request.method === "POST" ? doneJob(request) : oneRow();

Deno.test("query() sends project, location, labels, cap and typed parameters", async () => {
  const { warehouse, seen } = await openFakeBigQuery(query, {
    location: "southamerica-east1",
    maxBytesBilled: 1e9,
    labels: { notebook: "05_marts", run: "2026-11-22 21:00" },
  });
  const date = Temporal.PlainDate.from("2018-01-31");
  const parameters = ["x", 1, 0.5, Infinity, true, null, date, date.toPlainDateTime("13:05")];
  await warehouse.query("select ?", parameters);
  const [insert, results] = seen;
  assert.equal(insert!.path, "/bigquery/v2/projects/my-project/jobs");
  assert.equal(insert!.headers.get("authorization"), null, "credentials over http");
  const { jobReference, configuration } = insert!.json;
  assert.match(jobReference.jobId, /^feira-[0-9a-f-]{36}-1$/);
  assert.deepEqual(jobReference, {
    projectId: "my-project",
    jobId: jobReference.jobId,
    location: "southamerica-east1",
  });
  assert.deepEqual(configuration.labels, {
    feira_project: "demo",
    notebook: "05_marts",
    run: "2026-11-22_21_00",
  });
  assert.equal(configuration.query.query, "select ?");
  assert.equal(configuration.query.useLegacySql, false);
  assert.equal(configuration.query.maximumBytesBilled, "1000000000");
  assert.equal(configuration.query.parameterMode, "POSITIONAL");
  assert.deepEqual(
    configuration.query.queryParameters.map((
      { parameterType, parameterValue }: { parameterType: object; parameterValue: object },
    ) => [...Object.values(parameterType), ...Object.values(parameterValue)]),
    [
      ["STRING", "x"],
      ["INT64", "1"],
      ["FLOAT64", "0.5"],
      ["FLOAT64", "inf"],
      ["BOOL", "true"],
      ["STRING", null],
      ["DATE", "2018-01-31"],
      ["DATETIME", "2018-01-31 13:05:00.000000"],
    ],
  );
  assert.equal(results!.path, `/bigquery/v2/projects/my-project/queries/${jobReference.jobId}`);
  assert.deepEqual(results!.search, {
    location: "southamerica-east1",
    "formatOptions.useInt64Timestamp": "true",
    maxResults: "10000",
  });
});

Deno.test("query() asks for a result page by page, and for a running job until it is done", async () => {
  const fields = [{ name: "n", type: "INTEGER", mode: "NULLABLE" }];
  const { warehouse, seen } = await openFakeBigQuery((request, index) => {
    if (index < 2) return doneJob(request, { status: { state: "RUNNING" } });
    if (index === 2) return doneJob(request);
    const page = Number(request.search["pageToken"] ?? 0);
    const rows = [{ f: [{ v: String(page) }] }];
    const pageToken = page < 2 ? { pageToken: String(page + 1) } : {};
    return json({ jobComplete: true, totalRows: "3", schema: { fields }, rows, ...pageToken });
  }, { pageRows: 1 });
  const { numbers } = await warehouse.columns("select n from t");
  assert.deepEqual([...numbers["n"]!], [0, 1, 2]);
  assert.equal(seen.length, 6);
  assert.equal(seen[1]!.search["location"], "US");
});

Deno.test("columns() refuses a result that ends before its last row", async () => {
  const { warehouse } = await openFakeBigQuery(async (request) => {
    if (request.method === "POST") return doneJob(request);
    return json({ ...await oneRow().json(), totalRows: "2" });
  });
  await assert.rejects(() => warehouse.columns("select n from t"), /ended after 1 rows of 2/);
});

Deno.test("query() reads every type of column as plain values", async () => {
  const cells: [string, unknown, unknown][] = [
    ["INT64", "-5", -5],
    ["NUMERIC", "10.350000000", 10.35],
    ["BIGNUMERIC", "12345678901234567890.12", 12345678901234567000],
    ["FLOAT", "0.1", 0.1],
    ["FLOAT", "NaN", NaN],
    ["FLOAT", "-Infinity", -Infinity],
    ["BOOL", "false", false],
    ["STRING", "2018", "2018"],
    ["DATE", "2018-01-31", "2018-01-31"],
    ["DATETIME", "2018-01-31T13:05:00", "2018-01-31 13:05:00"],
    ["DATETIME", "2018-01-31T13:05:00.250000", "2018-01-31 13:05:00.25"],
    ["TIMESTAMP", "1517403900000000", "2018-01-31 13:05:00+00"],
    ["TIMESTAMP", "-1500000", "1969-12-31 23:59:58.5+00"],
    ["TIME", "13:05:00", "13:05:00"],
    ["BYTES", "YWI=", new Uint8Array([97, 98])],
    ["INT64", null, null],
  ];
  const fields = cells.map(([type], index) => ({ name: `c${index}`, type, mode: "NULLABLE" }));
  const inner = [{ name: "a", type: "INT64" }, { name: "b", type: "STRING", mode: "REPEATED" }];
  const nested = { name: "r", type: "RECORD", mode: "REPEATED", fields: inner };
  const record = { v: { f: [{ v: "1" }, { v: [{ v: "x" }, { v: "y" }] }] } };
  const row = { f: [...cells.map(([, cell]) => ({ v: cell })), { v: [record] }] };
  const schema = { fields: [...fields, nested] };
  const { warehouse } = await openFakeBigQuery((request) =>
    request.method === "POST"
      ? doneJob(request)
      : json({ jobComplete: true, totalRows: "1", schema, rows: [row] })
  );
  const [found] = await warehouse.query("select * from t");
  const expected = Object.fromEntries(cells.map(([, , value], index) => [`c${index}`, value]));
  assert.deepEqual(found, { ...expected, r: [{ a: 1, b: ["x", "y"] }] });
});

Deno.test("bytesToRead() is a dry run, and bytesBilled adds up what jobs say", async () => {
  const { warehouse, seen } = await openFakeBigQuery((request) => {
    if (request.method !== "POST") return oneRow();
    const statementType = "SELECT";
    return doneJob(request, {
      statistics: {
        totalBytesProcessed: "1234",
        query: { statementType, totalBytesBilled: "10485760" },
      },
    });
  });
  assert.equal(await warehouse.bytesToRead("select ?", [1]), 1234);
  assert.equal(seen[0]!.json.configuration.dryRun, true);
  assert.equal(seen[0]!.json.configuration.query.queryParameters.length, 1);
  assert.equal(warehouse.bytesBilled, 0);
  await warehouse.query("select 1 as n");
  await warehouse.query("select 1 as n");
  assert.equal(warehouse.bytesBilled, 2 * 10_485_760);
});

const LOAD: TableLoad = {
  name: "orders",
  comment: "it's one row per order",
  columns: [
    { name: "id", type: "text", description: "Key" },
    { name: "price", type: "decimal" },
    { name: "bought_at", type: "timestamp" },
  ],
  from: { rows: [{ id: "a", price: 1, bought_at: "2018-01-31 13:05:00" }] },
};

/** A service with a dataset in it, and tables with the given columns. */
function service(tables: Record<string, { name: string; type: string }[]> = {}): Respond {
  return (request) => {
    const { method, path, search } = request;
    const table = /\/tables\/([^/]+)$/.exec(path)?.[1];
    if (search["uploadType"]) return json({}, 200, { location: "http://bigquery.test/session" });
    if (path === "/session") {
      return json({
        jobReference: { jobId: "j" },
        status: { state: "DONE" },
        statistics: { load: { outputRows: "1" } },
      });
    }
    if (path.endsWith("/jobs")) return doneJob(request);
    if (method === "GET" && table) {
      const fields = tables[table];
      return fields ? json({ type: "TABLE", schema: { fields } }) : errorResponse(404, "notFound");
    }
    return json({ location: "US" });
  };
}

Deno.test("replaceTables() loads Parquet aside with its schema, then publishes by one job", async () => {
  const { warehouse, seen } = await openFakeBigQuery(service());
  await warehouse.replaceTables("raw", [LOAD, numbersLoad([1], "items")]);
  const uploads = seen.filter(({ search }) => search["uploadType"] === "resumable");
  assert.equal(uploads.length, 2);
  const { jobReference, configuration } = uploads[0]!.json;
  const [, run] = /^feira-([0-9a-f]{8})-load-0-1$/.exec(jobReference.jobId)!;
  assert.deepEqual(configuration, {
    labels: { feira_project: "demo" },
    load: {
      destinationTable: {
        projectId: "my-project",
        datasetId: "raw",
        tableId: `orders__feira_${run}`,
      },
      sourceFormat: "PARQUET",
      schema: {
        fields: [
          { name: "id", type: "STRING", description: "Key" },
          { name: "price", type: "NUMERIC" },
          { name: "bought_at", type: "DATETIME" },
        ],
      },
      createDisposition: "CREATE_NEVER",
      writeDisposition: "WRITE_TRUNCATE",
    },
  });
  const made = seen.find(({ method, path }) => method === "POST" && path.endsWith("/tables"))!;
  const hours = (Number(made.json.expirationTime) - Date.now()) / 3_600_000;
  assert.ok(hours > 23 && hours <= 24, "a table aside goes within a day");
  const scripts = seen.filter(({ json }) => json?.configuration?.query);
  assert.equal(scripts.length, 1);
  assert.equal(scripts[0]!.json.jobReference.jobId, `feira-${run}-publish-1`);
  assert.deepEqual(scripts[0]!.json.configuration.query.query.split("\n"), [
    "create table if not exists `raw`.`orders` (`id` STRING options (description = 'Key'), `price` NUMERIC, `bought_at` DATETIME) options (description = 'it\\'s one row per order');",
    "create table if not exists `raw`.`items` (`n` INT64) options (description = '');",
    "begin transaction;",
    "truncate table `raw`.`orders`;",
    `insert into \`raw\`.\`orders\` (\`id\`, \`price\`, \`bought_at\`) select \`id\`, \`price\`, \`bought_at\` from \`raw\`.\`orders__feira_${run}\`;`,
    "truncate table `raw`.`items`;",
    `insert into \`raw\`.\`items\` (\`n\`) select \`n\` from \`raw\`.\`items__feira_${run}\`;`,
    "commit transaction;",
  ]);
  const dropped = seen.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  assert.equal(dropped.length, 2);
  for (const path of dropped) assert.match(path, new RegExp(`__feira_${run}$`));
});

Deno.test("replaceTables() adds columns before the transaction and drops them after it", async () => {
  const there = [{ name: "ID", type: "STRING" }, { name: "old", type: "INTEGER" }];
  const { warehouse, seen } = await openFakeBigQuery(service({ orders: there }));
  await warehouse.replaceTables("raw", [LOAD]);
  const scripts = seen.filter(({ json }) => json?.configuration?.query)
    .map(({ json }) => json.configuration.query.query);
  assert.equal(scripts.length, 2);
  assert.ok(
    scripts[0].startsWith(
      "alter table `raw`.`orders` add column if not exists `price` NUMERIC, add column if not exists `bought_at` DATETIME;\nalter table `raw`.`orders` set options (description = 'it\\'s one row per order');\nbegin transaction;",
    ),
  );
  assert.equal(scripts[1], "alter table `raw`.`orders` drop column if exists `old`");
});

Deno.test("replaceTables() refuses a column that is there with another type, and a view", async () => {
  const there = [{ name: "id", type: "INTEGER" }];
  const { warehouse, seen } = await openFakeBigQuery(service({ orders: there }));
  await assert.rejects(
    () => warehouse.replaceTables("raw", [LOAD]),
    /Cannot replace raw\.orders: its column id is INT64, must be STRING \(drop the table/,
  );
  assert.ok(!seen.some(({ json }) => json?.configuration?.query), "nothing was published");
  const plain = service();
  const { warehouse: other } = await openFakeBigQuery((request, index) =>
    request.method === "GET" && request.path.endsWith("/tables/orders")
      ? json({ type: "VIEW" })
      : plain(request, index)
  );
  await assert.rejects(() => other.replaceTables("raw", [LOAD]), /it is a VIEW, must be a table/);
});

Deno.test("replaceTables() refuses a load of which not all rows have arrived", async () => {
  const plain = service();
  const { warehouse } = await openFakeBigQuery(plain);
  const two = numbersLoad([1, 2]);
  await assert.rejects(
    () => warehouse.replaceTables("raw", [two]),
    /Cannot load raw\.numbers: 1 rows have arrived, must be 2/,
  );
});

Deno.test("replaceTables() takes back what it has defined when the transaction fails", async () => {
  const plain = service();
  const errorResult = { reason: "invalidQuery", message: "aborted due to concurrent update" };
  let isMade = false;
  const { warehouse, seen } = await openFakeBigQuery((request, index) => {
    if (request.json?.configuration?.query) {
      isMade = true;
      return doneJob(request, { status: { state: "DONE", errorResult, errors: [errorResult] } });
    }
    if (isMade && request.method === "GET") return json({ type: "TABLE", numRows: "0" });
    return plain(request, index);
  });
  await assert.rejects(() => warehouse.replaceTables("raw", [LOAD]), /concurrent update/);
  const dropped = seen.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  assert.ok(dropped.some((path) => path.endsWith("/tables/orders")));
});

Deno.test("replaceTables() drops nothing when nobody has seen how the transaction ended", async () => {
  const plain = service();
  const { warehouse, seen } = await openFakeBigQuery((request, index) =>
    request.json?.configuration?.query ? errorResponse(503, "backendError") : plain(request, index)
  );
  await assert.rejects(
    () => warehouse.replaceTables("raw", [LOAD]),
    /Cannot publish tables: backendError; whether all .* the jobs feira-[0-9a-f]{8}-publish/,
  );
  const dropped = seen.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  assert.ok(dropped.every((path) => /__feira_[0-9a-f]{8}$/.test(path)), String(dropped));
});
