import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { build, code, figure, markdown, table } from "./_fixtures.ts";
import { cellsWith, HOSTILE } from "./_hostile.ts";

const CHROMIUM = "/usr/bin/chromium";
const isMissing = await Deno.stat(CHROMIUM).then(() => false, () => true);

/** Opens a page with the network blocked; what it asked for, beyond files, is in `requests`. */
async function open(
  path: string,
  width: number,
  work: (page: Page, seen: { requests: string[]; problems: string[] }) => Promise<void>,
): Promise<void> {
  const args = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync";
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: args.split(" ") });
  try {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const seen: { requests: string[]; problems: string[] } = { requests: [], problems: [] };
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) seen.requests.push(request.url());
    });
    page.on("console", (message) => seen.problems.push(message.text()));
    page.on("dialog", (dialog) => {
      seen.problems.push(dialog.message());
      dialog.dismiss();
    });
    page.on("pageerror", (error) => seen.problems.push(String(error)));
    await page.route(/^(?!file:)/, (route) => route.abort());
    await page.goto(`file://${path}`);
    await work(page, seen);
  } finally {
    await browser.close();
  }
}

/** The test's name says why it is ignored. */
const titled = (title: string) =>
  isMissing ? `${title} (skipped: ${CHROMIUM} is not installed)` : title;

const SVG =
  `<svg viewBox="0 0 640 300" width="640" height="300"><rect width="640" height="300"/></svg>`;

Deno.test({
  name: titled("pages ask no host, toggle code, sort, filter, download and fit a phone"),
  ignore: isMissing,
  fn: async () => {
    const cells = [
      markdown("# Page\n\nAbstract.\n\n## One\n\ntext\n\n## Two"),
      code("const x = 1;", [table(30), figure(SVG, { width: 640, minWidth: 480 })]),
      markdown("## Three"),
    ];
    const { outDir } = await build({ a: cells }, { banner: "Synthetic data" });

    await open(`${outDir}/a.html`, 1280, async (page, { requests, problems }) => {
      const code = page.locator("details.code pre");
      assert.equal(await code.isVisible(), true);
      await page.getByRole("button", { name: "Hide code" }).click();
      assert.equal(await code.isVisible(), false);
      await page.getByRole("button", { name: "Show code" }).click();
      assert.equal(await code.isVisible(), true);

      const first = page.locator("tbody tr:visible").first().locator("th");
      const value = page.getByRole("button", { name: "value" });
      await value.click();
      assert.equal(await first.textContent(), "row 30", "numbers: the largest first");
      assert.equal(await page.locator("th[aria-sort=descending]").count(), 1);
      await value.click();
      assert.equal(await first.textContent(), "row 1");
      await page.getByRole("button", { name: "name" }).click();
      assert.equal(
        await page.locator("tbody th").nth(9).textContent(),
        "row 10",
        "not after row 1",
      );

      await page.getByRole("searchbox").fill("row 2");
      assert.equal(await page.locator("tbody tr:visible").count(), 11);
      assert.equal(await page.getByRole("status").textContent(), "11 of 30 rows");

      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download CSV" }).click();
      const download = await waiting;
      assert.equal(download.suggestedFilename(), "Page table-1.csv");
      const csv = await Deno.readTextFile((await download.path())!);
      assert.deepEqual(csv.replace("\ufeff", "").split("\r\n").slice(0, 2), [
        "name,value",
        "row 1,0.25",
      ]);
      assert.equal(csv.trim().split("\r\n").length, 31, "all rows, also those filtered away");

      await page.evaluate("document.getElementById('two').scrollIntoView()");
      await page.waitForFunction(
        "document.querySelector('.contents [aria-current]')?.textContent === 'Two'",
      );
      const banner = (await page.locator(".banner").boundingBox())!;
      assert.equal(banner.y, 0, "the banner stays in sight");
      assert.deepEqual({ requests, problems }, { requests: [], problems: [] });
    });

    await open(`${outDir}/a.html`, 390, async (page) => {
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
      assert.equal(await page.locator(".contents nav").isVisible(), false);
      await page.locator(".contents-phone summary").click();
      assert.equal(await page.locator(".contents-phone a").first().isVisible(), true);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".banner").isVisible(), true);
      assert.equal(await page.locator("details.code").isVisible(), false);
    });
  },
});

Deno.test({
  name: titled("pages of hostile notebooks run nothing and ask no host in a browser"),
  ignore: isMissing,
  fn: async () => {
    const { outDir } = await build({ a: HOSTILE.flatMap(cellsWith) });
    await open(`${outDir}/a.html`, 1280, async (page, { requests, problems }) => {
      await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
      // A script that tried to run would be told of here: the policy reports what it blocks.
      assert.deepEqual({ requests, problems }, { requests: [], problems: [] });
      assert.equal(
        await page.locator("[onclick], [onerror], [onload], iframe, form, base, link").count(),
        0,
      );
    });
  },
});
