import assert from "node:assert/strict";
import fc from "fast-check";
import { FIGURE_MIME, mapExplorerFigure, segmentMapFigure } from "feira/plots";
import { binOf, binValues } from "../../lib/plots/_bins.ts";
import { packHistograms } from "../../lib/plots/_neuron_histograms.ts";
import { pack, packLevels } from "../../lib/plots/_pack.ts";
import { seeded } from "./_figures.ts";

const segments = [{ id: 0, name: "most" }, { id: 4, name: "few" }];
const options = { width: 2, height: 2, segments, title: "t" };
/** Five customers on two of four neurons. */
const map = {
  uMatrix: [0, 0.5, 0.25, 1],
  neuronSegments: [0, 0, 0, 4],
  customerNeurons: [0, 0, 0, 3, 3],
  features: [
    { label: "orders", unit: "orders", plane: [1, 1, 1, 2], values: [1, 1, 1, 2, 3] },
    { label: "spend", unit: "BRL", plane: [10, 20, 30, 40], values: [9, 10, 11, 39, 43] },
  ],
};

/** What a page reads, as JSON has it. */
// deno-lint-ignore no-explicit-any -- a test reads whatever is there
function dataOf(from: typeof map, given = options): any {
  const { interaction } = mapExplorerFigure(from, given);
  assert.equal(interaction?.kind, "explorer");
  return JSON.parse(JSON.stringify(interaction.data));
}

const bytesOf = (text: string) => Uint8Array.fromBase64(text);
const floatsOf = (text: string) => [...new Float32Array(bytesOf(text).buffer)];

/** [neurons][bins], read as the format's description says. */
function histogramsOf(text: string, neurons: number, bins: number): number[][] {
  const bytes = [...bytesOf(text)];
  const next = (): number => {
    const byte = bytes.shift()!;
    return byte < 128 ? byte : (byte - 128) + 128 * next();
  };
  const result = Array.from({ length: neurons }, () => {
    const own = new Array<number>(bins).fill(0);
    for (let left = next(); left > 0; left--) own[next()] = next();
    return own;
  });
  assert.equal(bytes.length, 0, "nothing is left over");
  return result;
}

Deno.test("mapExplorerFigure() carries each neuron's customers, segment and sums", () => {
  const data = dataOf(map);
  assert.deepEqual([data.width, data.height, data.customers], [2, 2, 5]);
  assert.deepEqual([...new Uint32Array(bytesOf(data.hits).buffer)], [3, 0, 0, 2]);
  assert.deepEqual([...bytesOf(data.neuronSegments)], [0, 0, 0, 1], "ranks, not ids");
  assert.deepEqual(data.segments.map(({ id, at }: { id: number; at: number }) => [id, at]), [
    [0, 0],
    [4, 3],
  ]);
  const [orders, spend] = data.features;
  assert.deepEqual(floatsOf(orders.sums), [3, 0, 0, 5]);
  assert.deepEqual(floatsOf(spend.sums), [30, 0, 0, 82]);
  assert.equal(orders.mean, 1.6);
  // Of 1, 1, 1, 2, 3: squares about the mean add up to 3.2.
  assert.ok(Math.abs(orders.sd - Math.sqrt(3.2 / 5)) < 1e-12);
  assert.deepEqual(histogramsOf(orders.histograms, 4, orders.bins.count), [
    [3, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 1, 1],
  ]);
});

Deno.test("mapExplorerFigure() is the map of segments where no script runs", () => {
  const figure = mapExplorerFigure(map, options);
  const drawn = segmentMapFigure(map.neuronSegments, { ...options, hits: [3, 0, 0, 2] });
  assert.equal(figure.svg, drawn.svg);
  assert.match(figure.caption, /on paper/);
  const shown = figure[Symbol.for("Jupyter.display") as never] as () => Record<string, object>;
  assert.ok("interaction" in shown()[FIGURE_MIME]!);
  assert.doesNotMatch(String(shown()["text/html"]), /explorer/);
});

Deno.test("mapExplorerFigure() marks a segment that no neuron has", () => {
  const [, few] = dataOf({ ...map, neuronSegments: [0, 0, 0, 0] }).segments;
  assert.equal(few.at, null);
});

Deno.test("mapExplorerFigure() puts long tails on a log axis, and what it is told to", () => {
  const values = [...new Array(30).fill(1.5), 900];
  const given = (log?: boolean) =>
    dataOf({
      ...map,
      customerNeurons: values.map((_, i) => i % 4),
      features: [{
        label: "a",
        unit: "",
        plane: [1, 2, 3, 4],
        values,
        ...(log !== undefined && { log }),
      }],
    }).features[0].bins.log;
  assert.deepEqual([given(), given(false), given(true)], [true, false, true]);
});

Deno.test("packHistograms() loses no customer, whatever they are and wherever they sit", () => {
  const customer = fc.record({
    value: fc.double({ min: 0, max: 1e5, noNaN: true }),
    neuron: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(customer, { minLength: 1, maxLength: 300 }), fc.boolean(), (all, log) => {
      const values = all.map(({ value }) => value);
      const bins = binValues(values, { log, ticksOf: () => [] });
      const count = bins.edges.length - 1;
      const customerNeurons = all.map(({ neuron }) => neuron);
      const naive = Array.from({ length: 6 }, () => new Array<number>(count).fill(0));
      for (const { value, neuron } of all) naive[neuron]![binOf(value, bins)]!++;
      const packed = packHistograms(values, { customerNeurons, neurons: 6, bins });
      assert.deepEqual(histogramsOf(packed, 6, count), naive);
    }),
  );
});

Deno.test("packHistograms() writes counts beyond a byte", () => {
  const values = new Array<number>(70_000).fill(2);
  const bins = binValues([1, 2], { log: false, ticksOf: () => [] });
  const customerNeurons = new Uint8Array(70_000);
  const packed = packHistograms(values, { customerNeurons, neurons: 1, bins });
  assert.deepEqual(histogramsOf(packed, 1, 2), [[0, 70_000]]);
});

Deno.test("pack() is little-endian", () => {
  assert.deepEqual([...bytesOf(pack([1, 258], "u16"))], [1, 0, 2, 1]);
  assert.deepEqual([...bytesOf(pack([0x01020304], "u32"))], [4, 3, 2, 1]);
  assert.deepEqual([...bytesOf(pack([1], "f32"))], [0, 0, 128, 63]);
});

Deno.test("packLevels() is off by less than a step", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(fc.property(values, (values) => {
    const { lo, hi, levels } = packLevels(values);
    const read = new Uint16Array(bytesOf(levels).buffer);
    values.forEach((value, i) => {
      const back = lo + (hi - lo) * read[i]! / 65_535;
      assert.ok(Math.abs(back - value) <= (hi - lo) / 65_535);
    });
  }));
});

Deno.test("a full-size explorer of noise stays below 1.2 MB, and makes no customer out", () => {
  const random = seeded(3);
  const [neurons, customers] = [3200, 95_420];
  const plane = Float64Array.from({ length: neurons }, random);
  const figure = mapExplorerFigure({
    uMatrix: plane,
    neuronSegments: new Uint8Array(neurons),
    customerNeurons: Uint32Array.from({ length: customers }, () => Math.floor(neurons * random())),
    features: Array.from({ length: 12 }, (_, i) => ({
      label: `feature ${i}`,
      plane,
      // A twentieth of the bins per neuron, as customers who are alike fill them.
      values: Float64Array.from({ length: customers }, () => Math.floor(3 * random()) / 3),
    })),
  }, { width: 80, height: 40, segments: [{ id: 0, name: "all" }], title: "t" });
  const { length } = JSON.stringify(figure);
  assert.ok(length < 1_200_000, `${length} bytes`);
});

Deno.test("mapExplorerFigure() refuses what does not fit together", () => {
  const [feature] = map.features;
  const refused: [Partial<typeof map> | object, RegExp][] = [
    [{ uMatrix: [1] }, /uMatrix has 1 values, must have 4/],
    [{ customerNeurons: [] }, /customerNeurons is empty/],
    [{ customerNeurons: [0, 0, 0, 0, 4] }, /customerNeurons is 4 at 4, must be from 0 to 3/],
    [{ customerNeurons: [0, 0, 0, 0, 0.5] }, /customerNeurons is 0.5 at 4/],
    [{ features: [] }, /features is empty/],
    [{ features: [{ ...feature, plane: [1, 2, 3] }] }, /plane of orders has 3 values/],
    [{ features: [{ ...feature, values: [1, 2, NaN, 4, 5] }] }, /values of orders is NaN at 2/],
    [
      { features: [{ ...feature, values: [1, 2, 3, 4, -1], log: true }] },
      /values of orders on a log axis is -1 at 4/,
    ],
    [{ neuronSegments: [0, 0, 0, 2] }, /neuron 3 is of segment 2, must be one of 0, 4/],
  ];
  for (const [part, message] of refused) {
    const given = { ...map, ...part };
    assert.throws(() => mapExplorerFigure(given, options), { name: "RangeError", message });
  }
  const many = Array.from({ length: 257 }, (_, id) => ({ id, name: `s${id}` }));
  assert.throws(
    () => mapExplorerFigure(map, { ...options, segments: many }),
    /there are 257 segments, must be 256 or fewer/,
  );
});

Deno.test("mapExplorerFigure() leaves its data as it was, and draws one neuron", () => {
  const frozen = {
    uMatrix: Object.freeze([0]),
    neuronSegments: Object.freeze([0]),
    customerNeurons: Object.freeze([0]),
    features: [Object.freeze({ label: "a", plane: [1], values: Object.freeze([1]) })],
  };
  const figure = mapExplorerFigure(frozen, { ...options, width: 1, height: 1 });
  assert.match(figure.alt, /1 customers? \(100.0%\)/);
});
