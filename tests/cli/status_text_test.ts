import type { PlannedNotebook } from "feira/notebook";
import assert from "node:assert/strict";
import { toGraphText } from "../../lib/cli/_graph_text.ts";
import type { HistoryEntry } from "../../lib/cli/_history.ts";
import { toHistoryText } from "../../lib/cli/_history_text.ts";
import { maybeStatusOptions } from "../../lib/cli/_status_options.ts";
import { toStatusText } from "../../lib/cli/_status_text.ts";
import { layOut } from "../../lib/cli/_text_table.ts";

const effects = { env: (name: string) => name === "INIT_CWD" ? "/home/ana" : undefined };
const parse = (...args: string[]) => maybeStatusOptions(args, { effects })!;

Deno.test("maybeStatusOptions() takes the options of a run, and what to show", () => {
  const { view, json, runs, parameters } = parse("--synthetic", "60");
  assert.deepEqual([view, json, runs, parameters], ["list", false, 20, { synthetic: "60" }]);
  assert.equal(parse("--graph", "--svg", "g.svg").svg, "/home/ana/g.svg");
  assert.deepEqual([parse("--history").runs, parse("--history", "5").runs], [20, 5]);
  assert.ok(parse("--graph", "--json").json && parse("--history", "--json").json);
});

Deno.test("maybeStatusOptions() refuses what cannot be meant, as usage", () => {
  const cases: [string[], RegExp][] = [
    [["--json"], /--json alone given, must be with --graph or --history/],
    [["--svg", "g.svg"], /--svg alone given, must be with --graph/],
    [["--graph", "--history"], /must be one of them/],
    [["--graph", "--json", "--svg", "g.svg"], /must be one of them/],
    [["--history", "0"], /--history 0 given, must be a whole number from 1/],
  ];
  for (const [args, message] of cases) {
    assert.throws(() => parse(...args), { kind: "usage", message });
  }
});

Deno.test("layOut() aligns columns and wraps the last one at words", () => {
  const columns = [{ title: "name" }, { title: "took", align: "right" }, { title: "why" }] as const;
  const lines = layOut(columns, [
    ["a", "10.0 s", ""],
    ["longer", "1.0 s", "one two three four five six"],
    ["b", "", "averyveryveryverylongwordindeed so"],
  ], { width: 37 });
  assert.deepEqual(lines, [
    ["name      took  why"],
    ["a       10.0 s"],
    ["longer   1.0 s  one two three four", "                five six"],
    ["b               averyveryveryverylongwordindeed", "                so"],
  ]);
});

function planned(name: string, more: Partial<PlannedNotebook> = {}): PlannedNotebook {
  return {
    name,
    title: name,
    job: "elt",
    state: "fresh",
    why: "",
    isSelected: true,
    upstream: [],
    reads: [],
    writes: [],
    ...more,
  };
}

Deno.test("toGraphText() draws the graph beside a table of at most 100 columns", () => {
  const last = { started: "2026-01-31T12:00:00Z", seconds: 1.25 };
  const why = `lib/${"deeply/".repeat(4)}nested.ts changed, which is a reason of many words`;
  const text = toGraphText([
    planned("01_load", { writes: ["raw.*", "s.a", "s.b", "d/", "d/e.csv"], last }),
    planned("02_build", { upstream: ["01_load"], state: "stale", why }),
    planned("03_look", { upstream: ["01_load"], last }),
  ]);
  assert.deepEqual(text, [
    "     notebook  state   took  writes                             why",
    "●    01_load   fresh  1.3 s  raw.*, 2 tables, 1 folder, 1 file",
    "├─╮",
    "│ ○  02_build  stale                                            lib/deeply/deeply/deeply/deeply/nested.ts",
    "│                                                               changed, which is a reason of many",
    "│                                                               words",
    "●    03_look   fresh  1.3 s",
  ]);
  assert.ok(text.every((line) => line.length <= 105));
  assert.deepEqual(toGraphText([]).length, 1);
});

Deno.test("toStatusText() tells state, reason, last run and tables, at most 100 columns wide", () => {
  const last = { started: "2026-01-31T12:00:00Z", seconds: 1.25 };
  const many = Array.from({ length: 14 }, (_, i) => `shop.table_${i}`);
  const text = toStatusText([
    planned("01_load", { writes: ["raw.*", "data/a/", ...many], last }),
    planned("02_build", { state: "stale", why: "lib/x.ts changed" }),
  ]);
  assert.deepEqual(text, [
    "notebook  state  last run, UTC         took  why",
    "01_load   fresh  2026-01-31 12:00:00  1.3 s",
    "  writes raw: all tables",
    "  writes shop: table_0, table_1, table_2, table_3, table_4, table_5, table_6, table_7, table_8,",
    "    table_9, table_10, table_11, table_12, table_13",
    "02_build  stale  never                       lib/x.ts changed",
  ]);
});

Deno.test("toHistoryText() tells the last runs, a line each, and when there is none", () => {
  const entry: HistoryEntry = {
    project: "olist",
    warehouse: "duckdb",
    started: "2026-01-31T12:00:00Z",
    seconds: 61.27,
    notebooks: [
      { name: "a", state: "ran", seconds: 1, why: "never run" },
      { name: "b", state: "fresh", seconds: 0, why: "" },
      { name: "c", state: "failed", seconds: 1, why: "Cannot run c.ipynb: cell 1\nmore" },
    ],
    end: "failed",
    error: "Cannot run c.ipynb: cell 1\nmore",
    asked: { job: "elt", force: true, parameters: {}, jobs: 1 },
    versions: { deno: "2.9.6", packages: "0123456789abcdef" },
    fingerprints: {},
    fits: [],
  };
  assert.deepEqual(toHistoryText([]), ["no run is remembered"]);
  assert.deepEqual(toHistoryText([entry]), [
    "started, UTC         end       took  ran  fresh  gate  asked for; ended with",
    "2026-01-31 12:00:00  failed  61.3 s    1      1        --job elt --force; Cannot run c.ipynb: cell 1",
  ]);
});
