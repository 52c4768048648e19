import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { componentPlanesFigure, type Figure, FIGURE_MIME, mapExplorerFigure } from "feira/plots";
import { build, code, display, markdown } from "../report/_fixtures.ts";
import { grid } from "./_figures.ts";

const CHROMIUM = "/usr/bin/chromium";
const isMissing = await Deno.stat(CHROMIUM).then(() => false, () => true);
const titled = (title: string) =>
  isMissing ? `${title} (skipped: ${CHROMIUM} is not installed)` : title;

const size = { width: 8, height: 4 };
const HOSTILE = `<img src=x onerror="alert(1)"></script><b>`;
/** Two customers on each neuron of the left half, one who spends 100 on each of the right. */
const customers = Array.from({ length: 32 }, (_, n) => n < 16 ? [n, n] : [n]).flat();
const explorer = mapExplorerFigure({
  uMatrix: grid(size, (x) => x === 4 ? 1 : 0.1),
  neuronSegments: grid(size, (x) => x < 4 ? 0 : 1),
  customerNeurons: customers,
  features: [
    {
      label: "spend",
      unit: "BRL",
      plane: grid(size, (x) => x < 4 ? 10 : 100),
      values: customers.map((n) => n < 16 ? 10 : 100),
    },
    {
      label: HOSTILE,
      unit: HOSTILE,
      plane: grid(size, (_, y) => y),
      values: customers.map((n) => n % 4),
    },
  ],
}, {
  ...size,
  title: "Look around",
  segments: [{ id: 0, name: "savers" }, { id: 1, name: HOSTILE }],
});
const planes = componentPlanesFigure([
  { label: "spend", unit: "BRL", values: grid(size, (x) => 10 * x) },
  { label: "orders", unit: "orders", values: grid(size, (_, y) => y) },
], { ...size, title: "Two planes" });
const broken = (figure: Figure) => {
  const { interaction } = figure;
  return { ...figure, interaction: { ...interaction, data: { ...interaction!.data, width: 1e6 } } };
};
const cell = (figure: object) =>
  code("", [display(FIGURE_MIME, JSON.parse(JSON.stringify(figure)))]);

/** Opens a page of the figures with the network blocked, and gives what went wrong in it. */
async function open(
  figures: readonly object[],
  work: (page: Page) => Promise<void>,
): Promise<string[]> {
  const { dir, outDir } = await build({ a: [markdown("# Page"), ...figures.map(cell)] });
  const args = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync";
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: args.split(" ") });
  const problems: string[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("dialog", (dialog) => {
      problems.push(dialog.message());
      dialog.dismiss();
    });
    await page.route(/^(?!file:)/, (route) => route.abort());
    await page.goto(`file://${outDir}/a.html`);
    await work(page);
  } finally {
    await browser.close();
    await Deno.remove(dir, { recursive: true });
  }
  return problems;
}

/** Polls, for what a page draws comes a frame later. */
async function eventually(read: () => Promise<string | null>, expected: RegExp): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (expected.test(await read() ?? "")) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.match(await read() ?? "", expected);
}

async function explore(page: Page): Promise<void> {
  const text = (selector: string) => () => page.locator(selector).first().textContent();
  const map = page.locator(".explorer-above");
  assert.equal(await page.locator(".explored > .plot").isVisible(), false);

  // The pointer: the lower left corner, then a region of the four leftmost neurons above it.
  const { x, y, width, height } = (await map.boundingBox())!;
  const at = (column: number, row: number) =>
    [x + (column + 0.5) * width / 8, y + (3 - row + 0.5) * height / 4] as const;
  await page.mouse.move(...at(0, 0));
  await eventually(text(".explorer-title"), /^Neuron 0, 0: 2 customers \(4.2%\)$/);
  assert.match(await text(".explorer-card tbody tr")() ?? "", /spend BRL.*10.*10/);
  await page.mouse.move(...at(5, 1));
  await eventually(text(".explorer-title"), /^Neuron 5, 1: 1 customer \(2.1%\)$/);
  await page.mouse.move(...at(3, 0));
  await page.mouse.down();
  await page.mouse.move(...at(4, 1));
  await page.mouse.up();
  await eventually(text(".explorer-summary"), /^Selected: 4 of 32 neurons, 6 customers/);
  // Four customers of 10 and two of 100 against the rest: 28 of 10 and 14 of 100.
  await eventually(text(".explorer-features .explorer-quiet"), /^mean 40 against 40 \(\+0.0 SD\)$/);

  // A segment, and clear.
  const segment = page.getByRole("button", { name: "savers" });
  await segment.click();
  await eventually(
    text(".explorer-summary"),
    /^Selected: 16 of 32 neurons, 32 customers \(66.7%\)/,
  );
  assert.equal(await segment.getAttribute("aria-pressed"), "true");
  await eventually(text(".explorer-features .explorer-quiet"), /^mean 10 against 100 \(−2.1 SD\)$/);
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(text(".explorer-summary"), /^All 48 customers/);

  // The keyboard: from the fullest neuron two to the right, said aloud; a region; clear.
  await page.locator(".explorer select").selectOption({ label: "spend" });
  await map.focus();
  await page.mouse.move(0, 0);
  await page.mouse.move(...at(0, 0));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await eventually(
    text(".explorer-spoken"),
    /^Neuron 2, 0: 2 customers \(4.2%\); segment 0, savers; spend 10 BRL$/,
  );
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  await eventually(text(".explorer-summary"), /^Selected: 4 of 32 neurons, 8 customers/);
  await page.keyboard.press("Escape");
  await eventually(text(".explorer-summary"), /^All 48 customers/);
  await page.keyboard.press("Enter");
  await eventually(text(".explorer-summary"), /^Selected: 1 of 32 neurons/);
  await page.keyboard.press("s");
  await eventually(text(".explorer-summary"), /^Selected: 16 of 32 neurons/);

  // Hostile names are text; paper has the drawing.
  assert.equal(await page.locator(".explorer img, .explorer b b").count(), 0);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".explorer").isVisible(), false);
  assert.equal(await page.locator(".explored > .plot").isVisible(), true);
  await page.emulateMedia({ media: "screen" });
}

async function comparePlanes(page: Page): Promise<void> {
  const [spend, orders] = [0, 1].map((i) =>
    page.locator(`.plot > :not(.narrow) [data-plane-note="${i}"]`)
  );
  assert.equal(await spend!.textContent(), "BRL");
  const first = page.locator('.plot > :not(.narrow) [data-plane="0"]');
  await first.scrollIntoViewIfNeeded();
  const frame = (await first.boundingBox())!;
  await page.mouse.move(frame.x + frame.width * 3.5 / 8, frame.y + frame.height * 2.5 / 4);
  await eventually(() => spend!.textContent(), /^30 BRL$/);
  assert.equal(await orders!.textContent(), "1 order", "the same neuron on the other plane");
  await page.mouse.move(0, 0);
  await eventually(() => spend!.textContent(), /^BRL$/);
  await page.locator(".planes-said").focus();
  await page.keyboard.press("ArrowRight");
  await eventually(
    () => page.locator(".planes-spoken").textContent(),
    /^Neuron 5, 2: spend 50 BRL; orders 2 orders$/,
  );
}

Deno.test({
  name: titled("the explorer and the planes answer to pointer and keyboard, and ask no host"),
  ignore: isMissing,
  fn: async () => {
    const problems = await open([explorer, planes], async (page) => {
      await explore(page);
      await comparePlanes(page);
    });
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: titled("an explorer whose data is broken stays the drawing"),
  ignore: isMissing,
  fn: async () => {
    const problems = await open([broken(explorer)], async (page) => {
      assert.equal(await page.locator(".plot svg").first().isVisible(), true);
      assert.equal(await page.locator(".explorer").count(), 0);
    });
    assert.match(problems.join(), /Cannot explore a map: 4000000 neurons/);
  },
});
