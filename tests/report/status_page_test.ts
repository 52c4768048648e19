import assert from "node:assert/strict";
import type { PastRun, SiteStatus } from "feira/report";
import { build, markdown } from "./_fixtures.ts";

const LAST = { started: "2026-01-31T12:04:00Z", seconds: 12 };
const ran = (name: string, seconds: number) => ({ name, state: "ran" as const, seconds });
const STATUS: SiteStatus = {
  notebooks: [
    { name: "01_a", title: "First", upstream: [], state: "fresh", why: "", last: LAST },
    { name: "02_b", title: "Second", upstream: ["01_a"], state: "stale", why: "lib/x.ts changed" },
  ],
  runs: [
    {
      started: "2026-01-31T12:04:00Z",
      seconds: 50,
      end: "failed",
      asked: "--only 02",
      error: "Cannot run 02_b.ipynb: cell 1\nmore of it",
      notebooks: [ran("01_a", 12), { name: "02_b", state: "failed", seconds: 9 }],
      gate: "passed",
    },
    {
      started: "2026-01-30T12:00:00Z",
      seconds: 100,
      end: "done",
      asked: "",
      notebooks: [ran("01_a", 24), { name: "02_b", state: "fresh", seconds: 0 }],
    },
  ],
};

const pageOf = async (status: SiteStatus) => {
  const { page } = await build({ "01_a": [markdown("# A")] }, { status });
  return await page("status");
};

Deno.test("buildSite() tells status, reasons and last runs on a page that the index leads to", async () => {
  const { page } = await build({ "01_a": [markdown("# A")] }, { status: STATUS });
  assert.match(await page("index"), /<a href="status\.html">Status and last runs<\/a>/);
  const html = await page("status");
  assert.match(html, /<strong>1 of 2 notebooks are stale\.<\/strong>/);
  assert.match(html, /<a href="01_a\.html">First<\/a>/);
  // A notebook that was never executed has no page to lead to.
  assert.match(html, /<p class="notebook-title">Second<\/p>/);
  assert.match(html, /no successful run yet<br><span class="why">lib\/x\.ts changed<\/span>/);
  assert.match(html, /class="feira-graph"/);
  assert.match(html, /<strong>failed<\/strong>/);
  assert.match(html, /1 ran, 0 fresh, gate passed\. <code>--only 02<\/code>/);
  assert.match(html, /Cannot run 02_b\.ipynb: cell 1<\/p>/);
  assert.doesNotMatch(html, /more of it/);
});

Deno.test("buildSite() draws times as bars, the newest at the right, in proportion", async () => {
  const html = await pageOf(STATUS);
  assert.match(html, /aria-label="Last times: 24 s, 12 s"/);
  const heights = [...html.matchAll(/<rect x="\d+" y="\d+" width="5" height="(\d+)"\/>/g)];
  assert.deepEqual(heights.map(([, height]) => height), ["24", "12"]);
  const widths = [...html.matchAll(/run-bar"><span style="width:([\d.]+)%"/g)];
  assert.deepEqual(widths.map(([, width]) => width), ["50.00", "100.00"]);
});

Deno.test("buildSite() says that all is fresh, shows 20 bars at most, and times of nothing", async () => {
  const [fresh] = STATUS.notebooks;
  const run: PastRun = { ...STATUS.runs[1]!, seconds: 0, notebooks: [ran("01_a", 0)] };
  const html = await pageOf({ notebooks: [fresh!], runs: Array.from({ length: 30 }, () => run) });
  assert.match(html, /Everything is fresh\./);
  assert.equal(html.match(/<rect x="\d+" y="\d+" width="5" height="1"\/>/g)?.length, 20);
  const none = await pageOf({ notebooks: [fresh!], runs: [] });
  assert.match(none, /No run is remembered\./);
  assert.doesNotMatch(none, /<svg class="bars"/);
});

Deno.test("buildSite() makes no status page of a site without a status", async () => {
  const { outDir, page } = await build({ "01_a": [markdown("# A")] });
  await assert.rejects(Deno.stat(`${outDir}/status.html`), Deno.errors.NotFound);
  assert.doesNotMatch(await page("index"), /status\.html/);
});
