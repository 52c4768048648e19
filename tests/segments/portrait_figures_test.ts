import {
  compareFeatures,
  compareShares,
  describeSpread,
  DISTINCT,
  PORTRAIT_FEATURES,
  type PortraitValues,
  wilsonInterval,
} from "feira/segments";
import assert from "node:assert/strict";
import fc from "fast-check";

/** By scipy and numpy: tests/fixtures/segments/make_portrait_figures.py. */
const FIGURES = JSON.parse(
  await Deno.readTextFile(
    new URL("../fixtures/segments/portrait_figures.json", import.meta.url),
  ),
);

function assertNear(found: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${found}, ${expected}`,
  );
}

Deno.test("wilsonInterval() gives scipy's intervals", () => {
  for (const { hits, trials, z, interval } of FIGURES.wilson) {
    const { share, low, high, of } = wilsonInterval(hits, trials, { z });
    assert.equal(share, hits / trials);
    assert.equal(of, trials);
    assertNear(low, interval[0], `low of ${hits} in ${trials}`);
    assertNear(high, interval[1], `high of ${hits} in ${trials}`);
  }
});

Deno.test("wilsonInterval() holds the share, mirrors, and narrows with more trials", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 5000 }).chain((trials) =>
      fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials))
    ),
    ([hits, trials]) => {
      const { share, low, high } = wilsonInterval(hits, trials);
      assert.ok(0 <= low && low <= share && share <= high && high <= 1);
      const mirrored = wilsonInterval(trials - hits, trials);
      assertNear(mirrored.low, 1 - high, "mirrored");
      const more = wilsonInterval(hits * 10, trials * 10);
      assert.ok(more.high - more.low < high - low);
    },
  ));
});

Deno.test("wilsonInterval() knows nothing of no trials and refuses what is no count", () => {
  assert.deepEqual(wilsonInterval(0, 0), { of: 0, share: NaN, low: 0, high: 1 });
  for (const [hits, trials] of [[-1, 3], [4, 3], [0.5, 3], [1, Infinity], [NaN, 3]] as const) {
    assert.throws(() => wilsonInterval(hits, trials), /^RangeError: Cannot take a share: found/);
  }
  for (const z of [0, -1, NaN]) assert.throws(() => wilsonInterval(1, 2, { z }), /z is/);
});

Deno.test("describeSpread() gives numpy's quantiles and does not sort its input", () => {
  const values = Float64Array.from(FIGURES.own as number[]);
  const before = values.slice();
  const { count, ...found } = describeSpread(values);
  assert.deepEqual(values, before);
  assert.equal(count, 40);
  for (const [name, value] of Object.entries(found)) {
    assertNear(value, FIGURES.ownSpread[name], name);
  }
  const none = describeSpread(new Float64Array());
  assert.deepEqual([none.count, none.mean, none.median, none.p95], [0, NaN, NaN, NaN]);
  assert.equal(describeSpread(Float64Array.of(7)).p5, 7);
});

Deno.test("compareFeatures() gives scipy's Cliff's delta, and leaves out who has no value", () => {
  const values = [...FIGURES.own, ...FIGURES.others, NaN, NaN] as number[];
  const column = Float64Array.from(values);
  const all = Object.fromEntries(
    PORTRAIT_FEATURES.map(({ name }) => [name, column]),
  ) as unknown as PortraitValues;
  const rows = Int32Array.from([...FIGURES.own.keys(), values.length - 1]);
  const [recency] = compareFeatures(all, rows);
  assert.deepEqual([recency!.own.count, recency!.others.count], [40, 165]);
  assertNear(recency!.delta, FIGURES.delta, "delta");
  assertNear(recency!.others.median, FIGURES.othersSpread.median, "others' median");
});

const counts = (customers: Record<string, number>, of: number) => ({
  customers: new Map(Object.entries(customers)),
  of,
});

Deno.test("compareShares() works a market of hand out", () => {
  const everyone = counts({ toys: 200, books: 300, art: 10 }, 1000);
  const own = counts({ toys: 60, books: 10, art: 9 }, 100);
  const [toys, books, art] = compareShares(own, everyone);
  assert.deepEqual(
    [toys!.name, toys!.share, toys!.everyoneShare, toys!.lift, toys!.verdict],
    ["toys", 0.6, 0.2, 3, "more"],
  );
  assert.deepEqual([books!.name, books!.verdict], ["books", "less"]);
  assert.equal(books!.lift, 10 * 1000 / (300 * 100));
  // Nine times as often, but by nine customers: an anecdote.
  assert.deepEqual([art!.customers, art!.lift, art!.verdict], [9, 9, "similar"]);
});

Deno.test("compareShares() calls nothing different in groups drawn by chance", () => {
  let state = 11;
  const dice = () => (state = state * 48271 % 2147483647) / 2147483647;
  const kinds = Array.from({ length: 70 }, (_, i) => `kind-${i}`);
  const customers = Array.from({ length: 8000 }, () => kinds[Math.floor(70 * dice() ** 2)]!);
  const tally = (of: readonly string[]) => ({
    customers: new Map(
      [...Map.groupBy(of, (kind) => kind)].map(([kind, own]) => [kind, own.length]),
    ),
    of: of.length,
  });
  let different = 0;
  for (let group = 0; group < 10; group++) {
    const own = customers.filter((_, i) => i % 10 === group);
    different += compareShares(tally(own), tally(customers))
      .filter(({ verdict }) => verdict !== "similar").length;
  }
  assert.ok(different <= 5, `${different} of 700 comparisons`);
  assert.deepEqual(DISTINCT, { leastCustomers: 20, z: 3 });
});

Deno.test("compareShares() of nobody, of everyone, and of customers whom the market lacks", () => {
  const everyone = counts({ toys: 200, books: 300 }, 500);
  for (const kind of compareShares(counts({}, 0), everyone)) {
    assert.deepEqual([kind.customers, kind.share, kind.verdict], [0, NaN, "similar"]);
  }
  for (const { lift, verdict } of compareShares(everyone, everyone)) {
    assert.deepEqual([lift, verdict], [1, "similar"]);
  }
  assert.throws(
    () => compareShares(counts({ art: 1 }, 10), everyone),
    /^RangeError: Cannot compare shares: art has 1 customers in the segment, must be at most everyone's 0$/,
  );
  assert.deepEqual(compareShares(counts({}, 0), counts({}, 0)), []);
});
