import { DuckDBInstance } from "@duckdb/node-api";
import { join } from "node:path";
import { cleanRawData, type TableAccount } from "feira/clean";
import { type TableName, tableOf, TABLES } from "feira/olist";
import { cleanTable } from "../../lib/clean/_clean_table.ts";
import { openWorkspace, type Workspace } from "feira/workspace";

/** An id: 32 hexadecimal digits from a small number. */
export const id = (n: number) => n.toString(16).padStart(32, "0");

/** A value of each column that its contract takes; made here, not the source's. */
const VALUES: Record<string, string> = {
  product_category_name: "feira_livre",
  product_category_name_english: "street_market",
  customer_id: id(1),
  customer_unique_id: id(2),
  customer_zip_code_prefix: "01001",
  customer_city: "sao paulo",
  customer_state: "SP",
  seller_id: id(3),
  seller_zip_code_prefix: "90010",
  seller_city: "porto alegre",
  seller_state: "RS",
  product_id: id(4),
  product_name_lenght: "10",
  product_description_lenght: "200",
  product_photos_qty: "1",
  product_weight_g: "500",
  product_length_cm: "20",
  product_height_cm: "10",
  product_width_cm: "15",
  order_id: id(5),
  order_status: "delivered",
  order_purchase_timestamp: "2018-01-31 13:05:00",
  order_approved_at: "2018-01-31 13:20:00",
  order_delivered_carrier_date: "2018-02-01 09:00:00",
  order_delivered_customer_date: "2018-02-05 18:30:00",
  order_estimated_delivery_date: "2018-02-20 00:00:00",
  order_item_id: "1",
  shipping_limit_date: "2018-02-03 13:05:00",
  price: "58.90",
  freight_value: "13.29",
  payment_sequential: "1",
  payment_type: "boleto",
  payment_installments: "1",
  payment_value: "72.19",
  review_id: id(6),
  review_score: "5",
  review_comment_title: "bom",
  review_comment_message: "chegou no prazo",
  review_creation_date: "2018-02-06 00:00:00",
  review_answer_timestamp: "2018-02-07 11:12:13",
  geolocation_zip_code_prefix: "01001",
  geolocation_lat: "-23.55",
  geolocation_lng: "-46.63",
  geolocation_city: "sao paulo",
  geolocation_state: "SP",
};

/** One valid row of a table, with some values replaced. */
export function rowOf(table: TableName, values: Record<string, string> = {}): string[] {
  return tableOf(table).columns.map(({ name }) => values[name] ?? VALUES[name]!);
}

const quoted = (value: string) =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** A CSV file of rows, values quoted where they must be. */
export function toCsv(rows: readonly (readonly string[])[], newline = "\n"): string {
  return rows.map((row) => row.map(quoted).join(",") + newline).join("");
}

/** The whole file of a table: header and rows. */
export function fileOf(table: TableName, rows: readonly (readonly string[])[]): string {
  return toCsv([tableOf(table).columns.map(({ name }) => name), ...rows]);
}

/** A folder that goes when the tests of the file are done. */
export async function tempDir(): Promise<string> {
  const dir = await Deno.makeTempDir({ prefix: "feira_clean_" });
  made.push(dir);
  return dir;
}

const made: string[] = [];
Deno.test.afterAll(async () => {
  for (const dir of made) await Deno.remove(dir, { recursive: true });
});

/** A raw folder with one valid row per table, but for the files given. */
export async function market(
  files: Partial<Record<TableName, string | Uint8Array>> = {},
): Promise<Workspace> {
  const workspace = openWorkspace({ root: await tempDir() });
  await Deno.mkdir(workspace.rawDir, { recursive: true });
  for (const { name } of TABLES) {
    await writeRaw(workspace, { table: name, content: files[name] ?? fileOf(name, [rowOf(name)]) });
  }
  return workspace;
}

/** Puts one raw file in its place. */
export async function writeRaw(
  workspace: Workspace,
  { table, content }: { table: TableName; content: string | Uint8Array },
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(join(workspace.rawDir, tableOf(table).file), bytes);
}

/** Cleans in silence and gives the account by table. */
export async function clean(workspace: Workspace): Promise<Record<TableName, TableAccount>> {
  const effects = { log: () => {}, now: () => Temporal.Now.instant() };
  const accounts = await cleanRawData(workspace, { effects });
  return Object.fromEntries(accounts.map((account) => [account.table, account])) as Record<
    TableName,
    TableAccount
  >;
}

/** Cleans one table's file alone, which takes a tenth of the nine. */
export async function cleanOne(
  table: TableName,
  content: string | Uint8Array,
): Promise<{ workspace: Workspace; account: TableAccount }> {
  const workspace = openWorkspace({ root: await tempDir() });
  const { rawDir, cleanDir } = workspace;
  await Deno.mkdir(rawDir, { recursive: true });
  await Deno.mkdir(join(cleanDir, "rejects"), { recursive: true });
  await writeRaw(workspace, { table, content });
  return { workspace, account: await cleanTable(tableOf(table), { rawDir, cleanDir }) };
}

/** Cleans one table's rows; gives its account and its cleaned rows as texts. */
export async function cleanRows(table: TableName, rows: readonly (readonly string[])[]) {
  const { workspace, account } = await cleanOne(table, fileOf(table, rows));
  return { workspace, account, rows: await parquetRows(workspace, table) };
}

/** A cleaned table's rows as DuckDB reads them, in the file's order; null stays null. */
export async function parquetRows(
  workspace: Workspace,
  table: TableName,
): Promise<Record<string, string | null>[]> {
  const path = join(workspace.cleanDir, `${table}.parquet`);
  const casts = tableOf(table).columns.map(({ name }) => `${name}::varchar as ${name}`);
  return await query(`select ${casts.join(", ")} from read_parquet('${path}')`);
}

/** Rows of a query on a fresh DuckDB, an engine that the room itself does not use. */
export async function query<Row>(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjects() as Row[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
