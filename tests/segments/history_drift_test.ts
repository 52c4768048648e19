import type { CustomerMatrix } from "feira/features";
import {
  binFeatures,
  featureDrift,
  fitSegmentation,
  maybeMapDrift,
  migrations,
  populationStability,
  readStability,
  saveModel,
} from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";
import { inFolder, plantMarket, SMALL } from "./_market.ts";

interface Case {
  readonly name: string;
  readonly baseline: readonly number[];
  readonly now: readonly number[];
  readonly edges: readonly number[];
  readonly expected: readonly number[];
  readonly actual: readonly number[];
  readonly psi: number;
}

/** Made by numpy; see make_drift.py beside it. */
const { cases }: { cases: readonly Case[] } = JSON.parse(
  await Deno.readTextFile(new URL("../fixtures/segments/drift.json", import.meta.url)),
);

/** One feature, called so. */
function toMatrix(values: readonly number[], feature = "monetary"): CustomerMatrix {
  return {
    customerIds: values.map((_, i) => `c${i}`),
    featureNames: [feature],
    data: Float64Array.from(values),
    rows: values.length,
    cols: 1,
  };
}

Deno.test("binFeatures() and featureDrift() give numpy's bins and index", () => {
  for (const { name, baseline, now, edges, expected, psi } of cases) {
    const bins = binFeatures(toMatrix(baseline));
    assert.deepEqual(bins, [{ feature: "monetary", edges, counts: expected }], name);
    const [drift] = featureDrift(toMatrix(now), bins);
    assert.ok(Math.abs(drift!.psi - psi) < 1e-12, `${name}: ${drift!.psi}, numpy ${psi}`);
    assert.equal(drift!.shift, readStability(psi));
  }
});

Deno.test("populationStability() is 0 for the same shares, symmetric, and never negative", () => {
  assert.equal(populationStability([1, 2, 3], [10, 20, 30]), 0);
  const counts = fc.array(fc.nat(50), { minLength: 3, maxLength: 3 })
    .filter((each) => each.some((count) => count > 0));
  fc.assert(fc.property(counts, counts, (a, b) => {
    const psi = populationStability(a, b);
    assert.ok(psi >= 0 && Math.abs(psi - populationStability(b, a)) < 1e-12);
  }));
});

Deno.test("populationStability() takes an empty bin for half a row", () => {
  const expected = (0.05 - 0.5) * Math.log(0.05 / 0.5) + (1 - 0.5) * Math.log(1 / 0.5);
  assert.ok(Math.abs(populationStability([5, 5], [0, 10]) - expected) < 1e-12);
});

Deno.test("populationStability() refuses counts that are none", () => {
  for (const [a, b] of [[[1], [1, 2]], [[0, 0], [1, 2]], [[1, -1], [1, 2]], [[NaN, 1], [1, 2]]]) {
    assert.throws(() => populationStability(a!, b!), RangeError);
  }
});

Deno.test("readStability() reads the index by the usual limits", () => {
  const read = [0, 0.0999, 0.1, 0.2499, 0.25, 3].map(readStability);
  const [stable, shifted, strongly] = ["stable", "shifted", "strongly shifted"];
  assert.deepEqual(read, [stable, stable, shifted, shifted, strongly, strongly]);
});

Deno.test("featureDrift() puts the most moved first, with a share that a reader can check", () => {
  const then = {
    customerIds: Array.from({ length: 10 }, (_, i) => `c${i}`),
    featureNames: ["recency", "gone", "monetary"],
    data: Float64Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) + 1),
    rows: 10,
    cols: 3,
  };
  const now = toMatrix([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "monetary");
  const [recency, , monetary] = binFeatures(then);
  const high = { ...now, featureNames: ["recency"], data: now.data.map((value) => value + 8) };
  assert.deepEqual(featureDrift(high, [recency!, monetary!]).map(({ feature }) => feature), [
    "recency",
  ]);
  const both = {
    ...then,
    featureNames: ["monetary", "new", "recency"],
    data: Float64Array.from(then.data, (value, i) => i % 3 === 2 ? value + 8 : value),
  };
  const drift = featureDrift(both, binFeatures(then));
  assert.deepEqual(drift.map(({ feature }) => feature), ["recency", "monetary"]);
  const [{ edge, shareAboveThen, shareAboveNow }] = drift as [typeof drift[0]];
  assert.deepEqual([edge, shareAboveThen, shareAboveNow], [5, 0.5, 1]);
  assert.equal(drift[1]!.psi, 0);
});

Deno.test("migrations() counts every customer of either side once", () => {
  const side = fc.dictionary(fc.constantFrom(..."abcdefgh"), fc.nat(3))
    .map((each) => new Map(Object.entries(each)));
  fc.assert(fc.property(side, side, (before, now) => {
    const ways = migrations(before, now);
    const sum = (list: typeof ways) => list.reduce((all, { customers }) => all + customers, 0);
    assert.equal(sum(ways.filter(({ from }) => from !== undefined)), before.size);
    assert.equal(sum(ways.filter(({ to }) => to !== undefined)), now.size);
    for (const { from, to, customers } of ways) {
      const ids = new Set([...before.keys(), ...now.keys()]);
      const found = [...ids].filter((id) => before.get(id) === from && now.get(id) === to);
      assert.equal(customers, found.length);
    }
    for (const [, list] of Map.groupBy(ways, ({ from }) => from)) {
      const shares = list.reduce((all, { share }) => all + share, 0);
      assert.ok(Math.abs(shares - 1) < 1e-12);
    }
  }));
});

Deno.test("maybeMapDrift() measures the published map, and no other", () =>
  inFolder(async (dir) => {
    const { matrix } = plantMarket(150);
    const fit = await fitSegmentation(matrix, SMALL);
    const spec = { dir: `${dir}/model`, modelId: fit.modelId };
    assert.equal(await maybeMapDrift(matrix, spec), undefined);
    await saveModel(spec.dir, fit, matrix);
    assert.equal(await maybeMapDrift(matrix, { ...spec, modelId: "another" }), undefined);
    const same = (await maybeMapDrift(matrix, spec))!;
    assert.deepEqual(same, { qeThen: fit.metrics.qe, qeNow: fit.metrics.qe, change: 0 });

    const data = matrix.data.map((value, i) => i % matrix.cols === 0 ? value + 500 : value);
    const later = (await maybeMapDrift({ ...matrix, data }, spec))!;
    assert.equal(later.qeThen, same.qeThen);
    assert.ok(later.qeNow > 2 * same.qeNow, `${later.qeNow}`);
    assert.equal(later.change, later.qeNow / later.qeThen - 1);

    await Deno.writeTextFile(`${spec.dir}/map.json`, "{}");
    await assert.rejects(maybeMapDrift(matrix, spec), { kind: "data" });
  }));
