// deno-lint-ignore-file no-console -- Plot warns there, and the test listens
import assert from "node:assert/strict";
import {
  barFigure,
  componentPlanesFigure,
  type Figure,
  FIGURE_MIME,
  histogramsFigure,
  lineFigure,
  segmentMapFigure,
  uMatrixFigure,
  uMatrixHitsFigure,
} from "feira/plots";
import { toFigure } from "../../lib/plots/figure.ts";
import { FIGURES, grid, seeded } from "./_figures.ts";
import { parseXml } from "./_svg.ts";

/** What Jupyter would show. */
function displayOf(figure: Figure): Record<string, unknown> {
  return (figure as unknown as Record<symbol, () => Record<string, unknown>>)[
    Symbol.for("Jupyter.display")
  ]!();
}

/** Runs the function and gives what it warned of. */
function warningsOf(run: () => unknown): unknown[][] {
  const warnings: unknown[][] = [];
  const warn = console.warn;
  console.warn = (...args) => void warnings.push(args);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

/** As it is drawn for a desk, and for a phone. */
function drawingsOf(figure: Figure) {
  return figure.narrow === undefined ? [figure] : [figure, figure.narrow];
}

for (const [name, draw] of Object.entries(FIGURES)) {
  Deno.test(`${name} is strict XML that names itself and asks nobody`, () => {
    for (const { svg, width, height } of drawingsOf(draw())) {
      const elements = parseXml(svg);
      const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
      assert.equal(new Set(ids).size, ids.length, "ids are unique");
      const root = elements[0]!.attributes;
      assert.equal(root.get("viewBox"), `0 0 ${width} ${height}`);
      assert.deepEqual(root.get("aria-labelledby")!.split(" "), ids.slice(0, 2));
      for (const { name, attributes } of elements) {
        assert.ok(!["style", "script", "foreignObject", "a"].includes(name), `<${name}>`);
        for (const [key, value] of attributes) {
          assert.ok(!key.startsWith("on"), `${key} on <${name}>`);
          if (key === "href") assert.match(value, /^data:image\/png;base64,[\w+/=]+$/);
        }
        for (const [, id] of [...attributes.values()].join(" ").matchAll(/url\(#([^)]+)\)/g)) {
          assert.ok(ids.includes(id!), `url(#${id}) leads nowhere`);
        }
      }
      assert.doesNotMatch(svg, /NaN|undefined|Infinity|currentColor|var\(/);
    }
  });

  Deno.test(`${name} is the same each time and draws without a warning`, () => {
    let again: Figure | undefined;
    assert.deepEqual(warningsOf(() => again = draw()), []);
    assert.equal(draw().svg, again!.svg);
    assert.equal(draw().narrow?.svg, again!.narrow?.svg);
  });

  Deno.test(`${name} shows itself as image, text and data`, () => {
    const figure = draw();
    const display = displayOf(figure);
    assert.deepEqual(Object.keys(display), ["text/html", "text/plain", FIGURE_MIME]);
    const { svg, title, caption, alt, width, height, minWidth, narrow, interaction } = figure;
    assert.deepEqual(JSON.parse(JSON.stringify(display[FIGURE_MIME])), {
      svg,
      title,
      caption,
      alt,
      width,
      height,
      minWidth,
      ...(narrow && { narrow }),
      ...(interaction && { interaction: JSON.parse(JSON.stringify(interaction)) }),
    });
    assert.equal(display["text/plain"], caption ? `${title}\n${caption}` : title);
    const html = display["text/html"] as string;
    const image = parseXml(html).find(({ name }) => name === "img")!.attributes;
    const [, data] = image.get("src")!.split("base64,");
    assert.equal(new TextDecoder().decode(Uint8Array.fromBase64(data!)), svg);
    assert.ok(alt.length > 20 && minWidth < width);
  });
}

const size = { width: 80, height: 40 };
const random = seeded(2);

Deno.test("a full-size u-matrix stays below 100 KB, with all its customers too", () => {
  const uMatrix = grid(size, random);
  const hits = grid(size, () => Math.floor(100 * random()));
  const plain = uMatrixFigure(uMatrix, { ...size, title: "full" }).svg;
  const full = uMatrixHitsFigure({ uMatrix, hits }, { ...size, title: "full" }).svg;
  assert.ok(plain.length < 100_000, `${plain.length} bytes`);
  assert.ok(full.length < 100_000, `${full.length} bytes`);
  assert.ok(parseXml(full).length < 300, "no element per neuron");
});

Deno.test("twelve full-size planes stay below 250 KB, even of noise", () => {
  const planes = Array.from({ length: 12 }, (_, i) => ({
    label: `feature ${i}`,
    values: grid(size, random),
  }));
  const { svg } = componentPlanesFigure(planes, { ...size, title: "full" });
  assert.ok(svg.length < 250_000, `${svg.length} bytes`);
});

Deno.test("histogramsFigure() takes 95,420 customers without growing", () => {
  const values = Float64Array.from({ length: 95_420 }, () => Math.exp(8 * random()));
  const { svg } = histogramsFigure([{ label: "monetary", values, log: true }], {
    title: "long tail",
  });
  assert.ok(svg.length < 10_000, `${svg.length} bytes`);
});

Deno.test("a phone of 390 px has every figure that is drawn for it without scrolling", () => {
  for (const draw of Object.values(FIGURES)) {
    const { narrow } = draw();
    if (narrow === undefined) continue;
    assert.ok(narrow.width <= 352, `${narrow.width} px wide`);
    const sizes = [...narrow.svg.matchAll(/font-size="([\d.]+)/g)].map(([, size]) => Number(size));
    assert.ok(Math.min(...sizes) >= 11, `text of ${Math.min(...sizes)} px`);
  }
});

Deno.test("figures leave their data as it was", () => {
  const uMatrix = Object.freeze([0.3, 0.1, 0.2, 0.9]);
  const hits = Int32Array.of(3, 0, 2, 1);
  const rows = [{ x: "2018-02", y: 2 }, { x: "2018-01", y: 1 }].map(Object.freeze);
  Object.freeze(rows);
  const options = Object.freeze({ x: "x", y: "y", title: "t", width: 640 });
  uMatrixHitsFigure({ uMatrix, hits }, Object.freeze({ width: 2, height: 2, title: "t" }));
  lineFigure(rows as Record<string, unknown>[], options);
  barFigure(rows as Record<string, unknown>[], options);
  histogramsFigure(Object.freeze([{ label: "a", values: hits }]), { title: "t" });
  assert.deepEqual([...hits], [3, 0, 2, 1]);
});

Deno.test("histogramsFigure() tells a bar's values and their share", () => {
  const titlesOf = (values: number[], unit: string) =>
    [
      ...histogramsFigure([{ label: "a", unit, values }], { title: "t" }).svg
        .matchAll(/<title>([^<]*)<\/title>/g),
    ].map(([, title]) => title);
  assert.deepEqual(titlesOf([1, 1, 2, 2, 2, 2, 2, 2], "orders"), [
    "1 order: 25.0%",
    "2 orders: 75.0%",
  ]);
  assert.deepEqual(titlesOf([0, 0, 0, 3000], "BRL"), [
    "0 to 100 BRL: 75.0%",
    "2,900 to 3,000 BRL: 25.0%",
  ]);
});

Deno.test("two figures on one page share no id", () => {
  const ids = (title: string) =>
    parseXml(
      segmentMapFigure([0], { width: 1, height: 1, segments: [{ id: 0, name: "all" }], title }).svg,
    )
      .flatMap(({ attributes }) => attributes.get("id") ?? []);
  assert.equal(new Set([...ids("one"), ...ids("two")]).size, 4);
});

Deno.test("toFigure() numbers a body's ids anew, with what refers to them", () => {
  // Plot counts its clip paths over the whole process, so the same chart comes with other ids.
  const body = (n: number) =>
    `<clipPath id="plot-clip-${n}"/><g clip-path="url(#plot-clip-${n})"/><use href="#plot-clip-${n}"/>`;
  const draw = (n: number) => toFigure(body(n), { title: "t", width: 1, height: 1 }).svg;
  const [, clip, use] = parseXml(draw(7)).slice(4).map(({ attributes }) => attributes);
  const id = parseXml(draw(7)).flatMap(({ attributes }) => attributes.get("id") ?? [])[2];
  assert.match(id!, /^f[0-9a-f]{10}-1$/);
  assert.equal(clip!.get("clip-path"), `url(#${id})`);
  assert.equal(use!.get("href"), `#${id}`);
  assert.equal(draw(7), draw(8));
});
