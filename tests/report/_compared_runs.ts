import type { ComparedMigrations, ComparedRun } from "feira/report";
import { type CellJson, code, markdown, toJson } from "./_fixtures.ts";

const MODEL = {
  preset: "guide",
  qe: 0.25,
  te: 0.2,
  silhouette: 0.6,
  dbi: 0.7,
  k: 2,
  gate: "passed" as const,
};
export const BEFORE: ComparedRun = {
  started: "2026-01-30T12:00:00Z",
  seconds: 60,
  source: "folder",
  warehouse: "duckdb",
  notebooks: [{ name: "01_a", state: "ran", seconds: 12 }],
  tests: { passed: 3, warned: 0, failed: 0 },
  model: MODEL,
  segments: [
    { id: 0, name: "Mainstream", customers: 900, color: "#0072b2" },
    { id: 1, name: "Repeat", customers: 100 },
  ],
  end: "done",
  asked: "",
  fingerprints: [{ label: "Data's fingerprint", value: "a1" }],
  executed: { why: "Run one was made before" },
};
export const AFTER: ComparedRun = {
  ...BEFORE,
  started: "2026-01-31T12:00:00Z",
  notebooks: [{ name: "01_a", state: "fresh", seconds: 0 }, {
    name: "02_<b>",
    state: "ran",
    seconds: 3,
  }],
  model: { ...MODEL, silhouette: 0.55, dbi: 0.65, k: 3 },
  segments: [
    { id: 0, name: "Mainstream", customers: 700, color: "#0072b2" },
    { id: 1, name: "Loyal", customers: 200 },
    { id: 2, name: "New", customers: 100, color: "url(x)" },
  ],
  asked: "--force",
};

export const MIGRATIONS: readonly ComparedMigrations[] = [{
  title: "Segments",
  before: new Map([[0, "Mainstream"], [1, "Repeat"]]),
  after: new Map([[0, "Mainstream"], [1, "Loyal"], [2, "<New>"]]),
  ways: [
    { from: 0, to: 0, customers: 1_500 },
    { from: 0, to: 2, customers: 500 },
    { from: 1, to: 1, customers: 98 },
    { from: 1, customers: 2 },
    { to: 2, customers: 7 },
  ],
}];

export const svg = (colour: string, more = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect id="r" width="9" height="9" fill="${colour}"/>${more}</svg>`;

/** A run whose notebook 01_a has these cells. */
export const showing = (run: ComparedRun, cells: CellJson[]): ComparedRun => ({
  ...run,
  executed: [{ name: "01_a", text: toJson([markdown("# The marts"), ...cells]) }],
});
export const cell = (id: string, ...outputs: CellJson[]): CellJson => ({
  ...code("show()", outputs),
  id,
});
