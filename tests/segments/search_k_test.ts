import { silhouette } from "feira/cluster";
import { fitScaler, scale } from "feira/features";
import {
  type CriteriaByK,
  criteriaByK,
  fitSegmentation,
  judge,
  type KPoint,
  MAJORITY,
  verdictOnK,
} from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";
import { plantMarket, SMALL } from "./_market.ts";

/** What a criterion would have to say: the k at which each curve is best. */
interface Wish {
  readonly knee?: number;
  readonly silhouette?: number;
  readonly dbi?: number;
  readonly gap?: number;
  readonly stability?: number;
  /** The numbers that pass the gate. @default all */
  readonly passing?: readonly number[];
  /** Of the most stable k; of all others it is .8. @default .9 */
  readonly stable?: number;
}

const KS = [2, 3, 4, 5, 6];

/** Hand-made curves on which each criterion says what is wished. */
function toCriteria(wish: Wish): CriteriaByK {
  const { knee, gap, passing = KS, stable = 0.9 } = wish;
  const points = KS.map((k): KPoint => {
    const mean = k === wish.silhouette ? 0.7 : 0.64;
    const dbi = k === wish.dbi ? 0.6 : 0.7;
    const stability = k === wish.stability ? stable : 0.8;
    const smallest = passing.includes(k) ? 40 : 7;
    const metrics = { qe: 0.2, te: 0.2, silhouette: mean, dbi, smallest };
    const verdict = judge({ ...metrics, stability });
    const inertia = 1000 / k;
    return {
      k,
      inertia,
      silhouette: { mean, low: mean, high: mean },
      dbi,
      stability,
      smallest,
      verdict,
    };
  });
  const gaps = [1, ...KS].map((k) => {
    const value = k === gap ? 2 : 1;
    return { k, logInertia: 1, expected: 1 + value, gap: value, standardError: 0.1 };
  });
  return {
    points,
    ...(knee === undefined ? {} : { knee }),
    gap: { points: gaps, ...(gap === undefined ? {} : { k: gap }) },
  };
}

Deno.test("verdictOnK() keeps the guide's number when all say it", () => {
  const { opinions, chosen, text } = verdictOnK(
    toCriteria({ knee: 3, silhouette: 3, dbi: 3, gap: 3, stability: 3 }),
  );
  assert.equal(chosen, 3);
  assert.deepEqual(opinions.map(({ says }) => says), [3, 3, 3, 3, 3]);
  assert.match(
    text,
    /^The knee of the inertia, the silhouette, .* and the stability say the guide's 3\. 3 is kept/,
  );
});

Deno.test("verdictOnK() takes another number that three criteria, stability and the gate speak for", () => {
  const wish = { knee: 4, silhouette: 4, dbi: 4, gap: 2, stability: 4 };
  const { chosen, text } = verdictOnK(toCriteria(wish));
  assert.equal(chosen, 4);
  assert.match(text, /say 4; the gap statistic says 2\. None says the guide's 3\./);
  assert.match(text, /4 is taken in place of the guide's 3: 4 of the 5 criteria name it/);
});

Deno.test("verdictOnK() keeps the guide's number when the other fails the gate, and says by what", () => {
  const wish = { knee: 4, silhouette: 4, dbi: 4, gap: 4, stability: 4, passing: [2, 3, 5] };
  const { chosen, text } = verdictOnK(toCriteria(wish));
  assert.equal(chosen, 3);
  assert.match(
    text,
    /With 4: .* it fails the gate by Customers in smallest segment 7, must be at least 30\./,
  );
  assert.match(text, /3 is kept/);
});

Deno.test("verdictOnK() keeps the guide's number when the other is less stable", () => {
  const wish = { knee: 4, silhouette: 4, dbi: 4, gap: 4, stability: 3, stable: 0.85 };
  assert.equal(verdictOnK(toCriteria(wish)).chosen, 3);
  assert.equal(verdictOnK(toCriteria({ ...wish, stability: 5 })).chosen, 4);
});

Deno.test("verdictOnK() keeps the guide's number when too few agree on another", () => {
  const { chosen, opinions, text } = verdictOnK(
    toCriteria({ knee: 4, silhouette: 2, dbi: 2, gap: 1, stability: 4 }),
  );
  assert.equal(chosen, 3);
  assert.deepEqual(opinions.map(({ says }) => says), [4, 2, 2, 1, 4]);
  assert.match(text, /the gap statistic says 1, that is no segments/);
  // Every other number that can be compared is: with its figures, and those of 3.
  assert.match(
    text,
    /With 2: silhouette 0\.700 \(0\.640 at 3\), Davies-Bouldin index 0\.600 \(0\.700 at 3\)/,
  );
  assert.match(
    text,
    /With 4: .*stability 0\.900 \(0\.800 at 3\), 40 customers in the smallest segment; it passes the gate\./,
  );
  assert.doesNotMatch(text, /With 1/);
});

Deno.test("verdictOnK() says when a criterion names none, and how clearly the others do", () => {
  const { opinions, text } = verdictOnK(toCriteria({ silhouette: 3, dbi: 3, stability: 3 }));
  assert.deepEqual(opinions.map(({ criterion, clearness }) => [criterion, clearness]), [
    ["knee of the inertia", "not at all"],
    ["silhouette", "clearly"],
    ["Davies-Bouldin index", "clearly"],
    ["gap statistic", "not at all"],
    ["stability", "clearly"],
  ]);
  assert.match(text, /the knee of the inertia and the gap statistic name none\./);
  assert.equal(opinions[1]!.figures, "0.700 at 3, next 0.640 at 2");
  const narrow = verdictOnK(toCriteria({ stability: 4, stable: 0.82 })).opinions[4]!;
  assert.deepEqual([narrow.says, narrow.clearness], [4, "narrowly"]);
  // Of equally stable numbers the greatest, which says most.
  assert.equal(verdictOnK(toCriteria({})).opinions[4]!.says, 6);
  // All equal: the least number, without a lead.
  assert.deepEqual(
    [narrow, ...verdictOnK(toCriteria({})).opinions.slice(1, 2)].map(({ clearness }) => clearness),
    ["narrowly", "narrowly"],
  );
});

Deno.test("verdictOnK() says when the guide's number itself fails the gate", () => {
  const { chosen, text } = verdictOnK(toCriteria({ silhouette: 3, passing: [2, 4] }));
  assert.equal(chosen, 3);
  assert.match(
    text,
    /3 itself fails the gate by Customers in smallest segment 7, must be at least 30\./,
  );
});

Deno.test("verdictOnK() never takes a number that its own rule forbids, whatever the curves", () => {
  const k = fc.constantFrom(...KS);
  const wish = fc.record({
    knee: k,
    silhouette: k,
    dbi: k,
    gap: fc.constantFrom(1, ...KS.slice(0, -1)),
    stability: k,
    passing: fc.subarray(KS),
    stable: fc.double({ min: 0.81, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(wish, (wish) => {
      const criteria = toCriteria(wish);
      const { chosen, opinions, guide, text } = verdictOnK(criteria);
      assert.equal(guide, 3);
      assert.doesNotMatch(text, /undefined|NaN/);
      const votes = opinions.filter(({ says }) => says === chosen).length;
      const point = criteria.points.find((each) => each.k === chosen)!;
      const earned = votes >= MAJORITY && point.verdict!.passed &&
        point.stability >= criteria.points[1]!.stability;
      assert.ok(chosen === 3 || earned);
      assert.ok(text.includes(chosen === 3 ? "3 is kept" : `${chosen} is taken`));
      for (const { says } of opinions) assert.ok(text.includes(String(says)));
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("verdictOnK() refuses curves without the guide's number", () => {
  const criteria = toCriteria({});
  assert.throws(() => verdictOnK(criteria, 9), /found 2, 3, 4, 5, 6, must have 9$/);
  assert.throws(() => verdictOnK({ ...criteria, points: [] }), /found none, must have 3$/);
});

Deno.test("criteriaByK() measures every number of segments on the map as it is", async () => {
  const { matrix } = plantMarket(400);
  const fit = await fitSegmentation(matrix, SMALL);
  const criteria = await criteriaByK(matrix, fit, { references: 3 });
  const { points, gap } = criteria;
  assert.deepEqual(points.map(({ k }) => k), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(points.map(({ inertia }) => inertia), fit.elbow.map(({ inertia }) => inertia));
  assert.equal(criteria.knee, fit.knee?.x);
  assert.equal(gap.points.length, 10);
  const three = points[1]!;
  assert.ok(Math.abs(three.silhouette.mean - fit.metrics.silhouette) < 1e-12);
  assert.equal(three.silhouette.low, three.silhouette.high);
  assert.ok(Math.abs(three.dbi - fit.metrics.dbi) < 1e-12);
  assert.equal(three.smallest, fit.metrics.smallest);
  assert.deepEqual(
    three.verdict!.passed,
    judge({ ...fit.metrics, stability: three.stability }).passed,
  );
  // The planted three are as clear as can be.
  const { chosen, opinions } = verdictOnK(criteria);
  assert.equal(chosen, 3);
  assert.ok(opinions.filter(({ says }) => says === 3).length >= 3);
  assert.deepEqual(await criteriaByK(matrix, fit, { references: 3 }), criteria);
});

Deno.test("criteriaByK() does not judge other features by the guide's limits", async () => {
  const { matrix } = plantMarket(200);
  const fit = await fitSegmentation(matrix, { ...SMALL, features: "refined" });
  const { points } = await criteriaByK(matrix, fit, { references: 1 });
  assert.ok(points.every(({ verdict }) => verdict === undefined));
  assert.equal(verdictOnK({ points, gap: { points: [] } }).chosen, 3);
  const scaled = scale(matrix, fitScaler(matrix));
  // And measures in the features of the fit, not in those of the guide.
  const others = await silhouette(scaled, fit.segments);
  assert.ok(Math.abs(points[1]!.silhouette.mean - others.mean) > 1e-6);
});
