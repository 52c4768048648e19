import assert from "node:assert/strict";
import { join } from "node:path";
import { type TableName, tableOf, TABLES } from "feira/olist";
import { clean, query, tempDir } from "./_market.ts";
import { openWorkspace } from "feira/workspace";

const dir = Deno.env.get("FEIRA_OLIST_DIR");

interface Expected {
  readonly rows_in: number;
  readonly rows_out: number;
  /** Values changed by text.control and text.whitespace; text.nfc changes none. */
  readonly control?: number;
  readonly whitespace?: number;
  readonly nulls: number;
  /** Per column: the sum of numbers, of characters, of seconds since 1970. */
  readonly sums: Readonly<Record<string, number>>;
}

/** By pandas 3.1.1: tests/fixtures/clean/pandas_clean_oracle.py on the real subset. */
const EXPECTED: Record<TableName, Expected> = {
  product_category_name_translation: {
    rows_in: 71,
    rows_out: 71,
    nulls: 0,
    sums: { product_category_name: 1205, product_category_name_english: 1141 },
  },
  customers: {
    rows_in: 8135,
    rows_out: 8135,
    nulls: 0,
    sums: {
      customer_id: 260320,
      customer_unique_id: 260320,
      customer_zip_code_prefix: 40675,
      customer_city: 84495,
      customer_state: 16270,
    },
  },
  sellers: {
    rows_in: 1610,
    rows_out: 1610,
    whitespace: 1,
    nulls: 0,
    sums: {
      seller_id: 51520,
      seller_zip_code_prefix: 8050,
      seller_city: 16273,
      seller_state: 3220,
    },
  },
  products: {
    rows_in: 5460,
    rows_out: 5460,
    nulls: 444,
    sums: {
      product_id: 174720,
      product_category_name: 79623,
      product_name_lenght: 258093,
      product_description_lenght: 4319581,
      product_photos_qty: 12041,
      product_weight_g: 12293363,
      product_length_cm: 168113,
      product_height_cm: 93631,
      product_width_cm: 126825,
    },
  },
  orders: {
    rows_in: 8135,
    rows_out: 8135,
    nulls: 4893,
    sums: {
      order_id: 260320,
      customer_id: 260320,
      order_status: 71569,
      order_purchase_timestamp: 12310473101056,
      order_approved_at: 12089089086726,
      order_delivered_carrier_date: 9624156477564,
      order_delivered_customer_date: 7838161299962,
      order_estimated_delivery_date: 12327454454400,
    },
  },
  order_items: {
    rows_in: 8365,
    rows_out: 8365,
    nulls: 0,
    sums: {
      order_id: 267680,
      order_item_id: 9914,
      product_id: 267680,
      seller_id: 267680,
      shipping_limit_date: 12667326399659,
      price: 1093264.35,
      freight_value: 172288.39,
    },
  },
  order_payments: {
    rows_in: 8924,
    rows_out: 8924,
    nulls: 0,
    sums: {
      order_id: 285568,
      payment_sequential: 12927,
      payment_type: 86286,
      payment_installments: 25010,
      payment_value: 1428602.81,
    },
  },
  order_reviews: {
    rows_in: 8225,
    rows_out: 8225,
    control: 436,
    whitespace: 1347,
    nulls: 11361,
    sums: {
      review_id: 263200,
      order_id: 263200,
      review_score: 26909,
      review_comment_title: 12717,
      review_comment_message: 341898,
      review_creation_date: 12458586258000,
      review_answer_timestamp: 12460821493558,
    },
  },
  geolocation: {
    rows_in: 45928,
    rows_out: 36900,
    whitespace: 1,
    nulls: 0,
    sums: {
      geolocation_zip_code_prefix: 184500,
      geolocation_lat: -770887.29,
      geolocation_lng: -1706664.87,
      geolocation_city: 378504,
      geolocation_state: 73800,
    },
  },
};

/** The figures of {@linkcode Expected} as DuckDB finds them in a cleaned table. */
async function figuresOf(path: string, table: TableName) {
  const { columns } = tableOf(table);
  const sums = columns.map(({ name, type }) => {
    if (type === "timestamp") return `sum(epoch(${name}))`;
    return type === "integer" || type === "decimal" || type === "float"
      ? `round(sum(${name})::double, 2)`
      : `sum(length(${name}))`;
  });
  const nulls = columns.map(({ name }) => `count(*) - count(${name})`).join(" + ");
  const [row] = await query<Record<string, unknown>>(
    `select (${nulls})::double as nulls,
      ${sums.map((sum, i) => `(${sum})::double as "${columns[i]!.name}"`).join(", ")}
    from read_parquet('${path}')`,
  );
  const { nulls: found, ...byColumn } = row!;
  return { nulls: found, sums: byColumn };
}

Deno.test({
  name: "cleanRawData() gives what pandas gives on the real subset",
  ignore: dir === undefined,
  async fn() {
    const workspace = { ...openWorkspace({ root: await tempDir() }), rawDir: dir! };
    const accounts = await clean(workspace);
    for (const { name } of TABLES) {
      const { rows_in, rows_out, control = 0, whitespace = 0, nulls, sums } = EXPECTED[name];
      const account = accounts[name];
      assert.equal(account.rows_in, rows_in, name);
      assert.equal(account.rows_out, rows_out, name);
      assert.equal(account.merged, rows_in - rows_out, name);
      assert.equal(account.rejected, 0, name);
      assert.equal(account.reasons["duplicate.key"], 0, name);
      const nonZero = Object.entries(account.changed).filter(([, values]) => values > 0);
      const expected = Object.entries({ "text.control": control, "text.whitespace": whitespace })
        .filter(([, values]) => values > 0);
      assert.deepEqual(nonZero, expected, name);
      const found = await figuresOf(join(workspace.cleanDir, `${name}.parquet`), name);
      assert.deepEqual(found, { nulls, sums }, name);
    }
  },
});
