import assert from "node:assert/strict";
import fc from "fast-check";
import type { Output } from "feira/notebook";
import { barFigure, showFacts, showNote, showTable } from "feira/plots";
import { compareDigests, digestNotebook, formatDifference, isClose } from "feira/regression";
import { PNG } from "pngjs";
import { codeCell, differencesIn, differencesOf, display, HEADING, printed } from "./_notebook.ts";

const ROWS = [{ state: "SP", orders: 41746, share: 0.42 }, {
  state: "RJ",
  orders: 12852,
  share: 0.13,
}];
const table = (rows: readonly object[] = ROWS, options = {}) =>
  display(showTable(rows, { title: "Orders", ...options }));
const bars = (values: readonly number[], options = {}) =>
  display(barFigure(
    values.map((orders, i) => ({ state: `state ${i}`, orders })),
    { x: "state", y: "orders", title: "Bars", ...options },
  ));

Deno.test("compareDigests() finds nothing where a notebook shows the same", () => {
  const outputs = [
    ...[table(), bars([1, 2, 3]), display(showNote("Hello")), printed("a\n1.5\n")],
    ...[
      display(showFacts([{ label: "rows", value: 12 }])),
      display(showFacts([{ label: "π", value: Math.PI }])),
    ],
  ];
  assert.deepEqual(differencesIn(outputs, outputs), []);
});

Deno.test("compareDigests() tells the line of a text that changed", () => {
  const stored = [printed("rows 12\nfrom RJ\nend\n")];
  assert.deepEqual(differencesIn(stored, [printed("rows 12\nfrom SP\nend\n")]), [
    { where: "stdout, line 2", stored: "from RJ", found: "from SP" },
  ]);
  assert.deepEqual(differencesIn(stored, [printed("rows 13\nfrom RJ\nend\n")]), [
    { where: "stdout, line 1", stored: "rows 12", found: "rows 13" },
  ]);
  assert.deepEqual(differencesIn(stored, [printed("rows 12\nfrom RJ")]), [
    { where: "stdout, line 3", stored: "end", found: "(its end)" },
  ]);
  assert.deepEqual(differencesIn(stored, [printed("rows 12\nfrom RJ\nend\n", "stderr")]).length, 1);
});

Deno.test("compareDigests() does not mind how a stream was cut into messages", () => {
  const cut = [printed("rows "), printed("12\nfrom RJ"), printed("\n")];
  assert.deepEqual(differencesIn([printed("rows 12\nfrom RJ\n")], cut), []);
});

Deno.test("compareDigests() takes numbers in texts as numbers, and names with digits as names", () => {
  const apart = (stored: string, found: string, tags: string[] = []) =>
    differencesIn([printed(stored)], [printed(found)], { tags }).length;
  assert.equal(apart("qe 0.2444444444", "qe 0.2444444445"), 0);
  assert.equal(apart("qe 0.2444", "qe 0.2445"), 1);
  assert.equal(apart("qe 0.2444", "qe 0.2445", ["tolerance:1e-3"]), 0);
  assert.equal(apart("qe 0.2444", "qe 0.2544", ["tolerance:1e-3"]), 1);
  assert.equal(apart("1,000 rows", "1000 rows"), 0);
  assert.equal(apart("252.6K, 4%", "252.7K, 4%", ["tolerance:0.01"]), 0);
  assert.equal(apart("−0.5", "0.5", ["tolerance:0.1"]), 1);
  assert.equal(apart("model b87a62", "model b88a62", ["tolerance:0.5"]), 1);
});

Deno.test("compareDigests() names the row and the column of a table's value", () => {
  const changed = [{ ...ROWS[0], orders: 41747 }, { ...ROWS[1], state: "MG" }];
  const told = differencesIn([table()], [table(changed)]);
  assert.deepEqual(told.map(({ where, stored, found }) => [where, stored, found]), [
    ['table "Orders", row 1 (SP), orders', "41746", "41747"],
    ['table "Orders", row 2, state', "RJ", "MG"],
  ]);
  assert.equal(
    told[0]!.remark,
    "apart by 1 (0.000024 of it), must be within 1e-9 or 0.000001 of it",
  );
});

Deno.test("compareDigests() tells rows that came and went, and their order", () => {
  const more = [...ROWS, { state: "AC", orders: 81, share: 0.001 }];
  assert.deepEqual(differencesIn([table()], [table(more)]), [
    {
      ...{ where: 'table "Orders", totalRows', stored: "2", found: "3" },
      remark: "apart by 1 (0.33 of it), must be within 1e-9 or 0.000001 of it",
    },
    { where: 'table "Orders", rows', stored: "2 rows", found: "3 rows, among them AC" },
  ]);
  assert.deepEqual(differencesIn([table()], [table(ROWS.toReversed())]), [
    { where: 'table "Orders", order of rows', stored: "SP, RJ", found: "RJ, SP" },
  ]);
});

Deno.test("compareDigests() tells what changed about a table itself", () => {
  const where = (found: Output) => differencesIn([table()], [found]).map((each) => each.where);
  assert.deepEqual(where(table(ROWS, { title: "Other" })), ['table "Orders", title']);
  assert.deepEqual(where(table(ROWS, { caption: "New" })), ['table "Orders", caption']);
  assert.deepEqual(where(table(ROWS, { columns: ["state", "orders"] })), [
    'table "Orders", columns',
  ]);
  const percent = ["state", "orders", { key: "share", format: "percent" as const }];
  assert.ok(
    where(table(ROWS, { columns: percent })).includes('table "Orders", column share, format'),
  );
  const named = ["state", { key: "orders", label: "Bought" }, "share"];
  assert.deepEqual(where(table(ROWS, { columns: named })), [
    'table "Orders", column orders, label',
  ]);
  assert.deepEqual(where(table(ROWS, { limit: 1 })), ['table "Orders", rows']);
  assert.deepEqual(where(table([{ ...ROWS[0], share: null }, ROWS[1]!])), [
    'table "Orders", row 1 (SP), share',
  ]);
});

Deno.test("compareDigests() keeps to a cell's and a column's own tolerance", () => {
  const close = [{ ...ROWS[0], orders: 41750, share: 0.43 }, ROWS[1]!];
  const where = (compare: unknown) =>
    differencesIn([table()], [table(close)], { compare }).map((each) =>
      each.where?.split(", ").at(-1)
    );
  assert.deepEqual(where({}), ["orders", "share"]);
  assert.deepEqual(where({ relative: 0.001 }), ["share"]);
  assert.deepEqual(where({ absolute: 0.02 }), ["orders"]);
  assert.deepEqual(where({ columns: { share: { absolute: 0.02 } } }), ["orders"]);
  assert.deepEqual(where({ columns: { orders: { relative: 0.001 } } }), ["share"]);
  assert.deepEqual(where({ ignore: ["share", "orders"] }), []);
});

Deno.test("comparisonOf() refuses metadata that says no comparison", () => {
  for (
    const compare of [7, { relative: -1 }, { ignore: "a" }, { columns: { a: 1 } }, { other: 1 }]
  ) {
    assert.throws(() => differencesIn([table()], [table()], { compare }), {
      name: "TypeError",
      message: /^Cannot compare outputs: feira\.compare is /,
    });
  }
});

Deno.test("compareDigests() tells a key figure by its label", () => {
  const facts = (value: number, note = "of all") => [
    display(
      showFacts([{ label: "rows", value }, { label: "seconds", value: Math.random(), note }]),
    ),
  ];
  const spec = { compare: { ignore: ["seconds"] } };
  assert.deepEqual(differencesIn(facts(12), facts(12), spec), []);
  assert.deepEqual(differencesIn(facts(12), facts(13), spec), [
    { where: "facts, rows", stored: "12", found: "13" },
  ]);
  assert.equal(differencesIn(facts(12), facts(12, "of none"), spec).length, 1);
  assert.ok(differencesIn(facts(12), facts(12)).length > 0);
});

Deno.test("compareDigests() finds a change in what a figure says, draws or looks like", () => {
  const where = (found: Output) =>
    differencesIn([bars([1, 2, 3])], [found]).map((each) => each.where);
  assert.deepEqual(where(bars([1, 2, 3], { title: "Other" })), ['figure "Bars", title']);
  const longer = where(bars([1, 2, 2.9]));
  assert.ok(longer.includes('figure "Bars", alt'), String(longer));
  const svg = (body: string): Output => ({
    output_type: "display_data",
    data: { "image/svg+xml": `<svg width="9" height="9">${body}</svg>` },
    metadata: {},
  });
  const of = (stored: string, found: string) =>
    differencesIn([svg(stored)], [svg(found)]).map((each) => each.where);
  const rect = '<rect x="1" y="2" fill="#fff" id="a"/>';
  assert.deepEqual(of(rect, rect.replace('"a"', '"b"')), []);
  assert.deepEqual(of(rect, rect.replace('"2"', '"2.004"')), []);
  assert.deepEqual(of(rect, rect.replace('"2"', '"2.1"')), [
    "figure, geometry, rect y, mean",
    "figure, geometry, rect y, weighted",
  ]);
  assert.deepEqual(of(rect, rect.replace("#fff", "#000")), [
    "figure, colours, fill #fff",
    "figure, colours, fill #000",
  ]);
  assert.ok(of(rect, rect + rect).includes("figure, elements, rect"));
  assert.deepEqual(of("<text>RJ</text>", "<text>SP</text>"), ["figure, texts, 1"]);
  assert.deepEqual(of('<path d="M0,0L1,5"/>', '<path d="M0,0L5,1"/>'), [
    "figure, geometry, path d, weighted",
  ]);
});

Deno.test("compareDigests() looks at pixels, not at how they were packed", () => {
  const image = (red: number, options = {}): Output => {
    const png = new PNG({ width: 4, height: 4 });
    png.data.fill(255);
    png.data[20] = red;
    const base64 = PNG.sync.write(png, options).toString("base64");
    return { output_type: "display_data", data: { "image/png": base64 }, metadata: {} };
  };
  assert.deepEqual(differencesIn([image(7)], [image(7, { deflateLevel: 0 })]), []);
  assert.deepEqual(differencesIn([image(7)], [image(200)]).map((each) => each.where), [
    "image/png, channels, red, mean",
    "image/png, channels, red, deviation",
    "image/png, channels, red, weighted",
  ]);
});

Deno.test("compareDigests() tells errors, data and other texts", () => {
  const error = (evalue: string): Output => ({
    ...{ output_type: "error", ename: "RangeError", evalue, traceback: ["at <anonymous>:1:1"] },
  });
  assert.deepEqual(differencesIn([error("too far")], [error("too near")]), [
    { where: "error RangeError, message", stored: "too far", found: "too near" },
  ]);
  const bundle = (data: Record<string, unknown>): Output => ({
    ...{ output_type: "display_data", data, metadata: {} },
  });
  const json = (b: number) => bundle({ "application/json": { a: [1, { b }] }, "text/plain": "x" });
  assert.deepEqual(differencesIn([json(2)], [json(3)]).map((each) => each.where), [
    "application/json, value, a, 2, b",
  ]);
  assert.deepEqual(
    differencesIn([bundle({ "text/plain": "one\ntwo" })], [bundle({ "text/plain": "one\n2" })]),
    [{ where: "text/plain, line 2", stored: "two", found: "2" }],
  );
});

Deno.test("compareDigests() tells outputs and cells that came and went", () => {
  assert.deepEqual(differencesIn([table(), printed("a")], [table()]), [
    { where: "outputs", stored: 'table "Orders"; stdout', found: 'table "Orders"' },
  ]);
  const [a, b] = [codeCell([printed("a")], { id: "a" }), codeCell([printed("b")], { id: "b" })];
  assert.deepEqual(differencesOf([HEADING, a], [HEADING, b]), [
    {
      notebook: "01_a",
      cell: 1,
      title: "Rows",
      remark: "shows nothing any more",
      stored: "stdout",
    },
    {
      notebook: "01_a",
      cell: 1,
      title: "Rows",
      remark: "nothing is stored of it",
      found: "stdout",
    },
  ]);
  assert.deepEqual(differencesOf([a, b], [b, a]), []);
  assert.deepEqual(compareDigests(undefined, digestNotebook({ name: "01_a", cells: [a] })), [
    { notebook: "01_a", remark: "nothing is stored of it" },
  ]);
});

Deno.test("compareDigests() leaves out what is tagged ignore-output, but not the tag", () => {
  for (const tag of ["ignore-output", "provenance"]) {
    assert.deepEqual(differencesIn([printed("1 s")], [printed("2 s")], { tags: [tag] }), []);
  }
  const spec = { tags: ["ignore-output"] };
  const ignored = codeCell([printed("a")], spec);
  assert.equal(differencesOf([codeCell([printed("a")])], [ignored]).length, 1);
  assert.equal(differencesOf([ignored], [codeCell([printed("a")])]).length, 1);
});

Deno.test("compareDigests() does not count the cell that the runner put in", () => {
  const injected = codeCell([], { id: "i", tags: ["injected-parameters"] });
  const cells = [codeCell([printed("a")], { id: "a" }), codeCell([printed("b")], { id: "b" })];
  assert.deepEqual(differencesOf(cells, [injected, ...cells]), []);
  const [difference] = differencesOf(cells, [
    injected,
    cells[0]!,
    codeCell([printed("c")], { id: "b" }),
  ]);
  assert.equal(difference!.cell, 2);
});

Deno.test("compareDigests() tells five differences of an output and how many more", () => {
  const rows = (add: number) =>
    Array.from({ length: 9 }, (_, i) => ({ name: `r${i}`, n: i + add }));
  const told = differencesIn([table(rows(0))], [table(rows(1))]);
  assert.equal(told.length, 6);
  assert.deepEqual(told.at(-1), { where: 'table "Orders"', remark: "4 more differences" });
});

Deno.test("formatDifference() says where it is and shows both values below", () => {
  const [a, b] = [codeCell([table()]), codeCell([table([{ ...ROWS[0], share: 0.5 }, ROWS[1]!])])];
  assert.equal(
    differencesOf([HEADING, a], [HEADING, b]).map(formatDifference).join("\n"),
    `01_a.ipynb, cell 1 ("Rows"), table "Orders", row 1 (SP), share: apart by 0.08 (0.16 of it), must be within 1e-9 or 0.000001 of it
    stored  0.42
    found   0.5`,
  );
});

Deno.test("isClose() is symmetric and takes what is not finite only as itself", () => {
  const tolerance = fc.record({
    relative: fc.double({ min: 0, max: 1, noNaN: true }),
    absolute: fc.double({ min: 0, max: 10, noNaN: true }),
  });
  fc.assert(fc.property(fc.double(), fc.double(), tolerance, (a, b, allowed) => {
    assert.equal(isClose(a, b, allowed), isClose(b, a, allowed));
    assert.ok(isClose(a, a, allowed));
    if (!Number.isFinite(a) && !Object.is(a, b)) assert.ok(!isClose(a, b, allowed));
  }));
});
