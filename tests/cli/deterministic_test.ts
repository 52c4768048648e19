import assert from "node:assert/strict";
import { listNotebooks, readNotebook, tagsOf } from "feira/notebook";
import { basename } from "node:path";
import { MARKET, pipelineRun } from "../_pipeline_run.ts";
import { copyWorkspace } from "./_workspace_copy.ts";

/** An executed notebook without what tells of the run that made it. */
async function withoutProvenance(path: string): Promise<unknown> {
  const { cells, metadata } = await readNotebook(path);
  const { provenance, ...feira } = metadata.feira as Record<string, unknown>;
  assert.ok(provenance, `${path} has its provenance`);
  return {
    metadata: { ...metadata, feira },
    cells: cells.map((cell) =>
      tagsOf(cell).includes("provenance") ? { ...cell, outputs: [] } : cell
    ),
  };
}

/** A page without its footer, and without the elements that say that they are of the run. */
async function pageWithoutProvenance(path: string): Promise<string> {
  const page = await Deno.readTextFile(path);
  const footers = page.match(/<footer aria-label="Provenance">[\s\S]*?<\/footer>/g) ?? [];
  assert.equal(footers.length, 1, `${path} has one provenance`);
  return page.replace(footers[0], "").replace(/<p[^>]* data-provenance[\s\S]*?<\/p>/g, "");
}

Deno.test("two runs from nothing make the same notebooks and pages, but for their provenance", async (t) => {
  await using one = await pipelineRun();
  await using other = await copyWorkspace();
  const { code, text } = await other.command("run", ...MARKET);
  assert.equal(code, 0, text);
  for (const path of await listNotebooks(`${one.root}/reports/executed`)) {
    const name = basename(path, ".ipynb");
    await t.step(name, async () => {
      const executed = other.path("reports", "executed", `${name}.ipynb`);
      assert.deepEqual(await withoutProvenance(executed), await withoutProvenance(path));
    });
    await t.step(`${name}.html`, async () => {
      const page = other.path("reports", `${name}.html`);
      assert.equal(
        await pageWithoutProvenance(page),
        await pageWithoutProvenance(`${one.root}/reports/${name}.html`),
      );
    });
  }
  await t.step("index.html", async () => {
    assert.equal(
      await pageWithoutProvenance(other.path("reports", "index.html")),
      await pageWithoutProvenance(`${one.root}/reports/index.html`),
    );
  });
});
