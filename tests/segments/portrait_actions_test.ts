import {
  type ActionSpec,
  ASSUMPTIONS,
  type Assumptions,
  type Behaviour,
  describeAction,
  type KeyFigures,
  suggestActions,
  wilsonInterval,
} from "feira/segments";
import assert from "node:assert/strict";
import fc from "fast-check";

const behaviour: Behaviour = {
  categories: [],
  states: [],
  payments: [],
  installmentShare: 0.5,
  delivery: {
    orders: 1000,
    arrived: wilsonInterval(970, 1000),
    medianDays: 10,
    late: wilsonInterval(78, 970),
    badAfterLate: wilsonInterval(40, 78),
    badAfterOnTime: wilsonInterval(80, 800),
  },
  thin: wilsonInterval(50, 1000),
};

/** Figures for which no rule's conditions hold. */
const PLAIN: KeyFigures = {
  customers: 1000,
  onceShare: 0.5,
  repeatShare: 0.04,
  thirdShare: 0.01,
  recentShare: 0.2,
  yearShare: 0.6,
  awayShare: 0.4,
  happyShare: 0.8,
  unhappyShare: 0.15,
  recentContentShare: 0.2,
  awayContentShare: 0.3,
  badReviewShare: 0.14,
  medianOrderBrl: 90,
  medianItems: 1,
  medianItemBrl: 80,
  medianInstallments: 1,
  q75Installments: 2.5,
  lostShare: 0.03,
  lateShare: 0.08,
};

const suggest = (own: Partial<KeyFigures>, more: Partial<ActionSpec> = {}) =>
  suggestActions({
    own: { ...PLAIN, ...own },
    everyone: PLAIN,
    behaviour,
    market: behaviour,
    ...more,
  });

/** For each rule: figures that just meet all its conditions, and its prize by hand. */
const CASES: Readonly<
  Record<string, { own: Partial<KeyFigures>; behaviour?: Behaviour; prize: number }>
> = {
  second_order: {
    own: { onceShare: 0.8, recentContentShare: 0.1, happyShare: 0.5 },
    prize: 1000 * 0.1 * 0.04 * 0.25 * 90,
  },
  win_back: {
    own: { onceShare: 0.8, awayShare: 0.5, recentContentShare: 0 },
    prize: 1000 * 0.3 * 0.04 * 0.1 * 90,
  },
  apologise: {
    own: { unhappyShare: 0.4, badReviewShare: 0.38 },
    prize: 1000 * 0.38 * 0.04 * 0.25 * 90,
  },
  deliver_on_time: { own: { lateShare: 0.12 }, prize: 1000 * (0.12 - 0.08) * 0.04 * 90 },
  save_orders: { own: { lostShare: 0.05 }, prize: 1000 * 0.05 * 0.1 * 90 },
  monthly_price: {
    own: { medianInstallments: 3 },
    behaviour: { ...behaviour, installmentShare: 0.6 },
    prize: 1000 * 0.6 * 0.02 * 90,
  },
  accessories: {
    own: { onceShare: 0.8, medianOrderBrl: 270, recentContentShare: 0 },
    prize: 1000 * 0.86 * 0.04 * 0.25 * 90,
  },
  loyalty: { own: { repeatShare: 0.75 }, prize: 1000 * 0.25 * 0.25 * 90 },
  bundles: { own: { medianItems: 2 }, prize: 1000 * 0.6 * 0.05 * 80 },
};

Deno.test("suggestActions() has nothing to suggest where no rule's conditions hold", () => {
  assert.deepEqual(suggest({}), []);
});

for (const [id, { own, prize, ...more }] of Object.entries(CASES)) {
  Deno.test(`suggestActions() suggests ${id} where all its conditions hold, and computes its prize`, () => {
    const found = suggest(own, more);
    assert.deepEqual(found.map((action) => action.id), [id]);
    const [action] = found;
    assert.ok(Math.abs(action!.prizeBrl - prize) < 1e-9 * prize, `${action!.prizeBrl}, ${prize}`);
    for (const { value, direction, limit } of action!.evidence) {
      assert.ok(direction === "at least" ? value >= limit : value <= limit);
    }
    assert.equal(
      action!.factors.reduce((product, { value }) => product * value, 1),
      action!.prizeBrl,
    );
    assert.ok(action!.factors.filter(({ basis }) => basis === "assumed").length <= 1);
  });

  Deno.test(`suggestActions() leaves ${id} out where one condition fails or is no number`, () => {
    const { evidence } = suggest(own, more)[0]!;
    const touched = Object.keys(own) as (keyof KeyFigures)[];
    for (const key of touched.filter((key) => evidence.some(({ value }) => value === own[key]))) {
      for (const value of [own[key]! * 0.99, NaN]) {
        const ids = suggest({ ...own, [key]: value }, more).map((action) => action.id);
        assert.ok(!ids.includes(id), `${id} with ${key} ${value}`);
      }
    }
    assert.ok(!suggest({ ...own, customers: 0 }, more).some((action) => action.id === id));
  });
}

Deno.test("suggestActions() puts the largest prize first, and takes other assumptions", () => {
  const own = { onceShare: 0.9, lateShare: 0.2, medianItems: 3, lostShare: 0.2 };
  const found = suggest(own);
  assert.ok(found.length >= 3);
  const prizes = found.map(({ prizeBrl }) => prizeBrl);
  assert.deepEqual(prizes, prizes.toSorted((a, b) => b - a));
  const assumptions: Partial<Assumptions> = {
    savedOrders: { ...ASSUMPTIONS.savedOrders, value: 0.2 },
    extraItemUplift: { ...ASSUMPTIONS.extraItemUplift, value: 0 },
  };
  const changed = new Map(suggest(own, { assumptions }).map(({ id, prizeBrl }) => [id, prizeBrl]));
  const before = new Map(found.map(({ id, prizeBrl }) => [id, prizeBrl]));
  assert.equal(changed.get("save_orders"), 2 * before.get("save_orders")!);
  assert.ok(before.has("bundles") && !changed.has("bundles"), "nothing to win, nothing to do");
  for (const value of [-0.1, 1.1, NaN]) {
    assert.throws(
      () => suggest(own, { assumptions: { savedOrders: { ...ASSUMPTIONS.savedOrders, value } } }),
      /^RangeError: Cannot suggest actions: savedOrders is .*, must be 0..1$/,
    );
  }
});

Deno.test("suggestActions() values orders that were never filled as everyone's", () => {
  const [action] = suggest({ lostShare: 0.9, medianOrderBrl: NaN });
  assert.equal(action!.id, "save_orders");
  assert.equal(action!.factors.at(-1)!.value, PLAIN.medianOrderBrl);
  assert.match(action!.factors.at(-1)!.label, /of all customers/);
});

Deno.test("describeAction() shows numbers whose product is the prize that it names", () => {
  const share = fc.double({ min: 0.02, max: 1, noNaN: true });
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 100_000 }),
    share,
    share,
    fc.double({ min: 20, max: 2000, noNaN: true }),
    (customers, lostShare, away, medianOrderBrl) => {
      const own = {
        customers,
        lostShare,
        awayContentShare: away,
        medianOrderBrl,
        onceShare: 1,
        awayShare: 1,
      };
      for (const action of suggest(own)) {
        const { arithmetic, because, prize, text } = describeAction(action);
        const [left, right] = arithmetic.split(" = ") as [string, string];
        const product = left.split(" × ").map((factor) => {
          const [, number, unit] = factor.match(/^([\d.,]+)(%?)/)!;
          return Number(number!.replaceAll(",", "")) / (unit === "%" ? 100 : 1);
        }).reduce((a, b) => a * b, 1);
        const named = Number(prize.match(/[\d.,]+/)![0].replaceAll(",", ""));
        assert.equal(right, prize);
        // Each factor is rounded to two digits or more, the prize to two.
        assert.ok(Math.abs(product - action.prizeBrl) <= 0.05 * action.prizeBrl + 0.01, arithmetic);
        assert.ok(Math.abs(named - action.prizeBrl) <= 0.05 * action.prizeBrl + 0.005, arithmetic);
        assert.ok(
          text.includes(because) && text.includes(arithmetic) && text.includes(action.todo),
        );
        assert.doesNotMatch(text, /NaN|undefined|Infinity|#/);
      }
    },
  ));
});
