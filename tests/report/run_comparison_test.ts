import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { buildRunComparison, type ComparedRun } from "feira/report";
import { renderFigurePairs } from "../../lib/report/_figure_pairs_section.ts";
import { AFTER, BEFORE, cell, MIGRATIONS, showing, svg } from "./_compared_runs.ts";
import { code, figure, SITE } from "./_fixtures.ts";

async function rowsOf(
  before: ComparedRun,
  after: ComparedRun,
  migrations: Parameters<typeof buildRunComparison>[0]["migrations"] = { why: "Not known" },
) {
  const outDir = await Deno.makeTempDir();
  try {
    const path = await buildRunComparison({
      before,
      after,
      migrations,
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
  assert.deepEqual(headings, ["rests", "migrations", "figures", "notebooks"]);
  const reasons = [...document.querySelectorAll("main > p.aside")].map((p) => p.textContent);
  assert.deepEqual(reasons, ["Not known.", "Run one was made before."]);
});

Deno.test("buildRunComparison() says who moved where, who is new and who is gone", async () => {
  const { document, rows } = await rowsOf(BEFORE, AFTER, MIGRATIONS);
  const heads = [...document.querySelectorAll(".ways thead th")].map((head) => head.textContent);
  assert.deepEqual(heads, ["Mainstream", "Loyal", "<New>", "gone", "all"]);
  assert.deepEqual(rows("migrations-1"), [
    ["Mainstream", "1,500 75.0%", "–", "500 25.0%", "–", "2,000"],
    ["Repeat", "–", "98 98.0%", "–", "2 2.0%", "100"],
    ["new customers", "–", "–", "7 100.0%", "–", "7"],
  ]);
  assert.equal(document.querySelectorAll(".stay").length, 2, "new customers stayed nowhere");
  assert.match(
    document.querySelector("#migrations-1")!.parentElement!.textContent!,
    /in both runs: 2,098, of whom 1,598 \(76\.2%\) stayed; 7 new, 2 gone\./,
  );
});

Deno.test("buildRunComparison() pairs figures by cell and place, and names those that are the same", async () => {
  const before = showing(BEFORE, [
    cell("same", figure(svg("#111111"), { title: "Revenue" })),
    cell("two", figure(svg("#222222")), figure(svg("#333333"), { title: "Delay was 9" })),
    cell("gone", figure(svg("#444444"), { title: "Old" })),
  ]);
  const after = showing(AFTER, [
    cell("new", figure(svg("#555555"), { title: "Fresh" })),
    cell("two", figure(svg("#222222")), figure(svg("#333333"), { title: "Delay is 8" })),
    cell("same", figure(svg("#111111"), { title: "Revenue", interaction: { kind: "planes" } })),
  ]);
  const { document } = await rowsOf(before, after);
  const sides = [...document.querySelectorAll(".pair")].map((pair) =>
    [...pair.querySelectorAll(".two > *")].map((side) =>
      side.querySelector(".figure-title")?.textContent ?? side.querySelector(".aside")!.textContent
    )
  );
  const none = "There was no such figure in this run.";
  assert.deepEqual(sides, [[none, "Fresh"], ["Delay was 9", "Delay is 8"], ["Old", none]]);
  const same = document.querySelector("details.more")!;
  assert.match(same.querySelector("summary")!.textContent!, /The same in both runs: 2/);
  assert.deepEqual([...same.querySelectorAll("li")].map((item) => item.textContent!.trim()), [
    "The marts: A finding",
    "The marts: Revenue",
  ]);
  assert.match(document.body.textContent!, /3 of 5 figures differ/);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "each id once");
});

Deno.test("buildRunComparison() leaves out cells of provenance and trusts no drawing", async () => {
  const bad = `<script>alert(1)</script><image href="https://x.example/a.png"/>`;
  const timed = (colour: string) => ({
    ...code("t", [figure(svg(colour))], ["provenance"]),
    id: "t",
  });
  const hostile = figure(svg("#111111", bad), { title: "<img src=x onerror=alert(1)>" });
  const { document } = await rowsOf(
    showing(BEFORE, [timed("#111111"), cell("h", hostile)]),
    showing(AFTER, [timed("#222222"), cell("h", figure(svg("#333333")))]),
  );
  assert.equal(document.querySelectorAll(".pair").length, 1);
  assert.equal(document.querySelectorAll(".pair :is(script, img)").length, 0);
  const drawn = [...document.querySelectorAll(".pair svg")].map((drawing) => drawing.outerHTML);
  assert.equal(drawn.length, 2);
  assert.doesNotMatch(drawn.join(), /example|alert/);
  assert.match(document.querySelector(".pair .figure-title")!.textContent!, /^<img src=x/);
});

Deno.test("renderFigurePairs() names what would make the page too large", () => {
  const large = (colour: string) => figure(svg(colour, "<g/>".repeat(500)), { title: "Large" });
  const small = (colour: string) => figure(svg(colour), { title: "Small" });
  const both = ["#111111", "#222222"].map((colour, i) =>
    showing(i === 0 ? BEFORE : AFTER, [cell("l", large(colour)), cell("s", small(colour))])
  ) as [ComparedRun, ComparedRun];
  const [before, after] = both;
  const cut = renderFigurePairs({ before, after }, { mostBytes: 3_000 }).text;
  assert.match(cut, /too large to be drawn on this page: 1<.*\n?.*Large/);
  assert.equal(cut.match(/class="pair"/g)!.length, 1);
  const whole = renderFigurePairs({ before, after }).text;
  assert.equal(whole.match(/class="pair"/g)!.length, 2);
  const none = renderFigurePairs({ before: after, after }).text;
  assert.match(none, /All 2 figures are the same/);
});
