import axe from "axe-core";
import type { Browser, Page } from "playwright-core";

/** What a page weighs, asks for, takes and lacks. */
export interface PageMeasures {
  readonly kb: number;
  /** Addresses of other hosts that it asked for, and did not get. */
  readonly requests: number;
  /** From the navigation's start to the first text or picture, ms; the best of all tries. */
  readonly firstPaintMs: number;
  /** To the end of its scripts, ms; the best of all tries. */
  readonly loadedMs: number;
  /** Rules of axe-core that it breaks, and elements that do. */
  readonly axeRules: readonly string[];
  readonly axeElements: number;
  /** At 390 px: how far the page itself goes beyond the screen, px. */
  readonly phoneOverflowPx: number;
}

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Measures a page's file in Chromium, with every other host out of reach. */
export async function measurePage(
  browser: Browser,
  path: string,
  { tries }: { readonly tries: number },
): Promise<PageMeasures> {
  const times: { paint: number; loaded: number }[] = [];
  for (let i = 0; i < tries; i++) {
    times.push(await visit(browser, path, { viewport: DESK }, timesOf));
  }
  const { axeRules, axeElements, requests } = await visit(
    browser,
    path,
    { viewport: DESK, bypassCSP: true },
    async (page, asked) => ({ ...await violationsOf(page), requests: asked.size }),
  );
  // Not innerWidth: a phone's window grows with what does not fit.
  const overflow = `document.documentElement.scrollWidth - ${PHONE.width}`;
  return {
    kb: (await Deno.stat(path)).size / 1024,
    requests,
    firstPaintMs: Math.min(...times.map(({ paint }) => paint)),
    loadedMs: Math.min(...times.map(({ loaded }) => loaded)),
    axeRules,
    axeElements,
    phoneOverflowPx: await visit(
      browser,
      path,
      { viewport: PHONE, isMobile: true },
      async (page) => Math.max(0, Number(await page.evaluate(overflow))),
    ),
  };
}

async function visit<T>(
  browser: Browser,
  path: string,
  options: Parameters<Browser["newContext"]>[0],
  work: (page: Page, asked: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const asked = new Set<string>();
    page.on("request", (request) => {
      if (/^(https?|wss?):/.test(request.url())) asked.add(request.url());
    });
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(`file://${encodeURI(path)}`, { waitUntil: "load", timeout: 60_000 });
    return await work(page, asked);
  } finally {
    await context.close();
  }
}

async function timesOf(page: Page): Promise<{ paint: number; loaded: number }> {
  const paint = await page.evaluate(`new Promise((resolve) =>
    new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime))
      .observe({ type: "paint", buffered: true }))`);
  const loaded = await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd");
  return { paint: Number(paint), loaded: Number(loaded) };
}

async function violationsOf(page: Page): Promise<Pick<PageMeasures, "axeRules" | "axeElements">> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run()") as {
    violations: readonly { readonly id: string; readonly nodes: readonly unknown[] }[];
  };
  return {
    axeRules: violations.map(({ id }) => id).sort(),
    axeElements: violations.reduce((sum, { nodes }) => sum + nodes.length, 0),
  };
}
