import { DuckDBInstance } from "@duckdb/node-api";
import { estimateSilhouette, kMeans, type Matrix, silhouette } from "feira/cluster";
import assert from "node:assert/strict";

/** customer_features.parquet of the real market; its figures are scikit-learn 1.9.1's. */
const FILE = Deno.env.get("FEIRA_CUSTOMERS");
const INERTIA = 659_436.67;
const SILHOUETTE = 0.66063;

/** The twelve numeric features after the customer's id, as z-scores. */
async function readScaled(file: string): Promise<Matrix> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select columns(* exclude (customer_unique_id))::double from '${file.replaceAll("'", "''")}'`,
  );
  const columns = reader.getColumns().slice(0, 12) as number[][];
  connection.closeSync();
  instance.closeSync();
  const rows = columns[0]!.length;
  const data = new Float64Array(rows * columns.length);
  columns.forEach((column, d) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    column.forEach((value, i) =>
      data[i * columns.length + d] = (value - mean) / Math.sqrt(variance)
    );
  });
  return { data, rows, cols: columns.length };
}

Deno.test({
  name: "kMeans() and silhouette() reach scikit-learn's figures on the real customers",
  ignore: FILE === undefined,
  fn: async () => {
    const matrix = await readScaled(FILE!);
    const fit = await kMeans(matrix, { k: 3 });
    assert.ok(fit.inertia <= INERTIA * 1.001, `${fit.inertia}`);
    const { mean } = await silhouette(matrix, fit.labels);
    assert.ok(Math.abs(mean - SILHOUETTE) < 1e-4, `${mean}`);
    const single = await silhouette(matrix, fit.labels, { precision: "float32" });
    assert.ok(Math.abs(single.mean - mean) < 1e-9, `${single.mean}, ${mean}`);
    const { low, high } = await estimateSilhouette(matrix, fit.labels, {
      limit: 20_000,
      confidence: 0.999,
    });
    assert.ok(low <= mean && mean <= high, `${mean} in ${low}..${high}`);
  },
});
