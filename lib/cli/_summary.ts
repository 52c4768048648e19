import { relative } from "node:path";
import { describeBytes } from "feira/warehouse";
import type { Workspace } from "feira/workspace";
import { toGateWords } from "./_gate_words.ts";
import type { RunRecord } from "./_run_record.ts";

/** What a user wants to know at the end of a run, a line each. */
export function toSummary(
  record: RunRecord,
  options: { workspace: Workspace; index?: string | undefined; banner?: string | undefined },
): string[] {
  const { workspace, index, banner } = options;
  const { source, tests, model, segments = [], notebooks, seconds } = record;
  const count = (state: string) => notebooks.filter((notebook) => notebook.state === state).length;
  const lines: [string, string][] = [
    [
      "Notebooks",
      `${count("ran")} ran, ${count("fresh")} fresh, ${count("failed")} failed${
        count("skipped") > 0 ? `, ${count("skipped")} skipped` : ""
      } in ${seconds.toFixed(1)} s`,
    ],
    ["Data", `${source ?? "none yet"}${banner === undefined ? "" : `. ${banner}`}`],
  ];
  const { bytes_billed: billed } = record;
  if (billed !== undefined) {
    const dearest = notebooks.filter(({ bytes_billed = 0 }) => bytes_billed > 0)
      .toSorted((a, b) => b.bytes_billed! - a.bytes_billed!).slice(0, 3)
      .map(({ name, bytes_billed }) => `${name} ${describeBytes(bytes_billed!)}`);
    lines.push(["Billed", [describeBytes(billed), ...dearest].join("; ")]);
  }
  // What this run did not come to is told all the same, as what it is.
  const ageOf = (notebook: string) =>
    notebooks.some(({ name, state }) => name === notebook && state !== "skipped")
      ? ""
      : " (of an earlier run)";
  if (tests) {
    lines.push([
      "Data tests",
      `${tests.passed} passed, ${tests.warned} warned, ${tests.failed} failed${
        ageOf("04_transform")
      }`,
    ]);
  }
  if (model) {
    const { preset, k, qe, te, silhouette, dbi } = model;
    lines.push([
      "Model",
      `${preset}, k = ${k}: quantization error ${qe.toFixed(4)}, topographic error ${
        te.toFixed(4)
      }, silhouette ${silhouette.toFixed(4)}, Davies-Bouldin ${dbi.toFixed(4)}`,
    ]);
    lines.push(["Gate", `${toGateWords(model)}${ageOf("08_segment")}`]);
  }
  const all = segments.reduce((sum, { customers }) => sum + customers, 0);
  for (const { id, name, customers } of segments) {
    const share = `${(100 * customers / all).toFixed(1)}%`;
    lines.push([
      id === segments[0]!.id ? "Segments" : "",
      `${id} ${name}: ${customers.toLocaleString("en")} customers (${share})`,
    ]);
  }
  if (index !== undefined) lines.push(["Report", relative(workspace.root, index)]);
  return lines.map(([label, text]) => `${label.padEnd(11)} ${text}`);
}
