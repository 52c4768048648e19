import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { DESK, isMissing, PHONE, titled, visit, withBrowser } from "./_browser.ts";
import { build, code, markdown, raw } from "./_fixtures.ts";
import { cellsWith, HOSTILE } from "./_hostile.ts";
import { SAMPLE } from "./_sample.ts";

const NOTHING = { requests: [], problems: [] };

async function holdCode(page: Page): Promise<void> {
  const [first, folded] = [0, 1].map((i) => page.locator("details.code pre").nth(i));
  assert.deepEqual([await first!.isVisible(), await folded!.isVisible()], [true, false]);
  await page.getByRole("button", { name: "Hide code" }).click();
  assert.equal(await first!.isVisible(), false);
  await page.locator("details.code summary").first().click();
  assert.equal(await first!.isVisible(), true, "a cell's code unfolds by itself");
  await page.getByRole("button", { name: "Show code" }).click();
  assert.deepEqual([await first!.isVisible(), await folded!.isVisible()], [true, false]);
}

async function holdTable(page: Page): Promise<void> {
  const first = page.locator("figure tbody tr:visible").first().locator("th");
  const value = page.getByRole("button", { name: "value" });
  await value.click();
  assert.equal(await first.textContent(), "row 30", "numbers: the largest first");
  assert.equal(await page.locator("th[aria-sort=descending]").count(), 1);
  await value.click();
  assert.equal(await first.textContent(), "row 1");
  await page.getByRole("button", { name: "name" }).click();
  const tenth = page.locator("figure tbody th").nth(9);
  assert.equal(await tenth.textContent(), "row 10", "not after row 1");

  await page.getByRole("searchbox").fill("row 2");
  assert.equal(await page.locator("figure tbody tr:visible").count(), 11);
  assert.equal(await page.getByRole("status").textContent(), "11 of 30 rows");

  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), "Page table-1.csv");
  const csv = await Deno.readTextFile((await download.path())!);
  const lines = csv.replace("\ufeff", "").split("\r\n");
  assert.deepEqual(lines.slice(0, 2), ["name,value", "row 1,0.25"], "values in full");
  assert.equal(lines.filter(Boolean).length, 31, "all rows, also those filtered away");
}

async function holdContents(page: Page): Promise<void> {
  const contents = page.getByRole("navigation", { name: "Contents" });
  for (const name of ["Two", "Three", "Part", "One"]) {
    await contents.getByRole("link", { name }).click();
    // Not waitForFunction(), which the page's policy refuses to evaluate.
    const current = contents.locator("[aria-current]");
    await current.filter({ hasText: new RegExp(`^${name}$`) }).waitFor();
  }
}

async function holdTheme(page: Page): Promise<void> {
  const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const white = await paper();
  const drawn = "getComputedStyle(document.querySelector('.plot svg > rect')).fill";
  assert.equal(await page.evaluate(drawn), white);
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await paper();
  assert.notEqual(dark, white);
  assert.equal(await page.evaluate(drawn), dark, "a drawing's paper is the page's");
  await page.reload();
  assert.equal(await paper(), dark, "remembered");
  await page.getByRole("button", { name: "Dark theme", pressed: true }).click();
  assert.equal(await paper(), white);
}

async function holdTips(page: Page): Promise<void> {
  await page.locator("[data-tip]").hover();
  assert.equal(await page.locator(".tip").textContent(), "São Paulo: 41,746 orders");
  assert.equal(await page.locator(".tip").isVisible(), true);
  assert.equal(
    await page.locator(".plot title").count(),
    0,
    "the browser's own would come besides",
  );
  await page.locator("h1").hover();
  assert.equal(await page.locator(".tip").isVisible(), false);
}

async function holdKeyboard(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  assert.equal(await skip.evaluate("document.activeElement.className"), "skip");
  assert.ok((await skip.boundingBox())!.x >= 0, "the skip link shows when it has the focus");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate("document.activeElement.id"), "content");
  await page.keyboard.press("Tab");
  const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
  assert.equal(outline, "solid", "what has the focus is seen");
}

Deno.test({
  name: titled("a page's script toggles, marks, sorts, filters, downloads and asks no host"),
  ignore: isMissing,
  fn: async (t) => {
    const { outDir } = await build({ a: SAMPLE }, { banner: "Synthetic data" });
    await withBrowser(async (browser) => {
      await visit(browser, { path: `${outDir}/a.html` }, async (page, seen) => {
        await t.step("keyboard", () => holdKeyboard(page));
        await t.step("contents", () => holdContents(page));
        await t.step("code", () => holdCode(page));
        await t.step("tables", () => holdTable(page));
        await t.step("tooltips", () => holdTips(page));
        await t.step("theme", () => holdTheme(page));
        await t.step("banner", async () => {
          await page.evaluate("window.scrollTo(0, 1000)");
          assert.equal((await page.locator(".banner").boundingBox())!.y, 0, "it stays in sight");
        });
        assert.deepEqual(seen, NOTHING);
      });
      await t.step("a phone scrolls figures, not the page", async () => {
        await visit(browser, { path: `${outDir}/a.html`, on: PHONE }, async (page, seen) => {
          assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
          assert.equal(await page.locator(".contents nav").isVisible(), false);
          await page.locator(".contents-phone summary").tap();
          assert.equal(await page.locator(".contents-phone a").first().isVisible(), true);
          assert.equal(await page.locator(".plot.goes-on-right").count(), 1, "it says so");
          const scale = "document.querySelector('.plot svg').getScreenCTM().a * 13";
          assert.ok(Number(await page.evaluate(scale)) >= 11, "text of 13 px is legible");
          await page.locator("[data-tip]").tap();
          assert.equal(await page.locator(".tip").isVisible(), true);
          assert.deepEqual(seen, NOTHING);
        });
      });
      await t.step("paper has no code, and the banner", async () => {
        await visit(browser, { path: `${outDir}/a.html` }, async (page) => {
          await page.emulateMedia({ media: "print", colorScheme: "dark" });
          assert.equal(await page.locator(".banner").isVisible(), true);
          for (const hidden of [".code", ".sql", ".contents", ".tools", ".theme"]) {
            assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
          }
          const ink = await page.evaluate("getComputedStyle(document.body).color");
          assert.equal(ink, "rgb(0, 0, 0)", "paper is white, whatever the screen is");
          const pdf = new TextDecoder("latin1").decode(await page.pdf({ preferCSSPageSize: true }));
          const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
          assert.ok(pages >= 2, `${pages} pages`);
        });
      });
      await t.step("without its script the page is whole", async () => {
        const on = { ...DESK, javaScriptEnabled: false };
        await visit(browser, { path: `${outDir}/a.html`, on }, async (page) => {
          assert.equal(await page.locator("details.code pre").first().isVisible(), true);
          assert.equal(await page.locator(".contents li a").count(), 4);
          assert.equal(await page.locator("figure tbody tr").count(), 30);
        });
      });
    });
  },
});

Deno.test({
  name: titled("pages of hostile notebooks run nothing and ask no host in a browser"),
  ignore: isMissing,
  fn: async () => {
    const { outDir } = await build({ a: HOSTILE.flatMap(cellsWith) });
    await withBrowser((browser) =>
      visit(browser, { path: `${outDir}/a.html` }, async (page, { requests, problems }) => {
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
        // A script that tried to run would be told of here: the policy reports what it blocks.
        // Our own may refuse the data that a notebook gives them.
        const others = problems.filter((problem) => !/^RangeError: Cannot /.test(problem));
        assert.deepEqual({ requests, problems: others }, NOTHING);
        const forbidden = "[onclick], [onerror], [onload], iframe, form, base, link";
        assert.equal(await page.locator(forbidden).count(), 0);
      })
    );
  },
});

Deno.test({
  name: titled("a page's policy runs no script and loads nothing that was not in it when built"),
  ignore: isMissing,
  fn: async () => {
    const { outDir } = await build({ a: [markdown("# A\n\nIt.")] });
    const path = `${outDir}/a.html`;
    const text = await Deno.readTextFile(path);
    const more = `<script>document.title = "ran"</script><style>body { color: red }</style>
<p id="p" onclick="document.title = 'ran'">x</p><img src="https://evil.example/x.png">`;
    await Deno.writeTextFile(path, text.replace("</main>", `${more}</main>`));
    await withBrowser((browser) =>
      visit(browser, { path }, async (page, { problems }) => {
        await page.locator("#p").click();
        assert.doesNotMatch(await page.title(), /ran/);
        assert.notEqual(
          await page.evaluate("getComputedStyle(document.body).color"),
          "rgb(255, 0, 0)",
        );
        assert.equal(
          problems.filter((problem) => /Content Security Policy/.test(problem)).length,
          4,
        );
      })
    );
  },
});

Deno.test({
  name: titled("axe-core finds nothing on any page, light, dark and on a phone"),
  ignore: isMissing,
  fn: async () => {
    const { default: axe } = await import("axe-core");
    const stakeholders = [raw("---\naudience: stakeholder\n---"), ...SAMPLE];
    const { outDir } = await build({ a: SAMPLE, b: stakeholders, c: [code("x")] }, {
      banner: "Synthetic data",
      ...AROUND,
    });
    const dark = { ...DESK, colorScheme: "dark" as const };
    const cases = [
      ...[DESK, dark, PHONE].map((on) => ({ name: "a", on })),
      { name: "b", on: DESK },
      ...[DESK, dark].flatMap((on) => ["index", "status"].map((name) => ({ name, on }))),
    ];
    await withBrowser(async (browser) => {
      for (const { name, on } of cases) {
        // axe is put in from outside, which the policy would not let it.
        const options = { path: `${outDir}/${name}.html`, on: { ...on, bypassCSP: true } };
        await visit(browser, options, async (page) => {
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate("axe.run()") as {
            violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
          };
          const told = violations.map(({ id, nodes }) =>
            `${id}: ${
              nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")
            }`
          );
          assert.deepEqual(told, [], `${name} at ${on.viewport?.width} ${on.colorScheme ?? ""}`);
        });
      }
    });
  },
});

/** All that the index and the status page tell. */
const AROUND = {
  abstract: "A market's customers.",
  run: {
    started: "2026-01-31T12:05:00Z",
    seconds: 65,
    source: "folder",
    warehouse: "duckdb",
    notebooks: [
      { name: "a", state: "ran" as const, seconds: 3 },
      { name: "b", state: "failed" as const, seconds: 1, why: "no table" },
    ],
    tests: { passed: 3, warned: 1, failed: 0 },
    model: {
      preset: "guide",
      qe: 0.2,
      te: 0.1,
      silhouette: 0.6,
      dbi: 0.7,
      k: 3,
      gate: "passed" as const,
    },
    segments: [{ id: 0, name: "Mainstream", customers: 10, color: "#0072b2" }],
  },
  documents: [{ file: "dbt_docs.html", title: "Documentation", about: "every table." }],
  status: {
    notebooks: [
      { name: "a", title: "Page", upstream: [], state: "fresh" as const, why: "" },
      { name: "b", title: "Page", upstream: ["a"], state: "stale" as const, why: "a changed" },
    ],
    runs: [{
      started: "2026-01-31T12:04:00Z",
      seconds: 50,
      end: "failed" as const,
      asked: "--only 02",
      error: "Cannot run b",
      notebooks: [{ name: "a", state: "ran" as const, seconds: 3 }],
    }],
  },
};
