import assert from "node:assert/strict";
import { join } from "node:path";
import { buildComparison, type GridRun } from "feira/report";
import { showFacts } from "feira/plots";

const SITE = {
  title: "Market",
  banner: "Synthetic data",
  run: { started: "2026-01-31T12:00:00Z", seconds: 3, source: "synthetic", warehouse: "duckdb" },
  provenance: [{ label: "Project", value: "demo" }],
};

async function executed(dir: string, name: string, silhouette: number): Promise<string> {
  const facts = showFacts([
    { label: "silhouette", value: silhouette, digits: 4 },
    { label: "<gate>", value: silhouette > 0.6 ? "passed" : "failed" },
  ]);
  const data =
    (facts as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]!();
  const code = {
    ...{ cell_type: "code", id: "c", metadata: {}, source: "showFacts()", execution_count: 1 },
    outputs: [{ output_type: "display_data", data, metadata: {} }],
  };
  const front = "---\ntitle: Segment the customers\njob: segmentation\n---";
  const cells = [{ cell_type: "raw", id: "r", metadata: {}, source: front }, code];
  const path = join(dir, `${name}.ipynb`);
  const content = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  await Deno.writeTextFile(path, content);
  return path;
}

Deno.test("buildComparison() puts the settings' key figures beside each other", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const ran = async (k: number, silhouette: number): Promise<GridRun> => ({
      ...{ name: `k=${k}`, parameters: { k }, state: "ran", seconds: 1.25 },
      executedPath: await executed(dir, `k=${k}`, silhouette),
    });
    const lost: GridRun = {
      ...{ name: "k=99", parameters: { k: 99 }, state: "failed", seconds: 0 },
      why: "Cannot fit k-means: k is 99",
    };
    const outDir = join(dir, "grid", "08_segment");
    await Deno.mkdir(outDir, { recursive: true });
    await Deno.writeTextFile(join(outDir, "k=7.html"), "of an earlier grid");
    const index = await buildComparison({
      ...{ notebook: "08_segment", runs: [await ran(3, 0.65), await ran(4, 0.5), lost], outDir },
      site: { ...SITE, run: { ...SITE.run, notebooks: [] } },
    });
    const files = [...Deno.readDirSync(outDir)].map(({ name }) => name).sort();
    assert.deepEqual(files, ["grid.json", "index.html", "k=3.html", "k=4.html"]);
    const html = await Deno.readTextFile(index);
    assert.match(html, /<h1>Segment the customers: 3 settings compared<\/h1>/);
    assert.match(html, /Synthetic data/);
    assert.match(
      html,
      /<a href="k%3D3\.html">k\u00a0=\u00a03<\/a><\/th><td class="n">0\.6500<\/td><td>passed/,
    );
    assert.match(html, /<th scope="row">k\u00a0=\u00a099<\/th><td class="n">–<\/td><td>–<\/td>/);
    assert.match(html, /k=99 failed\.<\/strong> Cannot fit k-means: k is 99/);
    assert.match(html, /&lt;gate&gt;/);
    const page = await Deno.readTextFile(join(outDir, "k=4.html"));
    assert.match(page, /<h1>Segment the customers: k=4<\/h1>/);
    assert.match(page, /<a rel="prev" href="k%3D3\.html">/);
    assert.match(page, /<p class="crumbs"><a href="index\.html">/);
    const grid = JSON.parse(await Deno.readTextFile(join(outDir, "grid.json")));
    assert.deepEqual(grid[0], {
      ...{ name: "k=3", parameters: { k: 3 }, state: "ran", seconds: 1.25 },
      facts: [{ label: "silhouette", value: "0.6500" }, { label: "<gate>", value: "passed" }],
      page: "k=3.html",
    });
    assert.equal(grid[2].page, undefined);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
