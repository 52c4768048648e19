import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Whether browser tests have to be left out. */
export const isMissing = await Deno.stat(CHROMIUM).then(() => false, () => true);

/** A test's title, which says why it is ignored. */
export function titled(title: string): string {
  return isMissing ? `${title} (skipped: ${CHROMIUM} is not installed)` : title;
}

/** What a page did that it should not have done. */
export interface Seen {
  /** Addresses that it asked for, beyond its own file. */
  readonly requests: string[];
  /** What it printed, threw or asked in a dialog; what its policy blocked is printed. */
  readonly problems: string[];
}

/** Starts Chromium for a test, and ends it after. */
export async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const args = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync";
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: args.split(" ") });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** A desk, a phone: what a page is seen on. */
export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** Opens a page's file with the network blocked. */
export async function visit(
  browser: Browser,
  { path, on = DESK }: { readonly path: string; readonly on?: BrowserContextOptions },
  work: (page: Page, seen: Seen) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(on);
  try {
    const page = await context.newPage();
    // A busy machine is slow, and no test is about speed.
    page.setDefaultTimeout(120_000);
    const seen: Seen = { requests: [], problems: [] };
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
    await context.close();
  }
}
