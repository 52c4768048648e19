import assert from "node:assert/strict";
import { toFrameTable } from "feira/frames";
import { DISPLAY } from "feira/plots";
import pl, { type DataFrame } from "nodejs-polars";

/** What Jupyter would show of it: the kernel calls the method and awaits what comes. */
function displayOf(frame: DataFrame): Promise<Record<string, string>> {
  return (frame as unknown as Record<symbol, () => Promise<Record<string, string>>>)[DISPLAY]!();
}

/** The cells of a frame's only column. */
function cellsOf(frame: DataFrame): string[] {
  return toFrameTable(frame).rows.map(([cell]) => cell!);
}

const AT = new Date("2018-01-02T03:04:05.000Z");

Deno.test("toFrameTable() writes 64-bit integers to the last digit", () => {
  const frame = pl.DataFrame({ n: [9007199254740993n, 1n] });
  assert.deepEqual(cellsOf(frame), ["9007199254740993", "1"]);
  const signed = frame.select(pl.col("n").cast(pl.Int64));
  assert.deepEqual(cellsOf(signed), ["9007199254740993", "1"], "toArray() would round these");
  assert.equal(toFrameTable(signed).columns[0]!.align, "right");
});

Deno.test("toFrameTable() gives integers that fit as numbers, without separators", () => {
  const table = toFrameTable(pl.DataFrame({ zip: pl.Series("zip", [1409, null], pl.Int64) }));
  assert.deepEqual(table.rows, [["1409"], ["–"]]);
  assert.deepEqual(table.sort, [[1409], [null]]);
});

Deno.test("toFrameTable() writes dates, moments, durations and times as SQL does", () => {
  const at = pl.DataFrame({ at: [AT, null] });
  assert.deepEqual(cellsOf(at), ["2018-01-02 03:04:05", "–"]);
  assert.deepEqual(cellsOf(at.select(pl.col("at").cast(pl.Date))), ["2018-01-02", "–"]);
  const later = pl.DataFrame({ at: [new Date(AT.getTime() + 25)] });
  assert.deepEqual(cellsOf(later), ["2018-01-02 03:04:05.025"]);
});

Deno.test("toFrameTable() keeps apart what is missing, empty, not a number and infinite", () => {
  assert.deepEqual(cellsOf(pl.DataFrame({ s: ["a", "", null] })), ["a", '""', "–"]);
  const floats = pl.DataFrame({ f: [1.25, NaN, Infinity, null] });
  assert.deepEqual(cellsOf(floats), ["1.25", "NaN", "Infinity", "–"]);
  assert.deepEqual(cellsOf(pl.DataFrame({ b: [true, false, null] })), ["true", "false", "–"]);
});

Deno.test("toFrameTable() writes as many decimals as a column needs, at most six", () => {
  assert.deepEqual(cellsOf(pl.DataFrame({ f: [1.5, 2.125] })), ["1.500", "2.125"]);
  assert.deepEqual(cellsOf(pl.DataFrame({ f: [1 / 3] })), ["0.333333"]);
  const money = pl.DataFrame({ f: [10.5] }).select(pl.col("f").cast(pl.Decimal(10, 2)));
  assert.deepEqual(cellsOf(money), ["10.50"]);
});

Deno.test("toFrameTable() writes lists and structures as JSON, big integers in them too", () => {
  assert.deepEqual(cellsOf(pl.DataFrame({ l: [[1, 2], [3]] })), ["[1,2]", "[3]"]);
  assert.deepEqual(cellsOf(pl.DataFrame({ s: [{ a: 2n }] })), ['{"a":"2"}']);
});

Deno.test("toFrameTable() takes only the rows that it shows, and says of how many", () => {
  const frame = pl.DataFrame({ n: Array.from({ length: 1200 }, (_, i) => i) });
  const { rows, caption } = toFrameTable(frame, { limit: 3 });
  assert.equal(rows.length, 3);
  assert.equal(caption, "first 3 of 1,200 rows × 1 column");
  assert.equal(toFrameTable(frame).rows.length, 50);
  assert.throws(() => toFrameTable(frame, { limit: 0 }), RangeError);
});

Deno.test("toFrameTable() shows a wide frame whole, and one with no rows", () => {
  const wide = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`c${i}`, [i]]));
  assert.equal(toFrameTable(pl.DataFrame(wide)).columns.length, 120);
  const none = toFrameTable(pl.DataFrame({ n: [1] }).filter(pl.col("n").gt(1)));
  assert.deepEqual([none.rows, none.caption], [[], "0 rows × 1 column"]);
});

Deno.test("a polars frame shows itself as that table, whatever made it", async () => {
  const frame = pl.DataFrame({ n: [9007199254740993n], at: [AT] });
  const made = {
    constructed: frame,
    selected: frame.select("n", "at"),
    lazy: frame.lazy().filter(pl.col("n").gt(0)).collectSync(),
    joined: frame.join(frame.select("n"), { on: "n" }),
    grouped: frame.groupBy("at").agg(pl.col("n").first()).select("n", "at"),
    concatenated: pl.concat([frame]),
  };
  for (const [how, each] of Object.entries(made)) {
    const shown = await displayOf(each);
    assert.match(shown["text/html"]!, /2018-01-02 03:04:05/, how);
    assert.match(shown["text/plain"]!, /9007199254740993/, how);
    assert.doesNotMatch(shown["text/html"]!, /\{\}/, how);
  }
  assert.deepEqual(await displayOf(pl.DataFrame({})), { "text/plain": "0 rows × 0 columns" });
});

Deno.test("toFrameTable() leaves its frame as it was", () => {
  const frame = pl.DataFrame({ n: [1n, 2n], s: ["", "x"] });
  toFrameTable(frame);
  assert.deepEqual(frame.toRecords(), [{ n: 1n, s: "" }, { n: 2n, s: "x" }]);
});
