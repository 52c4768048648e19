import assert from "node:assert/strict";
import fc from "fast-check";
import { frontierFigure } from "../../bench/frontier/frontier_figure.ts";
import {
  beatsPublished,
  type FrontierPoint,
  frontOf,
  maybeTuned,
  PUBLISHED,
} from "../../bench/frontier/frontier_point.ts";
import { proportionalGrid } from "../../bench/frontier/proportional_grid.ts";
import { frontierSettings } from "../../bench/frontier/settings.ts";

function point(qe: number, te: number, more: Partial<FrontierPoint> = {}): FrontierPoint {
  const good = { silhouette: 0.7, dbi: 0.6, sizes: [] };
  return { name: `${qe}/${te}`, group: "g", qe, te, ...good, seconds: 1, ...more };
}

Deno.test("frontOf() keeps what nothing beats in both errors", () => {
  const [a, b, c, d, e] = [
    point(0.2, 0.3),
    point(0.3, 0.1),
    point(0.25, 0.35),
    point(0.3, 0.2),
    point(0.2, 0.3),
  ];
  assert.deepEqual(frontOf([a, b, c, d, e]), [a, b]);
});

Deno.test("frontOf() agrees with the definition on any points", () => {
  const errors = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(fc.property(fc.uniqueArray(errors, { selector: String, minLength: 1 }), (pairs) => {
    const points = pairs.map(([qe, te]) => point(qe, te));
    const expected = points.filter((p) =>
      !points.some((q) => q !== p && q.qe <= p.qe && q.te <= p.te)
    );
    assert.deepEqual(new Set(frontOf(points)), new Set(expected));
  }));
});

Deno.test("maybeTuned() takes the least quantization error of those that beat all four", () => {
  const [sharp, tuned, smooth] = [point(0.22, 0.16), point(0.23, 0.14), point(0.24, 0.1)];
  assert.equal(maybeTuned([sharp, smooth, tuned]), tuned);
  assert.equal(maybeTuned([sharp]), undefined);
  for (const [figure, value] of Object.entries(PUBLISHED)) {
    assert.ok(!beatsPublished(point(0.23, 0.14, { [figure]: value })), figure);
  }
});

Deno.test("proportionalGrid() stretches the grid as the data is stretched", () => {
  // Standard deviations 3 along (1, 1)/√2 and 1 along (1, -1)/√2.
  const rows = 400;
  const data = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const angle = 2 * Math.PI * row / rows;
    const [along, across] = [3 * Math.cos(angle), Math.sin(angle)];
    data.set([along + across + 5, along - across], row * 2);
  }
  assert.deepEqual(proportionalGrid({ data, rows, cols: 2 }, 3_200), { width: 97, height: 33 });
});

Deno.test("frontierSettings() are distinct and start from what their first stage says", () => {
  const settings = frontierSettings({ proportional: { width: 70, height: 46 } });
  assert.equal(new Set(settings.map(({ name }) => name)).size, settings.length);
  assert.ok(settings.every(({ grid }) => Math.abs(grid.width * grid.height - 3_200) < 32));
  for (const { name, stages: [first] } of settings) {
    assert.ok(first!.kind === "guide" || first!.init !== undefined, name);
  }
  const quick = frontierSettings({
    proportional: { width: 70, height: 46 },
    epochs: 2,
    iterations: 9,
  });
  for (const { stages } of quick) {
    assert.ok(stages.every((stage) => stage.kind === "batch" ? stage.epochs <= 2 : true));
    assert.ok(stages.every((stage) => stage.kind === "batch" ? true : stage.iterations <= 9));
  }
});

Deno.test("frontierFigure() draws every group that the settings have", () => {
  const settings = frontierSettings({ proportional: { width: 70, height: 46 } });
  const points = settings.map(({ name, group }, i) =>
    point(0.22 + i / 1000, 0.2 - i / 1000, { name, group })
  );
  const svg = frontierFigure(points);
  assert.match(svg, /^<svg xmlns/);
  for (const { name } of points) assert.ok(svg.includes(name.replaceAll("'", "&#39;")), name);
});
