import type { Columns, Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import type { CustomerMatrix } from "./customer_matrix.ts";
import { FEATURES } from "./features.ts";

const TABLE = "customer_features";
const ID = "customer_unique_id";

/**
 * Reads the customers' features, in the order of {@linkcode FEATURES}, customers
 * by their id. Memory: the table twice, 96 bytes per customer and its id.
 *
 * @param dataset that holds `customer_features`.
 * @throws {FeiraError} `data` when the table is not there or empty, a column is
 * missing or no number, a customer is there twice, or a value is NULL, NaN or
 * infinite; the message names customer and column.
 *
 * @example
 * ```ts
 * import { FEATURES, readCustomerMatrix } from "feira/features";
 * import { openWarehouse } from "feira/warehouse";
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ root: await Deno.makeTempDir() });
 * await using warehouse = await openWarehouse(workspace);
 * const zeros = FEATURES.map(({ name }) => `0.0 as ${name}`).join(", ");
 * await warehouse.query("create schema marts");
 * await warehouse.query(
 *   `create table marts.customer_features as select 'a' as customer_unique_id, ${zeros}`,
 * );
 * const matrix = await readCustomerMatrix(warehouse, "marts");
 * assert.deepEqual([matrix.rows, matrix.cols], [1, 12]);
 * ```
 */
export async function readCustomerMatrix(
  warehouse: Warehouse,
  dataset: string,
): Promise<CustomerMatrix> {
  const place = `${dataset}.${TABLE}`;
  const featureNames = FEATURES.map((feature) => feature.name);
  await assertThere(warehouse, dataset, [ID, ...featureNames]);
  const columns = await warehouse.columns(
    `select ${[ID, ...featureNames].join(", ")} from ${
      warehouse.nameOf(dataset, TABLE)
    } order by ${ID}`,
  );
  const customerIds = columns.texts[ID];
  if (!customerIds) throw refuse(place, `${ID} is no text`, "a text");
  if (columns.rows === 0) throw refuse(place, "no customers", "at least one");
  const twice = customerIds.find((id, row) => row > 0 && id === customerIds[row - 1]);
  if (twice !== undefined) throw refuse(place, `customer ${twice} twice`, "one row per customer");
  const data = toRows(columns, { featureNames, customerIds, place });
  return { customerIds, featureNames, data, rows: columns.rows, cols: featureNames.length };
}

async function assertThere(
  warehouse: Warehouse,
  dataset: string,
  needed: readonly string[],
): Promise<void> {
  const place = `${dataset}.${TABLE}`;
  const tables = await warehouse.listTables(dataset);
  if (!tables.some((table) => table.name === TABLE)) {
    throw refuse(place, "no such table", "made by the notebook that builds the marts");
  }
  const all = await warehouse.columns(`select * from ${warehouse.nameOf(dataset, TABLE)} limit 0`);
  const missing = needed.filter((name) => !all.names.includes(name));
  if (missing.length > 0) {
    throw refuse(place, `no column ${missing.join(", ")}`, "there");
  }
}

/** Columns one after the other become rows; refuses what is no finite number. */
function toRows(
  columns: Columns,
  { featureNames, customerIds, place }: {
    featureNames: readonly string[];
    customerIds: readonly string[];
    place: string;
  },
): Float64Array {
  const cols = featureNames.length;
  const data = new Float64Array(columns.rows * cols);
  featureNames.forEach((name, col) => {
    const values = columns.numbers[name];
    if (!values) throw refuse(place, `${name} is no number`, "a number");
    values.forEach((value, row) => {
      if (!Number.isFinite(value)) {
        const found = Number.isNaN(value) ? "NULL or NaN" : String(value);
        throw refuse(place, `${name} of customer ${customerIds[row]} is ${found}`, "finite");
      }
      data[row * cols + col] = value;
    });
  });
  return data;
}

function refuse(place: string, found: string, must: string): FeiraError {
  return new FeiraError("data", `Cannot read ${place}: found ${found}, must be ${must}`);
}
