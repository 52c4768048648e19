import assert from "node:assert/strict";
import {
  barFigure,
  componentPlanesFigure,
  correlationFigure,
  type Figure,
  heatmapFigure,
  histogramsFigure,
  lineFigure,
  segmentMapFigure,
  segmentProfileFigure,
  segmentSizesFigure,
  shareBarsFigure,
  showFacts,
  showNote,
  showTable,
  stateMapFigure,
  tradeOffCurvesFigure,
  tradeOffFigure,
  uMatrixFigure,
} from "feira/plots";
import { parseXml } from "./_svg.ts";

const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onload='alert(1)`,
  `</text></svg><svg onload=alert(1)>`,
  `&lt;b&gt; & ]]> <!-- url(#f) href="#f" id="f"`,
  `\u0000\u0008\u001b[31m \ud800 half`,
  ` nbsp \u200e\u202e rtl`,
  `😀 日本語 ação`,
];

/** Every text that a caller can give, given as t. */
const USES: Readonly<Record<string, (t: string) => object>> = {
  title: (t) => uMatrixFigure([1], { width: 1, height: 1, title: t, caption: t, alt: t }),
  bars: (t) =>
    barFigure([{ x: t, y: 1 }], { x: "x", y: "y", xLabel: t, yLabel: t, title: t, highlight: [t] }),
  lying: (t) => barFigure([{ x: t, y: -1 }], { x: "x", y: "y", title: t, horizontal: true }),
  lines: (t) =>
    lineFigure([{ d: "2018-01", y: 1, s: t }, { d: "2018-02", y: 2, s: t }], {
      x: "d",
      y: "y",
      series: "s",
      yLabel: t,
      title: t,
    }),
  histograms: (t) => histogramsFigure([{ label: t, unit: t, values: [1, 2] }], { title: t }),
  correlations: (t) => correlationFigure({ names: [t], matrix: [1] }, { title: t }),
  tradeOff: (t) => tradeOffFigure([{ name: t, qe: 1, te: 1 }], { title: t }),
  tradeOffCurves: (t) =>
    tradeOffCurvesFigure([{ name: t, points: [{ name: t, qe: 1, te: 1 }] }], {
      title: t,
      target: { name: t, qe: 2, te: 2 },
      references: [{ name: t, qe: 2, te: 1 }],
    }),
  planes: (t) =>
    componentPlanesFigure([{ label: t, unit: t, values: [1] }], { width: 1, height: 1, title: t }),
  map: (t) =>
    segmentMapFigure(new Int32Array(800), {
      width: 40,
      height: 20,
      segments: [{ id: 0, name: t }],
      title: t,
    }),
  profile: (t) =>
    segmentProfileFigure([{
      id: 0,
      name: t,
      customers: 1,
      features: [{ label: t, unit: t, mean: 1, median: 1, z: 1 }],
    }], { title: t }),
  sizes: (t) =>
    segmentSizesFigure([{ id: 0, name: t, customers: 1, revenueShare: 1 }], { title: t }),
  states: (t) =>
    stateMapFigure([{ state: "SP", name: t, v: 1 }], {
      state: "state",
      name: "name",
      value: "v",
      valueLabel: t,
      title: t,
    }),
  heatmap: (t) =>
    heatmapFigure([{ x: t, y: t, v: 1 }], {
      ...{ x: "x", y: "y", value: "v", xLabel: t, yLabel: t, valueLabel: t },
      title: t,
    }),
  shares: (t) =>
    shareBarsFigure([{ x: t, part: t, v: 1 }], {
      ...{ x: "x", part: "part", value: "v", xLabel: t, partLabel: t, unit: t },
      title: t,
    }),
  table: (t) => showTable([{ [t]: t }], { title: t, caption: t }),
  note: (t) => showNote(t, { title: t }),
  facts: (t) => showFacts([{ label: t, value: t, note: t }], { title: t }),
};

const ALLOWED = new Set(
  "svg title desc rect g path text tspan line circle image figure figcaption div img table caption thead tbody tr th td strong dl dt dd"
    .split(" "),
);

for (const [name, make] of Object.entries(USES)) {
  Deno.test(`${name}: hostile text stays text`, () => {
    for (const text of HOSTILE) {
      const shown = make(text);
      const display = (shown as Record<symbol, () => Record<string, string>>)[
        Symbol.for("Jupyter.display")
      ]!();
      for (const markup of [(shown as Figure).svg, display["text/html"]]) {
        if (markup === undefined) continue;
        for (const { name, attributes } of parseXml(`<div>${markup}</div>`)) {
          assert.ok(ALLOWED.has(name), `<${name}> from ${text}`);
          for (const key of attributes.keys()) {
            assert.ok(!key.startsWith("on"), `${key} from ${text}`);
          }
        }
      }
      assert.doesNotThrow(() => JSON.stringify(display));
    }
  });
}

Deno.test("ordinary text beyond ASCII is drawn unchanged", () => {
  const { svg } = barFigure([{ x: "São Paulo 日本", y: 1 }], { x: "x", y: "y", title: "ação" });
  assert.match(svg, />São Paulo 日本</);
});
