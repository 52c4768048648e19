import { CAMPAIGN_FIELDS, readCampaign, toSafeCsv } from "feira/segments";
import { writeParquet } from "feira/warehouse";
import fc from "fast-check";
import assert from "node:assert/strict";
import { ana, CUSTOMERS, publishCampaign, rui } from "./_campaign.ts";
import { DATASET, inWarehouse } from "./_published.ts";

Deno.test("readCampaign() gives a segment's customers with the fields of a campaign", () =>
  inWarehouse(async (warehouse) => {
    const { segmentation, subdivisions, segments } = await publishCampaign(warehouse);
    const all = await readCampaign(warehouse, DATASET, "all");
    assert.deepEqual(all.rows.map((row) => row.customer_unique_id), CUSTOMERS);
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
    const { segments } = await publishCampaign(warehouse);
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
