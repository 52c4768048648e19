import assert from "node:assert/strict";
import { barFigure, heatmapFigure, histogramsFigure, shareBarsFigure } from "feira/plots";

const title = "t";

Deno.test("shareBarsFigure() orders numbers by size, and texts as they first appear", () => {
  const rows = [{ x: "a", n: 3 }, { x: "a", n: 1 }, { x: "a", n: 20 }];
  const given = (part: (n: number) => unknown) =>
    shareBarsFigure(rows.map(({ x, n }) => ({ x, part: part(n), value: 1 })), {
      ...{ x: "x", part: "part", value: "value", title },
    }).alt;
  assert.match(given((n) => n), /a: 1 33.3%, 3 33.3%, 20 33.3%/);
  assert.match(given((n) => `p${n}`), /a: p3 33.3%, p1 33.3%, p20 33.3%/);
});

Deno.test("shareBarsFigure() makes bars of one length, divided by share", () => {
  const rows = [["a", "no", 30], ["a", "yes", 10], ["b", "yes", 7]]
    .map(([x, part, value]) => ({ x, part, value }));
  const { svg, alt } = shareBarsFigure(rows, { x: "x", part: "part", value: "value", title });
  const widths = [...svg.matchAll(/<rect x="[\d.]+" width="([\d.]+)" height="26"/g)]
    .map(([, width]) => Number(width) + 1);
  // A piece ends one px before the next begins.
  assert.equal(widths.length, 3);
  assert.ok(Math.abs(widths[0]! - 3 * widths[1]!) < 0.1);
  assert.ok(Math.abs(widths[0]! + widths[1]! - widths[2]!) < 0.1);
  assert.match(alt, /a: no 75.0%, yes 25.0%; b: yes 100.0%/);
});

Deno.test("heatmapFigure() leaves out what is missing, and names columns that have room", () => {
  const rows = Array.from(
    { length: 30 },
    (_, x) => ({ x: 1000 + x, y: "a", v: x === 3 ? null : x }),
  );
  const { svg } = heatmapFigure(rows, { x: "x", y: "y", value: "v", title });
  assert.equal(svg.match(/<title>a, /g)!.length, 29);
  assert.doesNotMatch(svg, /<title>a, 1003/);
  assert.match(svg, />1000</);
  assert.doesNotMatch(svg, />1001</, "its column is narrower than its name");
});

Deno.test("one thing is told in the singular", () => {
  const said = (unit: string, values: number[]) =>
    histogramsFigure([{ label: "f", unit, values }], { title }).alt;
  assert.match(said("orders", [1, 1]), /median 1 order$/);
  assert.match(said("orders", [2, 2]), /median 2 orders$/);
  assert.match(said("BRL", [1, 1]), /median 1 BRL$/);
});

Deno.test("bars that a phone has no room for stand on a desk and lie there", () => {
  const rows = Array.from({ length: 12 }, (_, i) => ({ x: String(i), y: 0.123 + i }));
  const figure = barFigure(rows, { x: "x", y: "y", horizontal: false, format: "percent", title });
  assert.equal(figure.height, 320);
  assert.equal(figure.narrow!.width, 350);
  assert.notEqual(figure.narrow!.height, 320);
  const wide = barFigure(rows, { x: "x", y: "y", width: 900, title });
  assert.equal(wide.narrow, undefined, "a width that was asked for is kept");
});
