import { toGateWords } from "./_gate_words.ts";
import type { NotebookRecord, RunRecord } from "./_run_record.ts";

const MARKS: Readonly<Record<string, string>> = { ran: "✅", fresh: "☑️", failed: "❌" };

/**
 * The record of a run as Markdown for a CI job's page: outcome, one row per
 * notebook, data tests, model and segments. The error of a failed notebook stands
 * whole below the table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toJobSummary } from "./_job_summary.ts";
 *
 * const notebooks = [{ name: "01_ingest", state: "ran" as const, seconds: 1.2, why: "never run" }];
 * const text = toJobSummary({
 *   project: "olist",
 *   source: "synthetic",
 *   warehouse: "duckdb",
 *   started: "2026-01-31T12:00:00Z",
 *   seconds: 1.5,
 *   notebooks,
 * });
 * assert.match(text, /\| ✅ ran \| 01_ingest \| 1\.2 s \| never run \|/);
 * ```
 */
export function toJobSummary(record: RunRecord): string {
  const failed = record.notebooks.filter(({ state }) => state === "failed");
  const blocks = [
    `## ${record.project}: ${failed.length > 0 ? "failed" : "done"}`,
    toFacts(record),
    toTable(["State", "Notebook", "Time", "Why"], record.notebooks.map(toRow)),
    ...failed.map(toError),
    ...toSegments(record),
  ];
  return blocks.join("\n\n") + "\n";
}

function toFacts({ source, warehouse, started, seconds, tests, model }: RunRecord): string {
  const facts = [
    `**Data** ${source ?? "none yet"}${source === "synthetic" ? ": made up, not Olist's" : ""}`,
    `**Warehouse** ${warehouse}`,
    `**Started** ${started}, ${seconds.toFixed(1)} s`,
  ];
  if (tests) {
    facts.push(
      `**Data tests** ${tests.passed} passed, ${tests.warned} warned, ${tests.failed} failed`,
    );
  }
  if (model) {
    const { preset, k, qe, te, silhouette, dbi } = model;
    facts.push(
      `**Model** ${preset}, k = ${k}, gate ${toGateWords(model)}: quantization error ${
        qe.toFixed(4)
      }, topographic error ${te.toFixed(4)}, silhouette ${silhouette.toFixed(4)}, Davies-Bouldin ${
        dbi.toFixed(4)
      }`,
    );
  }
  return facts.map((fact) => `- ${fact}`).join("\n");
}

function toRow({ name, state, seconds, why }: NotebookRecord): string[] {
  const mark = MARKS[state];
  return [
    mark === undefined ? state : `${mark} ${state}`,
    name,
    state === "ran" || state === "failed" ? `${seconds.toFixed(1)} s` : "",
    why.split("\n")[0]!,
  ];
}

/** A fence longer than any in the text, so that no error can end it. */
function toError({ name, why }: NotebookRecord): string {
  const longest = Math.max(2, ...[...why.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `### ${name}\n\n${fence}text\n${why}\n${fence}`;
}

function toSegments({ segments = [] }: RunRecord): string[] {
  if (segments.length === 0) return [];
  const all = segments.reduce((sum, { customers }) => sum + customers, 0);
  const rows = segments.map(({ id, name, customers }) => [
    String(id),
    name,
    customers.toLocaleString("en"),
    `${(100 * customers / all).toFixed(1)}%`,
  ]);
  return [toTable(["Segment", "Name", "Customers", "Share"], rows)];
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map(() => "---")),
    ...rows.map((cells) => line(cells.map(escapeCell))),
  ].join("\n");
}

/** A name or an error is text: nothing of it may end the cell or become markup. */
function escapeCell(text: string): string {
  return text.replace(/[\\|`*<>[\]]/g, "\\$&");
}
