import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { buildRunComparison } from "feira/report";
import { DESK, isMissing, PHONE, titled, visit, withBrowser } from "./_browser.ts";
import { AFTER, BEFORE, cell, MIGRATIONS, showing, svg } from "./_compared_runs.ts";
import { figure, SITE } from "./_fixtures.ts";

/** Two runs of which one figure differs, with a title of two lines, and one does not. */
async function build(outDir: string): Promise<string> {
  const drawn = { width: 640, height: 300 };
  const long = "A title that goes on and on, ".repeat(5);
  const cells = (title: string) => [
    cell("a", figure(svg("#ffffff"), { ...drawn, title })),
    cell("b", figure(svg("#ffffff"), { ...drawn, title: "The same" })),
  ];
  return await buildRunComparison({
    ...{ before: showing(BEFORE, cells("Short")), after: showing(AFTER, cells(long)) },
    ...{ migrations: MIGRATIONS, outDir, site: { ...SITE, banner: "Synthetic data" } },
  });
}

const boxes = (page: Page, selector: string) =>
  Promise.all([0, 1].map(async (i) => (await page.locator(selector).nth(i).boundingBox())!));

async function violationsOf(page: Page, source: string): Promise<string[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate("axe.run()") as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
}

Deno.test({
  name: titled(
    "two runs stand side by side at a desk, one above the other on a phone, for everyone",
  ),
  ignore: isMissing,
  fn: async () => {
    const { default: axe } = await import("axe-core");
    const dir = await Deno.makeTempDir();
    try {
      const path = await build(dir);
      await withBrowser(async (browser) => {
        for (const on of [DESK, { ...DESK, colorScheme: "dark" as const }, PHONE]) {
          await visit(browser, { path, on: { ...on, bypassCSP: true } }, async (page, seen) => {
            const [before, after] = await boxes(page, ".pair .plot");
            if (on === PHONE) assert.ok(after!.y > before!.y + before!.height);
            else assert.deepEqual([after!.y, after!.width], [before!.y, before!.width]);
            const [wide, screen] = await page.evaluate(
              "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
            ) as [number, number];
            assert.equal(wide, screen, "tables scroll, not the page");
            assert.deepEqual(await violationsOf(page, axe.source), []);
            assert.deepEqual(seen, { requests: [], problems: [] });
          });
        }
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
