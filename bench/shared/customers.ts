import { join } from "node:path";
import { type CustomerMatrix, FEATURES, fitScaler, scale } from "feira/features";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { FeiraError, openWorkspace, systemEffects } from "feira/workspace";
import type { BenchContext } from "./bench.ts";
import { syntheticCustomersSql } from "./synthetic_customers.ts";

/** The customers that a bench works on, and where they came from. */
export interface Customers {
  /** One line for a reader: real or made up, and which. */
  readonly source: string;
  readonly isSynthetic: boolean;
  /** Features in their own units. */
  readonly raw: CustomerMatrix;
  /** Features as z-scores (population standard deviation). */
  readonly scaled: CustomerMatrix;
}

/** The option by which a bench is told of real customers, as commander takes it. */
export const CUSTOMERS_OPTION = [
  "--customers <file>",
  "Parquet with the real customers (default: FEIRA_CUSTOMERS, else a synthetic market's)",
] as const;

/** The file that {@linkcode CUSTOMERS_OPTION} or the environment names. */
export function toCustomersFile(
  { toPath }: Pick<BenchContext, "toPath">,
  options: Readonly<Record<string, unknown>>,
): string | undefined {
  const file = options.customers as string | undefined ?? systemEffects.env("FEIRA_CUSTOMERS");
  return file === undefined ? undefined : toPath(file);
}

/** Orders of the synthetic market: as many as the real one has. */
const ORDERS = 99_441;

/**
 * The customer matrix of a Parquet file with a column `customer_unique_id` and
 * the twelve features, or that of a synthetic market of the real one's size.
 *
 * @param file undefined for the synthetic market, of so many `orders`
 * @throws {FeiraError} `usage` when there is no such file, `data` when it lacks
 * a feature or a value
 */
export async function readCustomers(
  file: string | undefined,
  { scratchDir, orders = ORDERS }: { scratchDir: string; orders?: number },
): Promise<Customers> {
  const root = join(scratchDir, "customers");
  await Deno.mkdir(root);
  await using warehouse = await openWarehouse(openWorkspace({ root, engine: "duckdb" }));
  if (file === undefined) {
    const table = await syntheticCustomersSql({ orders, dir: root });
    return toCustomers(await read(warehouse, table), {
      source: `a synthetic market of ${orders} orders (no --customers FILE given)`,
      isSynthetic: true,
    });
  }
  if (!await isFile(file)) {
    throw new FeiraError("usage", `Cannot read customers: ${file} is no file, must be Parquet`);
  }
  return toCustomers(await read(warehouse, `read_parquet('${file.replaceAll("'", "''")}')`), {
    source: `the customers of ${file.replace(/^.*[/\\]/, "")}`,
    isSynthetic: false,
  });
}

function toCustomers(
  matrix: CustomerMatrix,
  { source, isSynthetic }: Pick<Customers, "source" | "isSynthetic">,
): Customers {
  return {
    source: `${source}: ${matrix.rows} × ${matrix.cols}, z-scored`,
    isSynthetic,
    raw: matrix,
    scaled: scale(matrix, fitScaler(matrix)),
  };
}

/** @param table what SQL may select from */
async function read(warehouse: Warehouse, table: string): Promise<CustomerMatrix> {
  const featureNames = FEATURES.map(({ name }) => name);
  const values = featureNames.map((name) => `cast(${name} as double) as ${name}`);
  const { rows, numbers, texts } = await warehouse.columns(
    `select customer_unique_id, ${values.join(", ")} from ${table} order by customer_unique_id`,
  );
  const cols = featureNames.length;
  const data = new Float64Array(rows * cols);
  featureNames.forEach((name, col) => {
    numbers[name]!.forEach((value, row) => {
      if (!Number.isFinite(value)) {
        throw new FeiraError(
          "data",
          `Cannot read customers: ${name} is ${value} in row ${row}, must be finite`,
        );
      }
      data[row * cols + col] = value;
    });
  });
  return { customerIds: texts.customer_unique_id!, featureNames, data, rows, cols };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
