import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { type SyntheticMarket, syntheticMarket, type TableName, TABLES } from "feira/olist";
import { readCsv } from "./_read_csv.ts";

type Row = Record<string, string>;

function readMarket(market: SyntheticMarket): Record<TableName, Row[]> {
  return Object.fromEntries(
    market.tables.map(({ name, csv }) => [name, readCsv([...csv()].join(""))]),
  ) as Record<TableName, Row[]>;
}

function hashMarket(spec: { orders: number; seed?: number }): string {
  const hash = createHash("sha256");
  for (const { csv } of syntheticMarket(spec).tables) for (const text of csv()) hash.update(text);
  return hash.digest("hex");
}

const market = syntheticMarket({ orders: 5_000, seed: 42 });
const rows = readMarket(market);

function share(part: number, of: number): number {
  return part / of;
}

function assertNear(actual: number, expected: number, tolerance: number, what = "value"): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${what} is ${actual}, must be ${expected} ± ${tolerance}`,
  );
}

function quantile(values: number[], p: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(p * (values.length - 1))]!;
}

Deno.test("syntheticMarket() gives the same bytes for a seed, here and anywhere", () => {
  assert.equal(hashMarket({ orders: 500, seed: 42 }), hashMarket({ orders: 500 }));
  assert.notEqual(hashMarket({ orders: 500, seed: 42 }), hashMarket({ orders: 500, seed: 43 }));
  // Changes with every change of the generator, and with nothing else.
  assert.equal(
    hashMarket({ orders: 500, seed: 42 }),
    "01ba7aae63247756d6851b60ca6215fd92b8a568c6070a1066bb411f819ed391",
  );
});

Deno.test("syntheticMarket() gives each table anew at every call", () => {
  const { csv } = market.tables.find(({ name }) => name === "order_reviews")!;
  assert.deepEqual([...csv()], [...csv()]);
});

Deno.test("syntheticMarket() has the nine tables with the contract's columns", () => {
  for (const [i, { name, file, columns }] of TABLES.entries()) {
    assert.equal(market.tables[i]?.name, name);
    assert.equal(market.tables[i]?.file, file);
    assert.deepEqual(Object.keys(rows[name][0]!), columns.map((column) => column.name));
  }
  assert.equal(rows.orders.length, 5_000);
  assert.equal(rows.customers.length, 5_000);
});

Deno.test("syntheticMarket() keeps to the contract's types, ranges, choices and nulls", () => {
  const pattern = {
    id: /^[0-9a-f]{32}$/,
    zip: /^\d{5}$/,
    text: /^[^]+$/,
    integer: /^\d+$/,
    decimal: /^\d+\.\d\d$/,
    float: /^-?\d+\.\d{6}$/,
    timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  };
  for (const { name, columns } of TABLES) {
    for (const column of columns) {
      for (const row of rows[name]) {
        const value = row[column.name]!;
        if (value === "" && column.nullable) continue;
        assert.match(value, pattern[column.type], `${name}.${column.name}`);
        if (column.values) assert.ok(column.values.includes(value), `${column.name} ${value}`);
        if (column.range) {
          const [least, most] = column.range;
          assert.ok(Number(value) >= least && Number(value) <= most, `${column.name} ${value}`);
        }
      }
    }
  }
});

Deno.test("syntheticMarket() has unique keys", () => {
  for (const { name, key } of TABLES) {
    if (key.length === 0) continue;
    const keys = new Set(rows[name].map((row) => key.map((column) => row[column]).join(" ")));
    assert.equal(keys.size, rows[name].length, name);
  }
});

Deno.test("syntheticMarket() has whole relations", () => {
  for (const { name, references } of TABLES) {
    for (const { column, table, foreignColumn } of references) {
      const known = new Set(rows[table].map((row) => row[foreignColumn]));
      const orphans = rows[name].filter((row) => row[column] !== "" && !known.has(row[column]));
      assert.equal(orphans.length, 0, `${name}.${column}`);
    }
  }
});

Deno.test("syntheticMarket() gives every order of a person the same address", () => {
  const homes = new Map<string, string>();
  for (const row of rows.customers) {
    const home = `${row.customer_zip_code_prefix} ${row.customer_city} ${row.customer_state}`;
    assert.equal(homes.get(row.customer_unique_id!) ?? home, home);
    homes.set(row.customer_unique_id!, home);
  }
});

Deno.test("syntheticMarket() has payments that add up to items and freight to the cent", () => {
  const cents = (text: string) => Math.round(Number(text) * 100);
  const due = new Map<string, number>();
  for (const { order_id, price, freight_value } of rows.order_items) {
    due.set(order_id!, (due.get(order_id!) ?? 0) + cents(price!) + cents(freight_value!));
  }
  const paid = new Map<string, number>();
  for (const { order_id, payment_value } of rows.order_payments) {
    paid.set(order_id!, (paid.get(order_id!) ?? 0) + cents(payment_value!));
  }
  assert.equal(paid.size, 5_000);
  for (const [order, sum] of due) assert.equal(paid.get(order), sum, order);
});

Deno.test("syntheticMarket() orders the events of an order's life, but for its stated dirt", () => {
  const dirt = market.countDirt();
  const delivered = rows.orders.filter(({ order_delivered_customer_date: date }) => date !== "");
  const late = delivered.filter((row) =>
    row.order_approved_at! > row.order_delivered_customer_date!
  );
  assert.equal(late.length, dirt.approvedAfterDelivery);
  for (const row of rows.orders) {
    if (row.order_approved_at !== "") {
      assert.ok(row.order_approved_at! >= row.order_purchase_timestamp!);
    }
    assert.match(row.order_estimated_delivery_date!, / 00:00:00$/);
  }
  for (const row of delivered) {
    assert.ok(row.order_delivered_customer_date! > row.order_purchase_timestamp!);
  }
});

Deno.test("countDirt() counts what is in the rows", () => {
  const dirt = market.countDirt();
  const reviewed = Map.groupBy(rows.order_reviews, (row) => row.order_id!);
  const withItems = new Set(rows.order_items.map((row) => row.order_id));
  const messages = rows.order_reviews.map((row) => row.review_comment_message!);
  const points = rows.geolocation.map((row) => Object.values(row).join(","));
  const abroad = (row: Row) => Number(row.geolocation_lat) > 6 || Number(row.geolocation_lng) > -30;
  const count = (values: Row[], is: (row: Row) => boolean) => values.filter(is).length;
  assert.deepEqual(dirt, {
    repeatedReviewIds: rows.order_reviews.length -
      new Set(rows.order_reviews.map((row) => row.review_id)).size,
    ordersWithTwoReviews: [...reviewed.values()].filter(({ length }) => length === 2).length,
    ordersWithoutReview: 5_000 - reviewed.size,
    ordersWithoutItems: 5_000 - withItems.size,
    canceledOrders: count(rows.orders, (row) => row.order_status === "canceled"),
    unavailableOrders: count(rows.orders, (row) => row.order_status === "unavailable"),
    deliveredWithoutADate: count(
      rows.orders,
      (row) =>
        row.order_status === "delivered" &&
        [
          row.order_approved_at,
          row.order_delivered_carrier_date,
          row.order_delivered_customer_date,
        ].includes(""),
    ),
    approvedAfterDelivery: count(
      rows.orders,
      (row) =>
        row.order_delivered_customer_date !== "" &&
        row.order_approved_at! > row.order_delivered_customer_date!,
    ),
    handedOverBeforeApproval: count(
      rows.orders,
      (row) =>
        row.order_delivered_carrier_date !== "" &&
        row.order_approved_at! > row.order_delivered_carrier_date!,
    ),
    undefinedPayments: count(rows.order_payments, (row) => row.payment_type === "not_defined"),
    paddedComments: messages.filter((text) => text !== text.trim()).length,
    commentsWithNewlines: messages.filter((text) => text.includes("\n")).length,
    commentsWithControls: messages.filter((text) => text.includes("\u0007")).length,
    productsWithoutCategory: count(rows.products, (row) => row.product_category_name === ""),
    repeatedPoints: points.length - new Set(points).size,
    pointsAbroad: count(rows.geolocation, abroad),
    accentedCities: count(
      rows.geolocation,
      (row) => /[^\x20-\x7e]/.test(row.geolocation_city!),
    ),
  });
  for (const [kind, found] of Object.entries(dirt)) {
    if (kind !== "undefinedPayments") assert.ok(found > 0, `no ${kind} in 5,000 orders`);
  }
});

Deno.test("syntheticMarket() has the statuses, scores and payments of the real market", () => {
  const part = (name: TableName, column: string, value: string) =>
    share(rows[name].filter((row) => row[column] === value).length, rows[name].length);
  // Tolerances are about four standard deviations at 5,000 orders.
  assertNear(part("orders", "order_status", "delivered"), 0.970, 0.01);
  for (const [score, expected] of Object.entries({ 1: 0.115, 2: 0.032, 3: 0.082, 4: 0.193 })) {
    assertNear(part("order_reviews", "review_score", score), expected, 0.025, `score ${score}`);
  }
  assertNear(part("order_reviews", "review_score", "5"), 0.578, 0.03);
  assertNear(part("order_payments", "payment_type", "credit_card"), 0.739, 0.03);
  assertNear(part("order_payments", "payment_type", "boleto"), 0.19, 0.025);
  assertNear(part("order_payments", "payment_type", "voucher"), 0.056, 0.02);
  assertNear(part("customers", "customer_state", "SP"), 0.42, 0.03);
  assertNear(part("sellers", "seller_state", "SP"), 0.597, 0.16);
  assertNear(part("order_reviews", "review_comment_message", ""), 0.587, 0.05);
});

Deno.test("syntheticMarket() has the real market's buyers, baskets and prices", () => {
  const persons = Map.groupBy(rows.customers, (row) => row.customer_unique_id!);
  const again = [...persons.values()].filter(({ length }) => length > 1).length;
  assertNear(share(again, persons.size), 0.0312, 0.01, "share of repeat buyers");
  // 99,224 reviews have 98,410 ids; each one more would hide a repeat buyer's second review.
  const reviews = rows.order_reviews.map((row) => row.review_id!);
  const repeated = reviews.length - new Set(reviews).size;
  assertNear(share(repeated, reviews.length), 0.0082, 0.003, "share of repeated reviews");
  const baskets = Map.groupBy(rows.order_items, (row) => row.order_id!);
  const larger = [...baskets.values()].filter(({ length }) => length > 1).length;
  assertNear(share(larger, baskets.size), 0.099, 0.02, "share of larger baskets");
  const prices = rows.order_items.map((row) => Number(row.price));
  assertNear(quantile(prices, 0.5), 75, 10, "median price");
  assertNear(quantile(prices, 0.25), 40, 8);
  assertNear(quantile(prices, 0.75), 135, 20);
  assertNear(quantile(prices, 0.99), 900, 350);
  const charming = rows.order_items.filter((row) => /\.(90|99|00)$/.test(row.price!)).length;
  assertNear(share(charming, prices.length), 0.83, 0.04);
  const freights = rows.order_items.map((row) => Number(row.freight_value));
  assertNear(quantile(freights, 0.5), 16.3, 2, "median freight");
});

Deno.test("syntheticMarket() grows, peaks on Black Friday and stays within its two years", () => {
  const days = rows.orders.map((row) => row.order_purchase_timestamp!.slice(0, 10));
  assert.ok(days.every((day) => day >= "2016-09-04" && day <= "2018-10-17"));
  const of = (start: string) => days.filter((day) => day.startsWith(start)).length;
  assert.ok(of("2018-0") > 1.5 * of("2017-0"));
  const byDay = Map.groupBy(days, (day) => day);
  const [peak] = [...byDay].sort((a, b) => b[1].length - a[1].length)[0]!;
  assert.equal(peak, "2017-11-24");
});

Deno.test("syntheticMarket() makes late customers unhappy, far freight dear, large sums split", () => {
  const orders = new Map(rows.orders.map((row) => [row.order_id!, row]));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const scores = { late: [] as number[], onTime: [] as number[] };
  for (const { order_id, review_score } of rows.order_reviews) {
    const { order_delivered_customer_date: end, order_estimated_delivery_date: due } = orders.get(
      order_id!,
    )!;
    if (end === "") continue;
    scores[end!.slice(0, 10) > due!.slice(0, 10) ? "late" : "onTime"].push(Number(review_score));
  }
  assertNear(mean(scores.late), 2.2, 0.4, "mean score when late");
  assertNear(mean(scores.onTime), 4.28, 0.1, "mean score when on time");
  assertNear(share(scores.late.length, 5_000), 0.068, 0.025, "share of late orders");
  const cards = rows.order_payments.filter((row) => row.payment_type === "credit_card");
  const installments = (is: (value: number) => boolean) =>
    mean(
      cards.filter((row) => is(Number(row.payment_value)))
        .map((row) => Number(row.payment_installments)),
    );
  assertNear(installments((value) => value < 60), 2, 0.3);
  assertNear(installments((value) => value > 800), 7.5, 1);
  const states = new Map(rows.customers.map((row) => [row.customer_id, row.customer_state]));
  const freightTo = (wanted: string[]) =>
    mean(
      rows.order_items
        .filter((row) => wanted.includes(states.get(orders.get(row.order_id!)!.customer_id)!))
        .map((row) => Number(row.freight_value)),
    );
  assert.ok(freightTo(["CE", "PA", "MA", "RN", "PI"]) > 1.5 * freightTo(["SP"]));
});

Deno.test("syntheticMarket() keeps leading zeros and points in Brazil, but for the few abroad", () => {
  assert.ok(rows.customers.some((row) => row.customer_zip_code_prefix!.startsWith("0")));
  const inside = rows.geolocation.filter((row) => {
    const [lat, lng] = [Number(row.geolocation_lat), Number(row.geolocation_lng)];
    return lat > -33.8 && lat < 5.3 && lng > -74 && lng < -34.7;
  });
  assert.equal(rows.geolocation.length - inside.length, market.countDirt().pointsAbroad);
});

Deno.test("syntheticMarket() makes whole small markets", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (orders, seed) => {
      const small = readMarket(syntheticMarket({ orders, seed }));
      assert.equal(small.orders.length, orders);
      assert.equal(small.customers.length, orders);
      assert.equal(new Set(small.order_payments.map((row) => row.order_id)).size, orders);
      for (const name of ["products", "sellers", "geolocation"] as const) {
        assert.ok(small[name].length > 0);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("syntheticMarket() gives its text in bounded pieces", () => {
  for (const { csv } of market.tables) {
    for (const text of csv()) assert.ok(text.length < 70_000);
  }
});

Deno.test("syntheticMarket() throws on numbers that cannot be", () => {
  for (const orders of [0, -1, 1.5, NaN, Infinity, 10_000_001]) {
    assert.throws(() => syntheticMarket({ orders }), {
      name: "RangeError",
      message: /orders is .+, must be a whole number from 1 to 10,000,000$/,
    });
  }
  for (const seed of [0.5, NaN, 2 ** 32]) {
    assert.throws(() => syntheticMarket({ orders: 1, seed }), { name: "RangeError" });
  }
});
