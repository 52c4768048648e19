import assert from "node:assert/strict";
import { join } from "node:path";
import { formatNotebook } from "feira/notebook";
import { openWorkspace } from "feira/workspace";
import { pipelineRun } from "../_pipeline_run.ts";
import { isAlive } from "../notebook/_is_alive.ts";
import { LabSession } from "./_lab_session.ts";

const CHROMIUM = "/usr/bin/chromium";
const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

const whyNot = !await isThere(CHROMIUM)
  ? `${CHROMIUM} is not installed`
  : Deno.env.get("FEIRA_LAB_TEST") === undefined &&
      !await isThere(join(openWorkspace().venvDir, "lab", "feira.json"))
  ? "JupyterLab is not installed; FEIRA_LAB_TEST=1 installs it"
  : undefined;

/** What Lab shows of an error, and of standard error. */
const ERRORS = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']";

/** A notebook of code cells. */
function notebookOf(...sources: string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: "code" as const,
    id: `cell-${i}`,
    metadata: {},
    source,
  }));
  const kernelspec = { name: "deno", display_name: "Deno", language: "typescript" };
  return formatNotebook({ cells, metadata: { kernelspec } });
}

Deno.test({
  name: `JupyterLab runs, shows and stores notebooks as the runner does${
    whyNot === undefined ? "" : ` (skipped: ${whyNot})`
  }`,
  ignore: whyNot !== undefined,
  fn: async (t) => {
    await using run = await pipelineRun();
    assert.equal(run.end.code, 0, run.end.text);
    await using workspace = await run.copy();
    await using lab = await LabSession.open(workspace, CHROMIUM);

    await t.step("it offers this workspace's kernel and no other", async () => {
      const { kernelspecs } = await lab.api("kernelspecs") as {
        kernelspecs: Record<string, { spec: { display_name: string; argv: string[] } }>;
      };
      assert.deepEqual(Object.keys(kernelspecs), ["deno"]);
      const { display_name, argv } = kernelspecs.deno!.spec;
      assert.equal(display_name, "Feira (Deno)");
      assert.equal(argv[0], Deno.execPath());
      assert.ok(argv.includes(workspace.path("deno.json")));
    });

    await t.step("06 runs, its figures show, and saving it changes no byte", async () => {
      const path = workspace.path("notebooks", "06_features.ipynb");
      const [before, { mtime }] = [await Deno.readTextFile(path), await Deno.stat(path)];
      const page = await lab.openNotebook("notebooks/06_features.ipynb");
      await lab.runAll(page);
      assert.equal(await page.locator(ERRORS).count(), 0);
      const figures = page.locator("figure svg:visible");
      assert.equal(await figures.count(), 3);
      for (const figure of await figures.all()) {
        assert.ok((await figure.boundingBox())!.width > 400);
      }
      const tooltips = await page.locator("figure svg:visible :not(svg) > title").count();
      assert.ok(tooltips > 100, `bars of the histograms tell their values: ${tooltips}`);
      assert.equal(await page.locator("table:visible").count(), 4);
      await page.keyboard.press("Control+s");
      while ((await Deno.stat(path)).mtime!.getTime() === mtime!.getTime()) {
        await page.waitForTimeout(100);
      }
      assert.equal(await Deno.readTextFile(path), before);
      await page.close();
    });

    await t.step("an executed notebook shows its figures without being run", async () => {
      const page = await lab.openNotebook("reports/executed/06_features.ipynb");
      const images = page.locator("figure img:visible");
      assert.equal(await images.count(), 3);
      for (const image of await images.all()) {
        const width = await image.evaluate((it) =>
          (it as unknown as { naturalWidth: number }).naturalWidth
        );
        assert.ok(width > 400, `${width} px`);
      }
      await page.close();
    });

    await t.step("frames, tooltips and errors show right", async () => {
      await Deno.writeTextFile(
        workspace.path("notebooks", "scratch.ipynb"),
        notebookOf(
          `import pl from "nodejs-polars";
pl.DataFrame({ id: [9007199254740993n], at: [new Date("2018-01-02T03:04:05Z")], gone: [null] })`,
          `import { lineFigure } from "feira/plots";
lineFigure([{ month: "2018-01-01", sold: 3 }, { month: "2018-02-01", sold: 5 }], {
  title: "Two months",
  x: "month",
  y: "sold",
})`,
          `function sell(n: number): number {
  if (n < 1) throw new RangeError("Cannot sell: n is 0, must be above");
  return n;
}
sell(0);`,
          `"never run"`,
        ),
      );
      const page = await lab.openNotebook("notebooks/scratch.ipynb");
      await lab.runAll(page);
      const cells = await page.locator("table:visible tbody td").allTextContents();
      assert.deepEqual(cells, ["9007199254740993", "2018-01-02 03:04:05", "–"]);
      const tooltips = await page.locator("figure svg :not(svg) > title").allTextContents();
      assert.ok(tooltips.length >= 2, `tooltips: ${tooltips.join(", ")}`);
      const error = await page.locator(ERRORS).innerText();
      assert.match(error, /^RangeError: Cannot sell: n is 0, must be above/);
      assert.match(error, /if \(n < 1\) throw new RangeError[^\n]*\n +\^/);
      assert.match(error, /at sell \(this notebook, cell 3, line 2\)/);
      assert.equal(await page.getByText("never run").count(), 1, "its source, no output");
      await page.close();
    });

    await t.step("it asks no host but this machine", () => {
      assert.deepEqual([...new Set(lab.strangers)], []);
    });

    await t.step("Ctrl-C ends it and its kernels", async () => {
      await Deno.writeTextFile(
        workspace.path("notebooks", "scratch.ipynb"),
        notebookOf(`Deno.writeTextFileSync("pids.txt", Deno.pid + " " + Deno.ppid);`),
      );
      const page = await lab.openNotebook("notebooks/scratch.ipynb");
      await lab.runAll(page);
      const text = await Deno.readTextFile(workspace.path("notebooks", "pids.txt"));
      const pids = text.split(" ").map(Number);
      assert.deepEqual(await Promise.all(pids.map(isAlive)), [true, true]);
      await lab.interrupt();
      while ((await Promise.all(pids.map(isAlive))).includes(true)) await page.waitForTimeout(100);
    });
  },
});
