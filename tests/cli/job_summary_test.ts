import MarkdownIt from "markdown-it";
import assert from "node:assert/strict";
import { toJobSummary } from "../../lib/cli/_job_summary.ts";
import type { RunRecord } from "../../lib/cli/_run_record.ts";
import { copyWorkspace } from "./_workspace_copy.ts";

const RECORD: RunRecord = {
  project: "olist",
  source: "synthetic",
  warehouse: "duckdb",
  started: "2026-01-31T12:00:00Z",
  seconds: 61.27,
  notebooks: [
    { name: "07_tune", state: "fresh", seconds: 0, why: "nothing it depends on changed" },
    { name: "08_segment", state: "ran", seconds: 12.34, why: "lib/som/batch.ts changed" },
  ],
  tests: { passed: 262, warned: 5, failed: 0 },
  model: { preset: "tuned", qe: 0.24186, te: 0.1, silhouette: 0.6, dbi: 0.7, k: 2, gate: "passed" },
  segments: [{ id: 0, name: "Many", customers: 7500 }, { id: 1, name: "Few", customers: 2500 }],
};

/** The text of every cell, row by row, as a reader of the page gets it. */
function cellsOf(markdown: string): string[][] {
  const html = new MarkdownIt().render(markdown);
  return [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!)
  );
}

Deno.test("toJobSummary() tells notebooks, data tests, model and segments", () => {
  assert.equal(
    toJobSummary(RECORD),
    `## olist: done

- **Data** synthetic: made up, not Olist's
- **Warehouse** duckdb
- **Started** 2026-01-31T12:00:00Z, 61.3 s
- **Data tests** 262 passed, 5 warned, 0 failed
- **Model** tuned, k = 2, gate passed: quantization error 0.2419, topographic error 0.1000, silhouette 0.6000, Davies-Bouldin 0.7000

| State | Notebook | Time | Why |
| --- | --- | --- | --- |
| ☑️ fresh | 07_tune |  | nothing it depends on changed |
| ✅ ran | 08_segment | 12.3 s | lib/som/batch.ts changed |

| Segment | Name | Customers | Share |
| --- | --- | --- | --- |
| 0 | Many | 7,500 | 75.0% |
| 1 | Few | 2,500 | 25.0% |
`,
  );
});

Deno.test("toJobSummary() shows a failed notebook's error whole, and only its first line in the table", () => {
  const why = "Cannot run 02_clean: cell 3\n```\n  a | b\n```";
  const text = toJobSummary({
    ...RECORD,
    notebooks: [{ name: "02_clean", state: "failed", seconds: 1, why }],
  });
  assert.match(text, /^## olist: failed$/m);
  assert.ok(text.includes(`### 02_clean\n\n\`\`\`\`text\n${why}\n\`\`\`\`\n`));
  assert.deepEqual(cellsOf(text)[1], [
    "❌ failed",
    "02_clean",
    "1.0 s",
    "Cannot run 02_clean: cell 3",
  ]);
});

Deno.test("toJobSummary() lets no name leave its cell or become markup", () => {
  const name = "a | b <b>*c*</b> [d](e) `f` \\";
  const text = toJobSummary({ ...RECORD, segments: [{ id: 0, name, customers: 1 }] });
  const escaped = name.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  assert.deepEqual(cellsOf(text).at(-1), ["0", escaped, "1", "100.0%"]);
});

Deno.test("toJobSummary() tells of a run that did nothing what there is", () => {
  const { project, warehouse, started, seconds } = RECORD;
  const text = toJobSummary({ project, warehouse, started, seconds, notebooks: [] });
  assert.match(text, /\*\*Data\*\* none yet$/m);
  assert.doesNotMatch(text, /Model|Segment|tests/);
});

Deno.test("deno task summary says so where no run has left a record", async () => {
  await using workspace = await copyWorkspace();
  assert.deepEqual(await workspace.command("job_summary"), {
    code: 0,
    text: "No notebook has run; the log says why.\n",
  });
});
