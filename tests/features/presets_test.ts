import {
  type CustomerMatrix,
  describePreset,
  evaluate,
  type Expression,
  FEATURES,
  fitFeatures,
  fitScaler,
  PRESETS,
  scale,
  toScaledFeatures,
  toSql,
} from "feira/features";
import { openWarehouse } from "feira/warehouse";
import { openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";
import figures from "../fixtures/features/presets.json" with { type: "json" };
import { assertClose, toMatrix } from "./_matrix.ts";

/** Made-up customers, for whom scikit-learn says what is expected. */
const matrix: CustomerMatrix = toMatrix(figures.data, figures.featureNames);

Deno.test("fitFeatures() and toScaledFeatures() give scikit-learn's refined features", () => {
  const before = matrix.data.slice();
  const fitted = fitFeatures(matrix, "refined");
  assertClose(fitted.scaler.mean, figures.mean);
  assertClose(fitted.scaler.scale, figures.scale);
  const scaled = toScaledFeatures(matrix, fitted);
  assertClose(scaled.data, figures.scaled);
  assert.deepEqual([scaled.rows, scaled.cols], [40, 5]);
  assert.deepEqual(scaled.featureNames, PRESETS.refined.map(({ name }) => name));
  assert.deepEqual(scaled.customerIds, matrix.customerIds);
  assert.deepEqual(matrix.data, before);
});

Deno.test("fitFeatures() takes the guide's features as they are", () => {
  const fitted = fitFeatures(matrix, "guide");
  assert.deepEqual(fitted, { preset: "guide", scaler: fitScaler(matrix) });
  assert.deepEqual(toScaledFeatures(matrix, fitted), scale(matrix, fitted.scaler));
  assert.deepEqual(PRESETS.guide.map(({ name }) => name), FEATURES.map(({ name }) => name));
});

Deno.test("toScaledFeatures() describes other customers by the scale it was fitted on", () => {
  const fitted = fitFeatures(matrix, "refined");
  const one = {
    ...matrix,
    customerIds: ["other"],
    data: matrix.data.slice(12 * 7, 12 * 8),
    rows: 1,
  };
  const all = toScaledFeatures(matrix, fitted);
  assert.deepEqual(toScaledFeatures(one, fitted).data, all.data.slice(5 * 7, 5 * 8));
});

Deno.test("fitFeatures() takes a feature that nobody has for constant", () => {
  const data = matrix.data.slice();
  const reviews = matrix.featureNames.indexOf("num_reviews");
  for (let row = 0; row < 40; row++) data[row * 12 + reviews] = 0;
  const fitted = fitFeatures({ ...matrix, data }, "refined");
  assert.deepEqual(fitted.scaler.constantFeatures, ["review_score"]);
  const { data: scaled } = toScaledFeatures({ ...matrix, data }, fitted);
  for (let row = 0; row < 40; row++) assert.equal(scaled[row * 5 + 4], 0);
});

Deno.test("fitFeatures() refuses a matrix without what it is made of, and infinite features", () => {
  const featureNames = matrix.featureNames.with(2, "spent");
  assert.throws(
    () => fitFeatures({ ...matrix, featureNames }, "refined"),
    { name: "TypeError", message: /must have monetary/ },
  );
  const data = matrix.data.with(12 * 3 + 2, -1);
  assert.throws(
    () => fitFeatures({ ...matrix, data }, "refined"),
    { name: "RangeError", message: /log_monetary: it is -Infinity for customer c00003/ },
  );
  assert.throws(
    () => fitFeatures({ ...matrix, customerIds: [], data: new Float64Array(), rows: 0 }, "refined"),
    /found 0 customers/,
  );
});

Deno.test("describePreset() gives scipy's skewness of who has the feature, and the share of who has not", () => {
  const described = describePreset(matrix, "refined");
  assertClose(described.map(({ skewness }) => skewness), figures.skewness);
  assertClose(described.map(({ skewnessBefore }) => skewnessBefore), figures.skewnessBefore);
  assertClose(described.map(({ missing }) => missing), figures.missing);
  assert.equal(described[1]!.sql, "ln((1 + monetary))");
  for (const { name, from, skewness, skewnessBefore, missing } of describePreset(matrix, "guide")) {
    assert.deepEqual([from, skewness, missing], [name, skewnessBefore, 0]);
  }
});

Deno.test("evaluate() makes what rests on a missing value missing", () => {
  const two = {
    customerIds: ["a", "b"],
    featureNames: ["x", "y"],
    data: Float64Array.of(8, 2, 8, 0),
    rows: 2,
    cols: 2,
  };
  const cases: [Expression, number[]][] = [
    [3, [3, 3]],
    [{ ratio: ["x", "y"] }, [4, NaN]],
    [{ sqrt: { ratio: ["x", "y"] } }, [2, NaN]],
    [{ sum: [1, { where: "y", value: "x" }] }, [9, NaN]],
    [{ ln: { sum: ["y", 1] } }, [Math.log(3), 0]],
  ];
  for (const [expression, expected] of cases) {
    assert.deepEqual([...evaluate(expression, two)], expected);
  }
});

Deno.test("toSql() computes in a warehouse what evaluate() does here", async () => {
  const root = await Deno.makeTempDir();
  try {
    await using warehouse = await openWarehouse(openWorkspace({ root }));
    const row = (at: number) =>
      matrix.featureNames.map((name, col) => `${matrix.data[at * 12 + col]}e0 as ${name}`);
    const rows = matrix.customerIds.map((_, at) => `select ${at} as place, ${row(at).join(", ")}`);
    const sql = PRESETS.refined.map(({ name, expression }) =>
      `${toSql(expression, (column) => `customers.${column}`)} as ${name}`
    );
    const found = await warehouse.query<Record<string, number | null>>(
      `select ${sql.join(", ")} from (${rows.join(" union all ")}) as customers order by place`,
    );
    for (const { name, expression } of PRESETS.refined) {
      evaluate(expression, matrix).forEach((value, at) => {
        const other = found[at]![name];
        if (Number.isNaN(value)) assert.equal(other, null);
        else assert.ok(Math.abs(Number(other) - value) < 1e-12, `${name} of ${at}`);
      });
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
