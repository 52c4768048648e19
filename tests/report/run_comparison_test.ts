import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { buildRunComparison, type ComparedRun } from "feira/report";
import { SITE } from "./_fixtures.ts";

const MODEL = {
  preset: "guide",
  qe: 0.25,
  te: 0.2,
  silhouette: 0.6,
  dbi: 0.7,
  k: 2,
  gate: "passed" as const,
};
const BEFORE: ComparedRun = {
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
};
const AFTER: ComparedRun = {
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

async function rowsOf(before: ComparedRun, after: ComparedRun) {
  const outDir = await Deno.makeTempDir();
  try {
    const path = await buildRunComparison({
      before,
      after,
      outDir,
      site: { ...SITE, banner: "Synthetic data" },
    });
    const { document } = parseHTML(await Deno.readTextFile(path));
    const rows = (id: string) =>
      [...document.querySelectorAll(`table[aria-labelledby=${id}] tbody tr`)].map((row) =>
        [...row.children].map((cell) => cell.textContent)
      );
    return { document, rows };
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

Deno.test("buildRunComparison() says what of the measures is better, and what is the same", async () => {
  const { document, rows } = await rowsOf(BEFORE, AFTER);
  assert.deepEqual(rows("measures"), [
    ["Silhouette", "0.6000", "0.5500", "−0.0500", "worse"],
    ["Davies-Bouldin index", "0.7000", "0.6500", "−0.0500", "better"],
    ["Quantization error", "0.2500", "0.2500", "0", "same"],
    ["Topographic error", "0.2000", "0.2000", "0", "same"],
    ["Segments", "2", "3", "+1", "differs"],
  ]);
  assert.deepEqual(rows("rests").filter(([, , , verdict]) => verdict === "differs"), [
    ["Asked for", "nothing special", "--force", "differs"],
  ]);
  assert.match(document.body.textContent!, /Synthetic data/);
});

Deno.test("buildRunComparison() matches segments by id, tells new names and new segments", async () => {
  const { document, rows } = await rowsOf(BEFORE, AFTER);
  assert.deepEqual(rows("segments").map((row) => row.slice(0, 6)), [
    ["Mainstream", "900", "700", "90.0%", "70.0%", "−20.0 points"],
    ["Loyal (was Repeat)", "100", "200", "10.0%", "20.0%", "+10.0 points"],
    ["New", "–", "100", "0.0%", "10.0%", "+10.0 points"],
  ]);
  const styles = [...document.querySelectorAll(".bars-of-two span")].map((bar) =>
    bar.getAttribute("style")
  );
  assert.equal(styles[0], "width:90.00%;border-color:#0072b2");
  assert.equal(styles[5], "width:10.00%", "no colour that is none");
  assert.deepEqual(rows("notebooks"), [["01_a", "12 s", "fresh"], ["02_<b>", "–", "3.0 s"]]);
});

Deno.test("buildRunComparison() leaves out what one of the runs did not come to", async () => {
  const { document } = await rowsOf({ ...BEFORE, model: undefined, segments: undefined }, AFTER);
  const headings = [...document.querySelectorAll("h2[id]")].map(({ id }) => id);
  assert.deepEqual(headings, ["rests", "notebooks"]);
});
