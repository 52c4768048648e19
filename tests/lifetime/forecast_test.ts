import assert from "node:assert/strict";
import {
  expectedPurchases,
  expectedValue,
  fitPurchaseModel,
  fitValueModel,
  forecastGroups,
  holdOut,
  judgeLifetime,
  type PurchaseLog,
  summarisePurchases,
} from "feira/lifetime";
import { deltaVariance, toEstimate } from "../../lib/lifetime/estimate.ts";
import { assertClose } from "./_close.ts";
import { type Market, simulateMarket } from "./_simulate.ts";

const MARKET: Market = {
  customers: 6000,
  kind: "mbg-nbd",
  parameters: { r: 0.5, alpha: 60, a: 1.2, b: 2 },
  values: { p: 4, q: 5, v: 80 },
  arrivals: 540,
  until: 720,
  seed: 21,
};

/** What a market's models are fitted on, and the models. */
function fitMarket(log: PurchaseLog, until: number) {
  const customers = summarisePurchases(log, until);
  return {
    customers,
    purchases: fitPurchaseModel(customers, "mbg-nbd"),
    values: fitValueModel(customers),
  };
}

Deno.test("summarisePurchases() knows nothing of what comes after its day", () => {
  const log = simulateMarket({ ...MARKET, customers: 500 });
  const early = summarisePurchases(log, 300);
  const rows = [...log.day.keys()].filter((row) => log.day[row]! <= 300).toReversed();
  const cut = {
    customers: 500,
    customer: Int32Array.from(rows, (row) => log.customer[row]!),
    day: Int32Array.from(rows, (row) => log.day[row]!),
    value: Float64Array.from(rows, (row) => log.value[row]!),
  };
  const again = summarisePurchases(cut, 300);
  assert.deepEqual({ ...again, meanValue: 0 }, { ...early, meanValue: 0 });
  again.meanValue.forEach((value, i) => assertClose(value, early.meanValue[i]!, 1e-12));
  assert.ok(early.age.every((age, i) => age >= early.lastAt[i]!));
});

Deno.test("summarisePurchases() refuses rows that cannot be", () => {
  const log = (customer: number[], day: number[], value: number[]) => () =>
    summarisePurchases({
      customers: 2,
      customer: Int32Array.from(customer),
      day: Int32Array.from(day),
      value: Float64Array.from(value),
    }, 10);
  assert.throws(log([0], [1, 2], [3]), { name: "TypeError", message: /2 days/ });
  assert.throws(log([2], [1], [3]), { name: "RangeError", message: /customer 2 in row 0/ });
  assert.throws(log([0], [1], [0]), { name: "RangeError", message: /value 0 in row 0/ });
  assert.throws(log([1, 1], [4, 4], [3, 2]), {
    name: "RangeError",
    message:
      "Cannot sum up purchases: found customer 1 twice on day 4, must be one row per customer and day",
  });
});

Deno.test("toEstimate() never goes below 0, and is the mean where nothing varies", () => {
  assert.deepEqual(toEstimate(5, 0), { mean: 5, low: 5, high: 5 });
  assert.deepEqual(toEstimate(0, 3), { mean: 0, low: 0, high: 0 });
  const { low, high } = toEstimate(1, 1);
  assertClose(low * high, 1, 1e-12);
  assertClose(high, Math.exp(1.959963984540054), 1e-12);
});

Deno.test("deltaVariance() is exact for a product of powers", () => {
  // ln(x²·y) has slopes (2, 1): variance (x²y)²·(4·0.01 + 2·2·0.002 + 0.04).
  const variance = deltaVariance(
    { parameters: { x: 3, y: 2 }, logCovariance: Float64Array.of(0.01, 0.002, 0.002, 0.04) },
    ({ x, y }) => Float64Array.of(x * x * y, 7),
  );
  assertClose(variance[0]!, 18 ** 2 * (0.04 + 0.008 + 0.04), 1e-6);
  assert.equal(variance[1], 0);
});

Deno.test("forecastGroups() sums what expectedPurchases() and expectedValue() say of each", () => {
  const { customers, ...models } = fitMarket(simulateMarket(MARKET), 720);
  const rows = Array.from(customers.customer.keys());
  // Customers may be in no group, in one or in several.
  const groups = [rows.filter((i) => i % 3 === 0), rows.filter((i) => i % 2 === 0), []];
  const spec = { horizon: 365, discount: Math.log(1.1) / 365 };
  const forecast = forecastGroups(customers, models, { ...spec, groups });
  const { mean, discounted } = expectedPurchases(models.purchases, customers, spec);
  const worth = expectedValue(models.values, customers).mean;
  forecast.forEach((group, g) => {
    const rows = groups[g]!;
    assert.equal(group.customers, rows.length);
    assertClose(group.purchases.mean, rows.reduce((sum, i) => sum + mean[i]!, 0), 1e-9);
    assertClose(
      group.value.mean,
      rows.reduce((sum, i) => sum + discounted[i]! * worth[i]!, 0),
      1e-9,
    );
    for (const { mean, low, high } of [group.purchases, group.value]) {
      assert.ok(g === 2 ? high === 0 : low < mean && mean < high && high < 1.5 * mean);
    }
  });
});

Deno.test("forecastGroups()'s intervals hold what simulated groups go on to do", () => {
  // Four markets of eight groups: of 64 intervals of 95%, three are off by chance.
  let [held, asked] = [0, 0];
  for (const seed of [1, 2, 3, 4]) {
    const log = simulateMarket({ ...MARKET, seed });
    const { customers, ...models } = fitMarket(log, 540);
    const groups = Array.from(
      { length: 8 },
      (_, g) =>
        Array.from(customers.customer.keys()).filter((i) => customers.customer[i]! % 8 === g),
    );
    const forecast = forecastGroups(customers, models, { horizon: 180, groups });
    const known = new Set(customers.customer);
    const [bought, spent] = [new Float64Array(8), new Float64Array(8)];
    log.day.forEach((day, row) => {
      const who = log.customer[row]!;
      if (day <= 540 || !known.has(who)) return;
      bought[who % 8]! += 1;
      spent[who % 8]! += log.value[row]!;
    });
    forecast.forEach(({ purchases, value }, g) => {
      asked += 2;
      if (purchases.low <= bought[g]! && bought[g]! <= purchases.high) held += 1;
      if (value.low <= spent[g]! && spent[g]! <= value.high) held += 1;
    });
  }
  assert.equal(asked, 64);
  assert.ok(held >= 56, `${held} of 64 intervals held`);
});

Deno.test("forecastGroups() refuses what it cannot tell an interval of, and customers who are not there", () => {
  const { customers, ...models } = fitMarket(simulateMarket({ ...MARKET, customers: 300 }), 720);
  const { logCovariance: _none, ...unsure } = models.purchases;
  assert.throws(
    () =>
      forecastGroups(customers, { ...models, purchases: unsure }, { horizon: 1, groups: [[0]] }),
    { name: "RangeError", message: /mbg-nbd has no covariance/ },
  );
  for (const stranger of [-1, 300, 0.5]) {
    assert.throws(
      () => forecastGroups(customers, models, { horizon: 1, groups: [[0], [1, stranger]] }),
      {
        name: "RangeError",
        message: `Cannot forecast groups: found customer ${stranger} in group 1, must be 0..299`,
      },
    );
  }
});

Deno.test("holdOut() foretells a simulated market, in all and by number of repeats", () => {
  const log = simulateMarket(MARKET);
  const { expected, actual, isWithin, relativeError, groups, customers, model } = holdOut(log, {
    kind: "mbg-nbd",
    until: 720,
    days: 180,
  });
  assert.equal(customers, 6000);
  assert.ok(isWithin, `expected ${expected.mean}, came ${actual}`);
  assert.ok(Math.abs(relativeError) < 0.2);
  assert.deepEqual(groups.map(({ repeats }) => repeats), [0, 1, 2, 3]);
  const sum = (of: "customers" | "expected" | "actual") =>
    groups.reduce((total, group) => total + group[of], 0);
  assert.equal(sum("customers"), customers);
  assert.equal(sum("actual"), actual);
  assertClose(sum("expected"), expected.mean, 1e-9);
  assert.equal(model.customers, customers);
});

Deno.test("holdOut() refuses to hold out everything", () => {
  const log = simulateMarket({ ...MARKET, customers: 10 });
  assert.throws(() => holdOut(log, { kind: "mbg-nbd", until: 720, days: 721 }), {
    name: "RangeError",
    message: "Cannot hold out 721 days: found no customers before them, must be at least 1",
  });
});

/** The verdict on a market. */
function judge(market: Market, change: (log: PurchaseLog) => PurchaseLog = (log) => log) {
  const log = change(simulateMarket(market));
  return judgeLifetime({
    ...fitMarket(log, market.until),
    holdOut: holdOut(log, { kind: "mbg-nbd", until: market.until, days: 180 }),
  });
}

const failedOf = ({ criteria }: ReturnType<typeof judgeLifetime>) =>
  criteria.filter(({ passed }) => !passed).map(({ name }) => name);

Deno.test("judgeLifetime() supports a market that is as the models say", () => {
  const verdict = judge(MARKET);
  assert.deepEqual(failedOf(verdict), []);
  assert.ok(verdict.isSupported);
  assert.match(verdict.sentence, /^The data support expected values: .* \d+ came \([+−]\d+%\)\.$/);
});

Deno.test("judgeLifetime() does not support a market where next to nobody comes back", () => {
  const verdict = judge({ ...MARKET, parameters: { r: 0.02, alpha: 300, a: 2, b: 1 } });
  assert.equal(verdict.isSupported, false);
  assert.ok(failedOf(verdict).includes("customers who bought on more than one day"));
  assert.match(
    verdict.sentence,
    /^The data do not support expected values .* must be at least 100/,
  );
});

Deno.test("judgeLifetime() does not support a market that changes in the days held out", () => {
  // Every repeat purchase of the last 180 days comes three times.
  const verdict = judge(MARKET, (log) => {
    const seen = new Set([...log.customer.keys()].map((i) => `${log.customer[i]} ${log.day[i]}`));
    const more = [...log.day.keys()].flatMap((row) =>
      log.day[row]! <= 542 ? [] : [1, 2].flatMap((back) => {
        const key = `${log.customer[row]} ${log.day[row]! - back}`;
        return seen.has(key) ? [] : (seen.add(key), [[row, log.day[row]! - back] as const]);
      })
    );
    return {
      customers: log.customers,
      customer: Int32Array.of(...log.customer, ...more.map(([row]) => log.customer[row]!)),
      day: Int32Array.of(...log.day, ...more.map(([, day]) => day)),
      value: Float64Array.of(...log.value, ...more.map(([row]) => log.value[row]!)),
    };
  });
  assert.equal(verdict.isSupported, false);
  assert.equal(failedOf(verdict)[0], "error of the purchases foretold for the days held out");
});

Deno.test("judgeLifetime() does not support a market whose repeat buyers it gets wrong", () => {
  // In the days held out only those come who had come back before, one for another.
  const verdict = judge(MARKET, (log) => {
    const early = summarisePurchases(log, 540);
    const loyal = early.customer.filter((_, i) => early.repeats[i] === 1);
    const single = new Set(early.customer.filter((_, i) => early.repeats[i] === 0));
    const taken = new Set([...log.customer.keys()].map((i) => `${log.customer[i]} ${log.day[i]}`));
    let next = 0;
    const customer = log.customer.map((who, row) => {
      if (log.day[row]! <= 540 || !single.has(who)) return who;
      while (taken.has(`${loyal[next % loyal.length]} ${log.day[row]}`)) next += 1;
      const other = loyal[next++ % loyal.length]!;
      taken.add(`${other} ${log.day[row]}`);
      return other;
    });
    return { ...log, customer };
  });
  assert.equal(verdict.isSupported, false);
  assert.ok(failedOf(verdict).some((name) => name.startsWith("groups, by repeats before")));
  assert.match(
    verdict.sentence,
    /; of \d+ customers with 1 repeat before, \d+ purchases were foretold and \d+ came/,
  );
});

Deno.test("judgeLifetime() does not support values that hang on how often one buys", () => {
  const verdict = judge(MARKET, (log) => {
    const counts = new Float64Array(log.customers);
    for (const who of log.customer) counts[who]! += 1;
    return { ...log, value: log.value.map((v, row) => v * counts[log.customer[row]!]!) };
  });
  assert.deepEqual(failedOf(verdict), ["correlation of value with number of purchases"]);
});

Deno.test("judgeLifetime() holds exactly to its limits", () => {
  const log = simulateMarket(MARKET);
  const market = fitMarket(log, 720);
  const test = holdOut(log, { kind: "mbg-nbd", until: 720, days: 180 });
  const buyers = market.customers.repeats.filter((x) => x > 0).length;
  const at = (repeatBuyers: number) =>
    judgeLifetime({ ...market, holdOut: test }, {
      repeatBuyers,
      heldOutPurchases: test.actual,
      holdOutError: Math.abs(test.relativeError),
      misjudgedGroups: 0,
      reciprocalCondition: 0,
      valueCorrelation: 1,
    }).isSupported;
  assert.equal(at(buyers), true);
  assert.equal(at(buyers + 1), false);
});
