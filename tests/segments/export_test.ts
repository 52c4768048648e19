import { CAMPAIGN_FIELDS, publishSegments, readCampaign, toSafeCsv } from "feira/segments";
import { type TableLoad, type Warehouse, writeParquet } from "feira/warehouse";
import fc from "fast-check";
import assert from "node:assert/strict";
import { plantMarket } from "./_market.ts";
import { DATASET, inWarehouse, placeCustomers, toPublishSpec } from "./_published.ts";

const { matrix } = plantMarket(120);
const [ana, rui] = matrix.customerIds as [string, string];

function table(name: string, columns: TableLoad["columns"], rows: readonly object[]): TableLoad {
  return { name, columns, from: { rows: rows as Record<string, unknown>[] } };
}

const texts = (...names: string[]) => names.map((name) => ({ name, type: "text" }) as const);

/** What Ana and Rui have bought and paid; Rui's items are of no category. */
const MARTS: readonly TableLoad[] = [
  table("dim_product", texts("product_id", "product_category_name_english"), [
    { product_id: "p1", product_category_name_english: "toys" },
    { product_id: "p2", product_category_name_english: "garden" },
    { product_id: "p3", product_category_name_english: "art" },
    { product_id: "p4", product_category_name_english: null },
  ]),
  table("fact_sales", [...texts("customer_unique_id", "product_id"), {
    name: "price",
    type: "decimal",
  }], [
    { customer_unique_id: ana, product_id: "p1", price: 10 },
    { customer_unique_id: ana, product_id: "p1", price: 10 },
    { customer_unique_id: ana, product_id: "p2", price: 15 },
    { customer_unique_id: ana, product_id: "p2", price: 6 },
    { customer_unique_id: ana, product_id: "p3", price: 900 },
    { customer_unique_id: rui, product_id: "p4", price: 1 },
  ]),
  table("fact_payments", [...texts("customer_unique_id", "payment_type"), {
    name: "payment_value",
    type: "decimal",
  }], [
    { customer_unique_id: ana, payment_type: "voucher", payment_value: 5 },
    { customer_unique_id: ana, payment_type: "voucher", payment_value: 5 },
    { customer_unique_id: ana, payment_type: "boleto", payment_value: 10 },
  ]),
  table("customer_features", [
    ...texts("customer_unique_id"),
    ...["recency", "frequency", "monetary", "num_reviews", "avg_review_score"].map((name) =>
      ({ name, type: "float" }) as const
    ),
  ], [
    {
      customer_unique_id: ana,
      recency: 12,
      frequency: 2,
      monetary: 941,
      num_reviews: 2,
      avg_review_score: 4.5,
    },
    {
      customer_unique_id: rui,
      recency: 9,
      frequency: 1,
      monetary: 1,
      num_reviews: 0,
      avg_review_score: 0,
    },
  ]),
];

async function publish(warehouse: Warehouse) {
  await placeCustomers(warehouse, matrix.customerIds, { hasAddress: true });
  const spec = await toPublishSpec(matrix);
  await publishSegments(warehouse, DATASET, spec);
  await warehouse.replaceTables(DATASET, MARTS);
  return spec;
}

Deno.test("readCampaign() gives a segment's customers with the fields of a campaign", () =>
  inWarehouse(async (warehouse) => {
    const { segmentation, subdivisions, segments } = await publish(warehouse);
    const all = await readCampaign(warehouse, DATASET, "all");
    assert.deepEqual(all.rows.map((row) => row.customer_unique_id), matrix.customerIds);
    assert.deepEqual(all.segments.map(({ segment_id }) => segment_id), [0, 1, 2]);
    for (const id of [...segments.keys()].map((at) => segments[at]!.id)) {
      const { rows, segments: [segment] } = await readCampaign(warehouse, DATASET, id);
      const own = all.rows.filter((row) => row.segment_id === id || row.subsegment_id === id);
      assert.deepEqual(rows, own);
      assert.equal(segment!.customers, own.length);
    }
    assert.deepEqual(Object.keys(all.rows[0]!), CAMPAIGN_FIELDS.map(({ name }) => name));
    const of = (customer: string) => all.rows.find((row) => row.customer_unique_id === customer)!;
    const { preferred_category, preferred_payment, mean_review_score, ...first } = of(ana);
    // Toys and garden have two items each, garden the higher price; boleto and voucher are equal.
    assert.deepEqual([preferred_category, preferred_payment, mean_review_score], [
      ...["garden", "boleto", 4.5],
    ]);
    assert.deepEqual([first.recency_days, first.frequency, first.monetary_brl], [12, 2, 941]);
    assert.deepEqual([first.segment_id, first.segment_name], [
      segmentation.segments[0],
      segments.find(({ id }) => id === segmentation.segments[0])!.name,
    ]);
    assert.equal(first.last_purchase_at, "2026-11-22 18:00:00");
    const { preferred_category: none, preferred_payment: neither, mean_review_score: no } = of(rui);
    assert.deepEqual([none, neither, no], [null, null, null]);
    assert.ok(subdivisions.length > 0);
  }));

Deno.test("readCampaign() names the ids that there are, and refuses where nothing is published", () =>
  inWarehouse(async (warehouse) => {
    await assert.rejects(readCampaign(warehouse, DATASET, 0), {
      kind: "data",
      message: /found no published segments in analytics_test/,
    });
    const { segments } = await publish(warehouse);
    await assert.rejects(readCampaign(warehouse, DATASET, 77), (error: Error) => {
      assert.match(error.message, /segment is 77, must be all or one of\n/);
      for (const { id, name, customers } of segments) {
        assert.ok(error.message.includes(`  ${id}  ${name}, ${customers} customers`));
      }
      return (error as Error & { kind: string }).kind === "usage";
    });
  }));

Deno.test("toSafeCsv() lets no text become a formula, and any text be read back", () => {
  for (const text of ["=1+1", "+55", "-1", "@SUM(A1)", "\tx", "\r=x"]) {
    assert.equal(toSafeCsv(["a"], [{ a: text }]), `a\r\n"'${text}"\r\n`);
  }
  assert.equal(toSafeCsv(["a"], [{ a: -1.5 }, { a: "5-1" }]), "a\r\n-1.5\r\n5-1\r\n");
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
    const csv = toSafeCsv(["a", "b"], values.map((a) => ({ a, b: 1 })));
    const cells = [...csv.matchAll(/(?:^|\r\n)("(?:[^"]|"")*"|[^,"\r\n]*),/g)].slice(1)
      .map(([, cell]) => cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell);
    assert.deepEqual(cells, values.map((text) => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text));
  }));
});

Deno.test("writeParquet() writes types and moments that the warehouse reads back", () =>
  inWarehouse(async (warehouse, root) => {
    const path = `${root}/new/folder/rows.parquet`;
    const columns = CAMPAIGN_FIELDS.filter(({ name }) =>
      ["city", "subsegment_id", "monetary_brl", "last_purchase_at", "margin"].includes(name)
    );
    const at = Temporal.PlainDateTime.from("2018-05-01T10:00:00");
    const row = { city: "são", subsegment_id: null, monetary_brl: 1.25, margin: 0.5 };
    const rows = [{ ...row, last_purchase_at: at }];
    assert.equal(await writeParquet(path, { columns, from: { rows } }), 1);
    assert.deepEqual(await warehouse.query(`select * from read_parquet('${path}')`), [
      { ...row, last_purchase_at: "2018-05-01 10:00:00" },
    ]);
    assert.deepEqual([...Deno.readDirSync(`${root}/new/folder`)].map(({ name }) => name), [
      "rows.parquet",
    ]);
  }));
