import { checkConditions, contradictions, profileSegments, readArchetypes } from "feira/segments";
import assert from "node:assert/strict";
import { ARCHETYPES_PATH } from "./_market.ts";
import { toMatrix } from "./_naming.ts";

/** How a customer differs from one who once bought one item of the usual price. */
interface Habits {
  readonly recency?: number;
  readonly orders?: number;
  /** Of an order. */
  readonly items?: number;
  readonly products?: number;
  readonly price?: number;
  readonly installments?: number;
  readonly score?: number;
  readonly reviews?: number;
}

const LAPSED = { recency: 500 };
const RECENT = { recency: 40 };
const PAST_YEAR = { recency: 150 };
const SMALL = { price: 30 };
const HIGH = { price: 200 };
const BIG = { price: 900 };
const BAD = { score: 1 };
const REPEAT = { orders: 2 };
const PAID_LATER = { installments: 8 };

/** One kind for each archetype but those for most of a market. */
const KINDS: Readonly<Record<string, Habits>> = {
  engaged_growing: { ...PAST_YEAR, ...REPEAT, price: 150, score: 5 },
  satisfied_explorers: { ...RECENT, ...SMALL, score: 5 },
  no_items: { items: 0 },
  disappointed_repeat: { ...REPEAT, ...BAD },
  disappointed_big_ticket: { ...BIG, ...BAD },
  high_value_repeat: { ...REPEAT, ...BIG },
  loyal: { orders: 4 },
  repeat_buyers: REPEAT,
  lapsed_repeat: { ...REPEAT, ...LAPSED },
  big_ticket_one_time: BIG,
  big_ticket_installments: { ...BIG, ...PAID_LATER },
  lapsed_big_ticket: { ...BIG, ...LAPSED },
  disappointed: BAD,
  bulk_baskets: { items: 3, price: 30 },
  mixed_baskets: { items: 3, products: 3, price: 30 },
  installment_buyers: PAID_LATER,
  small_installment_buyers: { ...SMALL, ...PAID_LATER },
  lapsed: LAPSED,
  lapsed_small_ticket: { ...LAPSED, ...SMALL },
  lapsed_mid_ticket: LAPSED,
  lapsed_high_ticket: { ...LAPSED, ...HIGH },
  delighted: { score: 5 },
  recent_small_ticket: { ...RECENT, ...SMALL },
  recent_mid_ticket: RECENT,
  recent_high_ticket: { ...RECENT, ...HIGH },
  recent_first_time: RECENT,
  past_year_small_ticket: { ...PAST_YEAR, ...SMALL },
  past_year_mid_ticket: PAST_YEAR,
  past_year_high_ticket: { ...PAST_YEAR, ...HIGH },
  small_ticket: SMALL,
  high_ticket: HIGH,
  silent: { reviews: 0 },
  ordinary_one_time: {},
};

/** A row of the matrix; the `i`-th of a kind lies a little beside the others. */
function toCustomer(habits: Habits, i: number): Record<string, number> {
  const { orders = 1, items = 1, products = 1, installments = 1 + i % 3 } = habits;
  const { recency = 100 + i * 37 % 360, price = 70 + i * 53 % 60 } = habits;
  const { score = 3 + i % 3, reviews = orders } = habits;
  const bought = orders * items;
  const own = (value: number) => value * (0.95 + 0.1 * (i % 7) / 6);
  const each = items === 0 ? 0 : own(price);
  return {
    recency: Math.round(own(recency)),
    frequency: orders,
    monetary: each * bought,
    number_of_orders: orders,
    avg_order_value: each,
    total_order_items: bought,
    total_payment_value: own(price) * Math.max(1, bought),
    avg_payment_installments: installments,
    avg_review_score: reviews === 0 ? 0 : score,
    num_reviews: reviews,
    avg_product_category_value: each,
    num_unique_products: items === 0 ? 0 : products * orders,
  };
}

/** A market of customers with the habits `most`, one in ten of which has other ones. */
function profilesOf(most: Habits, few: Habits) {
  const customers = Array.from({ length: 400 }, (_, i) => toCustomer(i < 360 ? most : few, i));
  return profileSegments(toMatrix(customers), customers.map((_, i) => i < 360 ? 0 : 1));
}

Deno.test("seeds/segment_archetypes.csv can be earned, and each text is then true", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const forMost: Readonly<Record<string, ReturnType<typeof profilesOf>>> = {
    lapsed_base: profilesOf({ ...LAPSED, ...SMALL }, { ...RECENT, ...BIG }),
    mainstream_one_time: profilesOf({}, BIG),
  };
  for (const archetype of archetypes) {
    const { archetype_id: id, conditions } = archetype;
    const most = forMost[id];
    const profile = most === undefined ? profilesOf({}, KINDS[id]!)[1]! : most[0]!;
    const failed = checkConditions(conditions, profile).filter(({ holds }) => !holds);
    assert.deepEqual(failed, [], id);
    assert.deepEqual(contradictions(archetype, profile), [], id);
  }
});

Deno.test("seeds/segment_archetypes.csv has no archetype for the usual customers but the last two", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const usual = profilesOf({}, BIG)[0]!;
  const earned = archetypes.filter(({ conditions }) =>
    checkConditions(conditions, usual).every(({ holds }) => holds)
  );
  assert.deepEqual(earned.map(({ archetype_id }) => archetype_id), [
    "mainstream_one_time",
    "ordinary_one_time",
  ]);
});
