import {
  assumptionsUsed,
  type Behaviour,
  confidenceRows,
  describeMarket,
  describePortrait,
  fitSegmentation,
  type MarginCount,
  mondayList,
  mondayRows,
  nameSegments,
  type Portrait,
  portraitPicture,
  type Portraits,
  type PortraitSpec,
  portraySegments,
  profileSegments,
  readArchetypes,
  type SegmentCounts,
  segmentMembers,
  type SegmentStability,
  sideBySide,
  subdivide,
} from "feira/segments";
import assert from "node:assert/strict";
import { ARCHETYPES_PATH, plantMarket, SMALL } from "./_market.ts";

const { matrix } = plantMarket(400);

/** Counts as the warehouse would give them: every third customer's order is late and rated 1. */
function countsOf(members: PortraitSpec["members"]): SegmentCounts {
  const leaves = members.filter(({ isLeaf }) => isLeaf);
  const of = leaves.map(({ id, parentId, rows }) => ({
    segment_id: parentId ?? id,
    subsegment_id: parentId === undefined ? null : id,
    customers: rows.length,
  }));
  const halves = of.flatMap(({ customers, ...count }, at) => [
    { ...count, kind: at === 0 ? "toys" : "books", customers },
    { ...count, kind: "garden_tools", customers: Math.floor(customers / 4) },
  ]);
  const late = of.flatMap(({ customers, ...count }) =>
    ([0, 1] as const).map((is_late) => {
      const lates = Math.floor(customers / 3);
      return {
        ...count,
        is_late,
        days: 9 + 12 * is_late,
        orders: is_late ? lates : customers - lates,
      };
    })
  );
  return {
    categories: halves,
    states: of.map((count) => ({ ...count, kind: "SP" })),
    payments: of.map((count) => ({
      ...count,
      kind: "credit_card",
      paid_brl: 100 * count.customers,
      in_installments_brl: 60 * count.customers,
    })),
    deliveries: late,
    reviews: late.map(({ orders, days: _days, ...count }) => ({
      ...count,
      score: count.is_late ? 1 : 5,
      reviews: orders,
    })),
    margins: of.map((count): MarginCount => ({
      ...count,
      thin: Math.min(1, count.customers),
      thin_within: Math.min(2, count.customers),
    })),
  };
}

async function toSpec(): Promise<PortraitSpec> {
  const segmentation = await fitSegmentation(matrix, SMALL);
  const subdivisions = await subdivide(matrix, segmentation, { to: 3, resamples: 3 });
  const members = segmentMembers(segmentation, subdivisions);
  const profiles = profileSegments(matrix, segmentation.segments, { subdivisions });
  const segments = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  return { matrix, members, segments, counts: countsOf(members) };
}

const spec = await toSpec();
const found = portraySegments(spec);

const stable = (id: number, mean: number): SegmentStability => ({
  id,
  jaccard: { mean, low: mean - 0.1, high: mean },
  isTrustworthy: mean >= 0.75,
});

/** All that is said of a portrait. */
function textOf(portrait: Portrait, { market }: Portraits): string {
  const { lead, more } = describePortrait(portrait, market);
  return [...lead, ...more].join("\n");
}

Deno.test("portraySegments() shares out all customers and all revenue among the leaves", () => {
  const leaves = found.portraits.filter(({ isLeaf }) => isLeaf);
  assert.ok(leaves.length > 3, "one segment is divided");
  const revenue = leaves.reduce((sum, { revenueBrl }) => sum + revenueBrl, 0);
  assert.ok(Math.abs(revenue / found.market.revenueBrl - 1) < 1e-12);
  const customers = leaves.reduce((sum, { segment }) => sum + segment.customers, 0);
  assert.equal(customers, matrix.rows);
  for (const { segment, revenueBrl, revenuePerCustomerBrl, features } of found.portraits) {
    assert.ok(Math.abs(revenueBrl / found.market.revenueBrl - segment.revenueShare) < 1e-12);
    assert.equal(revenuePerCustomerBrl, revenueBrl / segment.customers);
    for (const { own, others, delta } of features) {
      assert.equal(own.count + others.count, matrix.rows);
      assert.ok(own.p5 <= own.q25 && own.q25 <= own.median && own.median <= own.q75);
      assert.ok(delta >= -1 && delta <= 1);
    }
  }
});

Deno.test("portraySegments() takes who is typical from the segment, and shortens the ids", () => {
  for (const [at, { representatives, segment }] of found.portraits.entries()) {
    assert.equal(representatives.length, Math.min(3, segment.customers));
    for (const { shortId, values } of representatives) {
      assert.match(shortId, /^.{6}…$/);
      const { rows } = spec.members[at]!;
      const orders = matrix.featureNames.indexOf("number_of_orders");
      const own = [...rows].map((row) => matrix.data[row * matrix.cols + orders]!);
      assert.ok(own.includes(values.orders));
    }
  }
});

Deno.test("portraySegments() gives the same portraits whatever the order of members and names", () => {
  const mixed = portraySegments({
    ...spec,
    members: spec.members.toReversed(),
    segments: spec.segments.toReversed(),
  });
  assert.deepEqual(mixed.portraits.toReversed(), found.portraits);
});

Deno.test("portraySegments() refuses a segment without a name", () => {
  assert.throws(
    () => portraySegments({ ...spec, segments: spec.segments.slice(1) }),
    /^RangeError: Cannot portray segments: found ids .* among the names, must have/,
  );
});

Deno.test("describePortrait() says the portrait's own figures", () => {
  for (const portrait of found.portraits) {
    const { segment, features, behaviour } = portrait;
    const text = textOf(portrait, found);
    assert.ok(text.includes(segment.description) && text.includes(segment.insight));
    assert.match(text, new RegExp(`^${segment.customers} customers?, `, "m"));
    const percents = [...text.matchAll(/([\d.]+)% of the revenue/g)].map(([, share]) =>
      Number(share)
    );
    assert.ok(percents.some((share) => Math.abs(share - segment.revenueShare * 100) < 0.051));
    for (const { phrase, own, others } of features) {
      const [before, after] = phrase.split("#").map((part) => part.replace(" BRL", "").trim());
      const said = text.match(
        new RegExp(
          `${before} ?([\\d.,]+)(?: BRL)? ${after!.replace(/s\b/, "s?")} \\(([\\d.,]+)\\)`,
        ),
      );
      if (said === null) continue;
      const [typical, rest] = said.slice(1).map((number) => Number(number!.replaceAll(",", "")));
      assert.ok(Math.abs(typical! - own.median) <= Math.max(0.5, own.median / 100), said[0]);
      assert.ok(Math.abs(rest! - others.median) <= Math.max(0.5, others.median / 100), said[0]);
    }
    for (const [, name] of text.matchAll(/([a-z ]+) \([\d.]+%, [\d.]+ times as often\)/g)) {
      const kind = behaviour.categories.find((kind) =>
        name!.trim().endsWith(kind.name.replaceAll("_", " "))
      );
      assert.ok(kind!.lift >= 1.2 && kind!.low > kind!.everyoneShare, name);
    }
  }
});

Deno.test("describePortrait() tells of nobody, of one, of no counts, and of what was not measured", () => {
  const empty: SegmentCounts = {
    categories: [],
    states: [],
    payments: [],
    deliveries: [],
    reviews: [],
    margins: [],
  };
  const members = [
    { id: 0, level: 1, isLeaf: true, rows: Int32Array.of() },
    { id: 1, level: 1, isLeaf: true, rows: Int32Array.of(5) },
  ] as const;
  const [some] = spec.segments;
  const segments = members.map(({ id, rows }) => ({
    ...some!,
    id,
    customers: rows.length,
    share: rows.length / matrix.rows,
    revenueShare: 0,
  }));
  for (const counts of [empty, countsOf(members)]) {
    const odd = portraySegments({ matrix, members, segments, counts });
    for (const portrait of odd.portraits) {
      const text = textOf(portrait, odd);
      assert.doesNotMatch(text, /NaN|undefined|Infinity|null|#/);
      assert.match(text, /was not measured/);
      const { spreads, lists } = portraitPicture(portrait);
      assert.equal(spreads.length, 6);
      assert.ok(lists.every(({ shares }) => shares.every(({ share }) => share > 0)));
    }
    assert.match(textOf(odd.portraits[0]!, odd), /Nobody belongs to it/);
    assert.match(textOf(odd.portraits[1]!, odd), /^1 customer, /m);
    assert.doesNotMatch(
      Object.values(describeMarket(odd, mondayList(odd.portraits))).join(),
      /NaN/,
    );
  }
});

Deno.test("describePortrait() warns of a segment that does not come back", () => {
  const ids = found.portraits.map(({ segment }) => segment.id);
  const shaky = portraySegments({ ...spec, stability: ids.map((id) => stable(id, 0.5)) });
  const sure = portraySegments({ ...spec, stability: ids.map((id) => stable(id, 0.9)) });
  for (const portrait of shaky.portraits) {
    const text = textOf(portrait, shaky);
    assert.match(text, /Not trustworthy.*: do not act on it/);
    assert.match(text, /50% of the group is found again \(40% to 50%\)/);
  }
  assert.ok(shaky.portraits.every(({ actions }) => actions.length === 0), "nothing to act on");
  for (const portrait of sure.portraits) assert.doesNotMatch(textOf(portrait, sure), /Not trust/);
  assert.deepEqual(confidenceRows(sure.portraits)[0]!.again, 0.9);
  assert.deepEqual(confidenceRows(found.portraits)[0]!.isTrusted, "not measured");
});

Deno.test("mondayList() has each trusted leaf once, and its prizes add up", () => {
  const leaves = found.portraits.filter(({ isLeaf }) => isLeaf);
  const list = mondayList(found.portraits);
  const listed = [...list.items.flatMap(({ segments }) => segments), ...list.without];
  assert.deepEqual(
    listed.map(({ id }) => id).sort(),
    leaves.map(({ segment }) => segment.id).sort(),
  );
  const best = leaves.reduce((sum, { actions: [action] }) => sum + (action?.prizeBrl ?? 0), 0);
  assert.ok(Math.abs(list.prizeBrl - best) < 1e-6);
  const prizes = list.items.map(({ prizeBrl }) => prizeBrl);
  assert.deepEqual(prizes, prizes.toSorted((a, b) => b - a));
  const texts = list.items.map(({ todo }) => todo);
  assert.equal(new Set(texts).size, texts.length, "what is to do stands once");
  const { rows, best: first } = mondayRows(list);
  assert.equal(rows.length, list.items.length);
  assert.match(
    first,
    new RegExp(`“${list.items[0]!.title}” may bring most: about [\\d,]+ BRL, with`),
  );
  assert.deepEqual(rows.map(({ title }) => title), list.items.map(({ title }) => title));
  const used = assumptionsUsed(found.portraits).map(({ action }) => action);
  for (const { actions } of leaves) {
    for (const { title, factors } of actions) {
      assert.equal(used.includes(title), factors.some(({ basis }) => basis === "assumed"), title);
    }
  }
});

Deno.test("mondayList() leaves out who may be a product of chance, and says so", () => {
  const [leaf] = found.portraits.filter(({ isLeaf, actions }) => isLeaf && actions.length > 0);
  const { id, name } = leaf!.segment;
  const shaky = portraySegments({ ...spec, stability: [stable(id, 0.6)] });
  const list = mondayList(shaky.portraits);
  assert.deepEqual(list.untrustworthy.map((segment) => segment.id), [id]);
  assert.ok(list.items.every(({ segments }) => segments.every((segment) => segment.id !== id)));
  const { prizes } = describeMarket(shaky, list);
  assert.match(prizes, new RegExp(`products of chance: .*“${name}”`));
  assert.doesNotMatch(describeMarket(found, mondayList(found.portraits)).prizes, /chance/);
});

Deno.test("describeMarket() says how many there are, and what may be won", () => {
  const list = mondayList(found.portraits);
  const { who, prizes } = describeMarket(found, list);
  assert.match(
    who,
    /^400 customers bought for [\d,]+ BRL\. [\d.]+% of those who ordered did so more than once\./,
  );
  assert.match(
    who,
    /They fall into 3 groups\. “.*” holds [\d.]+% of them and is divided into \d parts/,
  );
  const named = Number(prizes.match(/about ([\d,]+) BRL/)![1]!.replaceAll(",", ""));
  assert.ok(Math.abs(named - list.prizeBrl) <= 0.05 * list.prizeBrl);
  const nothing = describeMarket(found, { items: [], prizeBrl: 0, without: [], untrustworthy: [] });
  assert.match(nothing.prizes, /there is nothing to do that the figures support/);
});

Deno.test("sideBySide() and portraitPicture() show a spread only where half of the customers have it", () => {
  const { features, groups } = sideBySide(found.portraits, ["review", "recency"]);
  assert.deepEqual(features.map(({ label }) => label), ["Last order", "Review"]);
  assert.equal(groups.length, found.portraits.length);
  const [portrait] = found.portraits;
  const rare: Portrait = {
    ...portrait!,
    features: portrait!.features.map((feature) => ({
      ...feature,
      own: { ...feature.own, count: Math.ceil(portrait!.segment.customers / 2) - 1 },
    })),
  };
  for (const { own } of portraitPicture(rare).spreads) assert.equal(own.median, NaN);
  assert.equal(portraitPicture(rare).title, "Medians as all others'");
  assert.ok(!isNaN(portraitPicture(portrait!).spreads[0]!.own.median));
  const behaviour: Behaviour = portrait!.behaviour;
  const shown = portraitPicture(portrait!).lists.map(({ label }) => label);
  assert.ok(behaviour.categories.length > 0 && shown.includes("Bought"));
});
