import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { PNG } from "pngjs";
import { segmentColor, segmentMapFigure, uMatrixFigure } from "feira/plots";
import { binValues } from "../../lib/plots/_bins.ts";
import { placeLabels } from "../../lib/plots/_place_labels.ts";
import { toPngUri } from "../../lib/plots/_png.ts";
import { colorRange } from "../../lib/plots/_raster.ts";
import { deepestNeuron, largestRegion } from "../../lib/plots/_region.ts";
import { spread } from "../../lib/plots/_spread.ts";
import { fitText, textWidth, wrapText } from "../../lib/plots/_text.ts";
import { inkOn } from "../../lib/plots/theme.ts";

/** A picture's colours as pngjs reads them, row by row from the top. */
function colorsOf(uri: string): string[] {
  const png = PNG.sync.read(Buffer.from(uri.split("base64,")[1]!, "base64"));
  return Array.from(
    { length: png.width * png.height },
    (_, i) => "#" + png.data.subarray(4 * i, 4 * i + 3).toString("hex"),
  );
}

const imageOf = (svg: string) => svg.match(/href="(data:image\/png[^"]+)"/)![1]!;

Deno.test("toPngUri() writes what another decoder reads", () => {
  const picture = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
  })
    .chain(({ width, height }) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        indices: fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 2 }),
      })
    );
  const hex = ["#000000", "#ff8000", "#0072b2"];
  const palette = [[0, 0, 0], [255, 128, 0], [0, 114, 178]] as const;
  fc.assert(fc.property(picture, (picture) => {
    const expected = Array.from(picture.indices, (i) => hex[i]!);
    assert.deepEqual(colorsOf(toPngUri({ ...picture, palette })), expected);
  }));
});

Deno.test("a map has x to the right and y upward, neuron (x, y) at x * height + y", () => {
  // Neuron (0, 0) is of segment 0, (0, 1) of 1, (1, 0) of 2, (1, 1) of 3, (2, ·) of 4.
  const segments = [0, 1, 2, 3, 4].map((id) => ({ id, name: `s${id}` }));
  const { svg } = segmentMapFigure([0, 1, 2, 3, 4, 4], {
    width: 3,
    height: 2,
    segments,
    title: "t",
  });
  assert.deepEqual(colorsOf(imageOf(svg)), [1, 3, 4, 0, 2, 4].map(segmentColor));
});

Deno.test("uMatrixFigure() is light where neighbours are near and dark where far", () => {
  const [low, high] = colorsOf(
    imageOf(uMatrixFigure([0, 1], { width: 2, height: 1, title: "t" }).svg),
  );
  assert.equal(inkOn(low!), "#000000");
  assert.equal(inkOn(high!), "#ffffff");
});

Deno.test("colorRange() ends at the 98th percentile only when a few lie far out", () => {
  const even = Array.from({ length: 101 }, (_, i) => i);
  assert.deepEqual(colorRange(even), { lo: 0, hi: 100, clipped: false });
  assert.deepEqual(colorRange([...even.slice(0, 100), 1000]), { lo: 0, hi: 98, clipped: true });
  // With 98 of 100 equal there is nothing but the few to show.
  assert.deepEqual(colorRange([...new Array(100).fill(1), 9]), { lo: 1, hi: 9, clipped: false });
});

Deno.test("largestRegion() and deepestNeuron() find the middle of the largest piece", () => {
  // Segment 1 is a 3 × 3 block from (2, 0) and a single neuron at (0, 0).
  const size = { width: 6, height: 4 };
  const segments = Array.from({ length: 24 }, (_, n) => {
    const [x, y] = [Math.floor(n / 4), n % 4];
    return (x >= 2 && x <= 4 && y <= 2) || n === 0 ? 1 : 0;
  });
  const region = largestRegion(segments, 1, size);
  assert.equal(region.size, 9);
  assert.ok(!region.has(0));
  assert.equal(deepestNeuron(region, size), 3 * 4 + 1);
  assert.equal(largestRegion(segments, 7, size).size, 0);
  assert.equal(deepestNeuron(new Set(), size), undefined);
});

Deno.test("deepestNeuron() stays in a crescent whose middle is outside", () => {
  const size = { width: 5, height: 5 };
  const ring = new Set(
    Array.from({ length: 25 }, (_, n) => n).filter((n) =>
      n < 5 || n >= 20 || n % 5 === 0 || n % 5 === 4
    ),
  );
  assert.ok(ring.has(deepestNeuron(ring, size)!));
});

Deno.test("binValues() counts every value once", () => {
  const ticksOf = () => [];
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 50,
  });
  fc.assert(fc.property(values, fc.boolean(), (values, log) => {
    const { edges, shares } = binValues(values, { log, ticksOf });
    assert.equal(edges.length, shares.length + 1);
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-9);
  }));
});

Deno.test("binValues() gives few whole numbers a bin each", () => {
  const { edges, shares, ticks } = binValues([1, 1, 1, 3], { log: false, ticksOf: () => [] });
  assert.deepEqual(edges, [0.5, 1.5, 2.5, 3.5]);
  assert.deepEqual(shares, [0.75, 0, 0.25]);
  assert.deepEqual(ticks.map(({ text }) => text), ["1", "2", "3"]);
});

Deno.test("binValues() on a log axis puts ten and a hundred equally far from one", () => {
  const { edges, shares, ticks } = binValues([0, 9, 99.5, 999], { log: true, ticksOf: () => [] });
  assert.equal(edges.at(-1), 3);
  assert.deepEqual([shares[0], shares[10], shares[20], shares[29]], [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual(ticks.map(({ text }) => text), ["0", "1", "10", "100"]);
});

Deno.test("spread() keeps order, distance and bounds where they can be kept", () => {
  const positions = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(positions, (positions) => {
    const moved = spread(positions, 16, [0, 200]).sort((a, b) => a - b);
    for (let i = 1; i < moved.length; i++) assert.ok(moved[i]! - moved[i - 1]! >= 16 - 1e-9);
    assert.ok(moved[0]! >= 0 && moved.at(-1)! <= 200);
  }));
  assert.deepEqual(spread([10, 100, 50], 16, [0, 200]), [10, 100, 50]);
});

Deno.test("placeLabels() draws no name over another, a point or the edge, and reports the rest", () => {
  const point = fc.record({
    x: fc.integer({ min: 0, max: 300 }),
    y: fc.integer({ min: 0, max: 200 }),
    radius: fc.constant(6),
    text: fc.constantFrom("a", "batch", "guide settings, online"),
  });
  const bounds = { x0: 0, y0: 0, x1: 300, y1: 200 };
  fc.assert(fc.property(fc.array(point, { minLength: 1, maxLength: 12 }), (points) => {
    const { markup, left } = placeLabels(points, { bounds });
    const boxes = [
      ...markup.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*text-anchor="(\w+)"[^>]*>([^<]*)/g),
    ]
      .map(([, x, y, anchor, text]) => {
        const width = textWidth(text!, { fontSize: 13 });
        const x0 = Number(x) - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2);
        return { x0, x1: x0 + width, y0: Number(y) - 7, y1: Number(y) + 7 };
      });
    assert.equal(boxes.length + left.length, points.length);
    for (const [i, a] of boxes.entries()) {
      assert.ok(a.x0 > -0.1 && a.x1 < 300.1 && a.y0 > -0.1 && a.y1 < 200.1);
      for (const b of boxes.slice(i + 1)) {
        assert.ok(a.x1 < b.x0 + 0.1 || b.x1 < a.x0 + 0.1 || a.y1 < b.y0 + 0.1 || b.y1 < a.y0 + 0.1);
      }
      for (const { x, y } of points) {
        const apart = Math.max(a.x0 - x, x - a.x1, a.y0 - y, y - a.y1);
        assert.ok(apart > 0, "a point lies under a name");
      }
    }
  }));
});

Deno.test("fitText() and wrapText() never exceed their width", () => {
  const style = { fontSize: 13 };
  const words = fc.string({ minLength: 1, maxLength: 60 });
  fc.assert(fc.property(words, fc.integer({ min: 30, max: 200 }), (text, width) => {
    assert.ok(textWidth(fitText(text, width, style), style) <= width);
    const lines = wrapText(text, { ...style, width, lines: 2 });
    assert.ok(lines.length <= 2);
    for (const line of lines) assert.ok(textWidth(line, style) <= width);
  }));
  assert.equal(fitText("short", 100, style), "short");
  assert.deepEqual(wrapText("one two three", { ...style, width: 60, lines: 2 }), [
    "one two",
    "three",
  ]);
});

Deno.test("segmentColor() gives eight colours and refuses what is no id", () => {
  assert.equal(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(segmentColor)).size, 8);
  for (const id of [-1, 0.5, NaN, 2 ** 60]) assert.throws(() => segmentColor(id), RangeError);
});

Deno.test("inkOn() keeps WCAG's 4.5 to 1 on every segment colour", () => {
  const luminance = (color: string) =>
    [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
  for (const id of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const [a, b] = [luminance(segmentColor(id)), luminance(inkOn(segmentColor(id)))];
    assert.ok((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) >= 4.5, `segment ${id}`);
  }
});
