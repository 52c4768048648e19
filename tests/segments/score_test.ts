import { type CustomerMatrix, PRESETS, toSql } from "feira/features";
import {
  assignCustomers,
  fitSegmentation,
  loadScorer,
  saveModel,
  scoreCustomers,
  type Scorer,
  scorerTables,
  scoresTable,
  subdivide,
  toScorer,
} from "feira/segments";
import type { TableLoad } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { inFolder, plantMarket, SMALL } from "./_market.ts";

const { matrix } = plantMarket(600);
const segmentation = await fitSegmentation(matrix, SMALL);
const subdivisions = await subdivide(matrix, segmentation, { to: 3, resamples: 2 });
const model = { segmentation, subdivisions };
const scorer = toScorer({ ...model, distances: segmentation.units.distance });

/** Some of the customers, in another order. */
function take(rows: readonly number[], from: CustomerMatrix = matrix): CustomerMatrix {
  const { cols, data } = from;
  return {
    ...from,
    customerIds: rows.map((row) => from.customerIds[row]!),
    data: Float64Array.from(
      rows.flatMap((row) => [...data.subarray(row * cols, (row + 1) * cols)]),
    ),
    rows: rows.length,
  };
}

const rowsOf = (load: TableLoad) => (load.from as { rows: Record<string, unknown>[] }).rows;

Deno.test("scoreCustomers() gives the customers of the fit what they were published with", async () => {
  const { isUnlike: _, customerIds, ...scores } = await scoreCustomers(matrix, scorer);
  assert.deepEqual(customerIds, matrix.customerIds);
  assert.deepEqual(scores, await assignCustomers(matrix, model));
  assert.ok(scores.subsegment.some((id) => id >= 100) && scores.subsegment.some((id) => id === -1));
});

Deno.test("scoreCustomers() gives a customer the same whoever else is asked about", async () => {
  const all = await scoreCustomers(matrix, scorer);
  const rows = [599, 3, 42, 3];
  const some = await scoreCustomers(take(rows), scorer);
  rows.forEach((row, at) => {
    for (const  of of["segment", "subsegment", "neuron", "margin", "subsegmentMargin"] as const) {
      assert.equal(some[of][at], all[of][row], of);
    }
  });
});

Deno.test("scoreCustomers() flags who is unlike all that the model has seen, and few others", async () => {
  const strange = take([0, 1]);
  strange.data[strange.featureNames.indexOf("monetary")] = 1e7;
  const { isUnlike, distance } = await scoreCustomers(strange, scorer);
  assert.deepEqual([...isUnlike], [1, 0]);
  assert.ok(distance[0]! > scorer.unlikeDistance);
  const seen = await scoreCustomers(matrix, scorer);
  assert.equal(seen.isUnlike.reduce((sum, is) => sum + is, 0), 1);
});

Deno.test("scoreCustomers() takes no customers, and a model without a second level", async () => {
  const nobody = await scoreCustomers(take([]), scorer);
  for (const values of Object.values(nobody)) assert.equal(values.length, 0);
  const { subsegment, subsegmentMargin } = await scoreCustomers(matrix, {
    ...scorer,
    divisions: [],
  });
  assert.ok(subsegment.every((id) => id === -1));
  assert.ok(subsegmentMargin.every(Number.isNaN));
});

Deno.test("scoreCustomers() refuses other features than the model's", async () => {
  const other = { ...matrix, featureNames: matrix.featureNames.toReversed() };
  await assert.rejects(scoreCustomers(other, scorer), { name: "RangeError" });
});

Deno.test("scoreCustomers() changes neither customers nor scorer", async () => {
  const before = structuredClone({ matrix, scorer });
  await scoreCustomers(matrix, scorer);
  assert.deepEqual({ matrix, scorer }, before);
});

Deno.test("loadScorer() reads a saved model without the customers that it was fitted on", () =>
  inFolder(async (dir) => {
    await saveModel(`${dir}/model`, segmentation, matrix, { subdivisions });
    const loaded = await loadScorer(`${dir}/model`);
    assert.deepEqual(loaded, scorer);
    assert.deepEqual(await scoreCustomers(matrix, loaded), await scoreCustomers(matrix, scorer));
  }));

Deno.test("loadScorer() refuses a folder without a model, and a damaged one", () =>
  inFolder(async (dir) => {
    const refused = (error: unknown) => error instanceof FeiraError && error.kind === "data";
    await assert.rejects(loadScorer(`${dir}/none`), refused);
    for (const name of ["model.json", "map.json", "subdivisions.json"]) {
      await saveModel(`${dir}/model`, segmentation, matrix, { subdivisions });
      await Deno.writeTextFile(`${dir}/model/${name}`, "{}");
      await assert.rejects(loadScorer(`${dir}/model`), refused, name);
    }
    const text = JSON.stringify({ format: "feira/segmentation", version: 1 });
    await Deno.writeTextFile(`${dir}/model/model.json`, text);
    await assert.rejects(loadScorer(`${dir}/model`), { message: /must be feira\/segmentation/ });
  }));

Deno.test("scorerTables() holds all of the model, number by number", () => {
  const [modelTable, scaler, prototypes] = scorerTables(scorer);
  assert.deepEqual(rowsOf(modelTable!), [{
    model_id: segmentation.modelId,
    map_width: 12,
    map_height: 6,
    unlike_distance: scorer.unlikeDistance,
  }]);
  const spaces = [
    { level: 1, parent: null, scaler: scorer.features.scaler, weights: scorer.map.weights },
    ...scorer.divisions.map(({ parent, features, centroids }) => ({
      level: 2,
      parent,
      scaler: features.scaler,
      weights: centroids,
    })),
  ];
  for (const space of spaces) {
    const isOfSpace = (row: Record<string, unknown>) =>
      row.level === space.level && row.parent_segment_id === space.parent;
    const scales = rowsOf(scaler!).filter(isOfSpace);
    assert.deepEqual(scales.map(({ feature }) => feature), space.scaler.featureNames);
    assert.deepEqual(scales.map(({ mean }) => mean), [...space.scaler.mean]);
    assert.deepEqual(scales.map(({ deviation }) => deviation), [...space.scaler.scale]);
    const weights = rowsOf(prototypes!).filter(isOfSpace);
    assert.deepEqual(weights.map(({ weight }) => weight), [...space.weights]);
  }
  const neurons = rowsOf(prototypes!).filter(({ level, position }) =>
    level === 1 && position === 0
  );
  assert.deepEqual(neurons.map(({ segment_id }) => segment_id), [...scorer.neuronSegments]);
});

Deno.test("scoresTable() says who is new and who was published elsewhere", async () => {
  const scores = await scoreCustomers(take([0, 1, 2, 3]), scorer);
  const ids = scores.customerIds;
  const published = {
    assignments: new Map([
      [ids[0]!, scores.segment[0]!],
      [ids[1]!, 77],
      [ids[2]!, scores.segment[2]!],
      ["gone", 0],
    ]),
    subassignments: new Map([[ids[0]!, scores.subsegment[0]!], [ids[2]!, 177]]),
  };
  const rows = rowsOf(scoresTable(scores, scorer, published));
  assert.deepEqual(rows.map(({ is_new }) => is_new), [false, false, false, true]);
  assert.deepEqual(rows.map(({ has_moved }) => has_moved), [false, true, true, false]);
  const { neuron_x, neuron_y } = rows[0]!;
  assert.equal(Number(neuron_x) * scorer.map.height + Number(neuron_y), scores.neuron[0]);
});

Deno.test("scoreCustomers() breaks ties by the lowest neuron, and by the lowest centre", async () => {
  const twins: Scorer = {
    ...scorer,
    features: { preset: "guide", scaler: scorer.features.scaler },
    map: { weights: new Float64Array(4 * 12), width: 2, height: 2, features: 12 },
    neuronSegments: Int32Array.of(2, 1, 0, 0),
    divisions: [],
  };
  const { neuron, segment, margin } = await scoreCustomers(take([0, 1]), twins);
  assert.deepEqual([...neuron, ...segment, ...margin], [0, 0, 2, 2, 0, 0]);
});

Deno.test("dbt's feature_value() has the expression of every feature of every preset", async () => {
  const plain = (sql: string) => sql.replaceAll(/\s+/g, " ").replaceAll(/([(]) | ([)])/g, "$1$2");
  const path = new URL("../../dbt/macros/scoring.sql", import.meta.url);
  const macro = plain((await Deno.readTextFile(path)).replaceAll("{{ customers }}", "customers"));
  for (const { name, expression } of [...PRESETS.guide, ...PRESETS.refined]) {
    const isRaw = expression === name;
    const wanted = isRaw
      ? `"${name}"`
      : `when '${name}' then ${toSql(expression, (column) => `customers.${column}`)}`;
    assert.ok(macro.includes(plain(wanted)), `${wanted} in ${macro}`);
  }
});
