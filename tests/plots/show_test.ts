import assert from "node:assert/strict";
import { formatNumber, showFacts, showNote, showTable, TABLE_MIME } from "feira/plots";

const displayOf = (shown: object) =>
  (shown as Record<symbol, () => Record<string, unknown>>)[Symbol.for("Jupyter.display")]!();

Deno.test("formatNumber() writes each format as people read it", () => {
  const cases: [Parameters<typeof formatNumber>, string][] = [
    [[1234567], "1,234,567"],
    [[1234.56], "1,235"],
    [[123.456], "123.5"],
    [[12.3456], "12.35"],
    [[0.00012345], "0.000123"],
    [[-5], "−5"],
    [[-0], "0"],
    [[-0.0001, { format: "decimal" }], "0.00"],
    [[-0.0001, { format: "percent" }], "0.0%"],
    [[2018, { format: "plain" }], "2018"],
    [[1_250_000, { format: "compact" }], "1.3M"],
    [[2.5, { format: "integer" }], "3"],
    [[0.5, { digits: 3 }], "0.500"],
    [[12345678901234567890n], "12,345,678,901,234,567,890"],
    [[NaN], "–"],
    [[-Infinity], "–"],
    [[undefined], "–"],
  ];
  for (const [args, text] of cases) assert.equal(formatNumber(...args), text);
  assert.throws(() => formatNumber(1, { format: "roman" as never }), /format is roman/);
});

Deno.test("showTable() decides type, alignment and decimals by column", () => {
  const { columns, rows, sort } = showTable([
    { name: "a", n: 1000, share: 0.5, mixed: 1, paid: true },
    { name: null, n: null, share: 0.125, mixed: "x", paid: false },
  ]);
  assert.deepEqual(columns.map(({ type, align }) => `${type} ${align}`), [
    "text left",
    "number right",
    "number right",
    "text left",
    "text left",
  ]);
  assert.deepEqual(rows, [["a", "1,000", "0.500", "1", "yes"], ["–", "–", "0.125", "x", "no"]]);
  assert.deepEqual(sort, [["a", 1000, 0.5, 1, "yes"], [null, null, 0.125, "x", "no"]]);
});

Deno.test("showTable() takes columns in the order and manner asked for", () => {
  const rows = [{ a: 1, b: 0.25, c: 2018 }];
  const { columns, rows: cells } = showTable(rows, {
    columns: ["c", { key: "b", label: "share", format: "percent", digits: 0 }],
  });
  assert.deepEqual(columns.map(({ label }) => label), ["c", "share"]);
  assert.deepEqual(cells, [["2,018", "25%"]]);
});

Deno.test("showTable() shows dates, lists, objects and bigints", () => {
  const { rows } = showTable([{
    day: Temporal.PlainDate.from("2018-01-31"),
    moment: new Date(0),
    list: ["a", null],
    thing: { a: 1 },
    big: 7n,
  }]);
  assert.deepEqual(rows, [["2018-01-31", "1970-01-01T00:00:00.000Z", "a, –", '{"a":1}', "7"]]);
});

Deno.test("showTable() cuts at its limit and says so", () => {
  const rows = Array.from({ length: 1001 }, (_, i) => ({ i }));
  const table = showTable(rows, { limit: 2 });
  assert.equal(table.rows.length, 2);
  assert.equal(table.totalRows, 1001);
  assert.equal(displayOf(table)["text/plain"], "i\n─\n0\n1\nfirst 2 of 1,001 rows");
  assert.match(displayOf(table)["text/html"] as string, /first 2 of 1,001 rows/);
});

Deno.test("showTable() without rows needs columns", () => {
  const table = showTable([], { columns: ["reason", "count"], title: "Rejects" });
  assert.deepEqual(table.rows, []);
  assert.match(displayOf(table)["text/plain"] as string, /^Rejects\nreason {2}count\n.*\nno rows$/);
  assert.throws(() => showTable([]), /rows are empty/);
  assert.throws(() => showTable([{}]), RangeError);
});

Deno.test("showTable() refuses a bad limit and text in a number column", () => {
  for (const limit of [0, -1, NaN]) {
    assert.throws(() => showTable([{ a: 1 }], { limit }), /limit is/);
  }
  assert.throws(
    () => showTable([{ a: "x" }], { columns: [{ key: "a", type: "number" }] }),
    /a is "x", must be a number/,
  );
});

Deno.test("showTable() aligns its text by columns", () => {
  const table = showTable([{ state: "SP", orders: 41746 }, { state: "AC", orders: 81 }]);
  assert.equal(
    displayOf(table)["text/plain"],
    "state  orders\n─────  ──────\nSP     41,746\nAC         81",
  );
});

Deno.test("showTable() carries itself as JSON and leaves its rows alone", () => {
  const rows = Object.freeze([Object.freeze({ a: 1, b: "x" })]);
  const table = showTable(rows, Object.freeze({ title: "T", caption: "C" }));
  assert.deepEqual(JSON.parse(JSON.stringify(displayOf(table)[TABLE_MIME])), {
    title: "T",
    caption: "C",
    columns: [
      { key: "a", label: "a", type: "number", align: "right", digits: 0 },
      { key: "b", label: "b", type: "text", align: "left" },
    ],
    rows: [["1", "x"]],
    sort: [[1, "x"]],
    totalRows: 1,
  });
});

Deno.test("showTable() makes a heading of a key's words, and leaves abbreviations", () => {
  const { columns } = showTable([{ avg_order_value: 1, zeroShare: 0.5, q1: 0, valueBRL: 2 }]);
  const labels = columns.map(({ label }) => label);
  assert.deepEqual(labels, ["avg order value", "zero share", "q1", "valueBRL"]);
});

Deno.test("showNote() says its kind in words", () => {
  const display = displayOf(showNote("not Olist", { kind: "warning" }));
  assert.equal(display["text/plain"], "Warning: not Olist");
  assert.deepEqual(display["application/vnd.feira.note+json"], {
    kind: "warning",
    title: "Warning",
    text: "not Olist",
  });
  assert.throws(() => showNote("x", { kind: "toString" as never }), /kind is toString/);
});

Deno.test("showFacts() formats numbers and keeps text", () => {
  const shown = showFacts([
    { label: "silhouette", value: 0.70371, digits: 3, note: "0.6 or more" },
    { label: "gate", value: "passed" },
    { label: "knee", value: null },
  ], { title: "Model" });
  assert.equal(
    displayOf(shown)["text/plain"],
    "Model\nsilhouette: 0.704 (0.6 or more)\ngate: passed\nknee: –",
  );
  assert.deepEqual(displayOf(shown)["application/vnd.feira.facts+json"], {
    title: "Model",
    facts: [
      { label: "silhouette", value: "0.704", note: "0.6 or more" },
      { label: "gate", value: "passed" },
      { label: "knee", value: "–" },
    ],
  });
  assert.throws(() => showFacts([]), RangeError);
});
