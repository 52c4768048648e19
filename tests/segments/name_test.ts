import { FEATURES } from "feira/features";
import {
  type Archetype,
  checkConditions,
  fitSegmentation,
  nameSegments,
  profileSegments,
  readArchetypes,
  type SegmentProfile,
} from "feira/segments";
import assert from "node:assert/strict";
import { parseCsv } from "../../lib/segments/names/parse_csv.ts";
import { ARCHETYPES_PATH, inFolder, plantMarket, SMALL } from "./_market.ts";

const MATRIX = {
  customerIds: Array.from("abcdef"),
  featureNames: ["frequency", "monetary"],
  data: Float64Array.of(1, 10, 1, 20, 1, 60, 1, 30, 3, 100, 2, 180),
  rows: 6,
  cols: 2,
};
const PROFILES = profileSegments(MATRIX, [0, 0, 0, 0, 1, 1]);

function archetype(name: string, conditions: string): Archetype {
  return { archetype_id: name, name, conditions, description: "d", insight: "i", strategy: "s" };
}

Deno.test("profileSegments() of hand-worked customers", () => {
  const [many, few] = PROFILES as [SegmentProfile, SegmentProfile];
  assert.deepEqual([many.customers, few.customers], [4, 2]);
  assert.equal(many.share, 4 / 6);
  assert.equal(many.revenueShare, 120 / 400);
  const monetary = many.features[1]!;
  assert.deepEqual(
    [monetary.mean, monetary.median, monetary.q25, monetary.q75],
    [30, 25, 17.5, 37.5],
  );
  const mean = 400 / 6;
  const sd = Math.sqrt([10, 20, 60, 30, 100, 180].reduce((s, v) => s + (v - mean) ** 2, 0) / 6);
  assert.ok(Math.abs(monetary.meanZ - (30 - mean) / sd) < 1e-12);
  assert.ok(Math.abs(monetary.effect - (30 - 140) / sd) < 1e-12);
  assert.ok(Math.abs(monetary.meanRatio - 30 / mean) < 1e-12);
  assert.equal(monetary.medianRatio, 25 / 45);
  assert.throws(() => profileSegments(MATRIX, [0, 1]), TypeError);
  const featureNames = ["frequency", "money"];
  assert.throws(() => profileSegments({ ...MATRIX, featureNames }, [0]), TypeError);
});

Deno.test("checkConditions() shows the figure of every claim, at its limit too", () => {
  const evidence = checkConditions(
    " median(frequency) >= 2.5; q25(monetary)<120 ;customer_share() <= 0.3;revenue_share() > 0.7;",
    PROFILES[1]!,
  );
  assert.deepEqual(evidence, [
    { claim: "median(frequency) >= 2.5", value: 2.5, everyone: 1, holds: true },
    { claim: "q25(monetary)<120", value: 120, everyone: 22.5, holds: false },
    { claim: "customer_share() <= 0.3", value: 1 / 3, everyone: 1, holds: false },
    { claim: "revenue_share() > 0.7", value: 0.7, everyone: 1, holds: false },
  ]);
});

Deno.test("checkConditions() refuses what it cannot read and says what there is", () => {
  const bad: [string, RegExp][] = [
    ["frequency > 2", /found condition "frequency > 2", must be like median/],
    ["median(frequency) = 2", /must be like/],
    ["median(age) > 2", /must name one of frequency, monetary/],
    ["mode(frequency) > 2", /must measure one of mean, median/],
    ["median() > 2", /must measure one of/],
    ["constructor(frequency) > 2", /must measure one of/],
  ];
  for (const [text, message] of bad) {
    assert.throws(() => checkConditions(text, PROFILES[0]!), { kind: "data", message });
  }
});

Deno.test("nameSegments() gives a name only when all conditions hold, once, richest first", () => {
  const everyone = archetype("Everyone", "mean(monetary) > 0");
  const loyal = archetype("Loyal", "median(frequency) >= 2; mean(monetary) >= 200");
  const [many, few] = nameSegments(PROFILES, [loyal, everyone]);
  assert.equal(few!.name, "Everyone");
  assert.deepEqual(few!.evidence, [
    { claim: "mean(monetary) > 0", value: 140, everyone: 400 / 6, holds: true },
  ]);
  assert.match(many!.name, /^Customers with Fewer Orders and Lower Spend$/);
  assert.equal(many!.archetypeId, undefined);
  assert.ok(many!.evidence.every(({ value }) => value <= -0.147));
});

Deno.test("nameSegments() makes different names for segments that differ in nothing", () => {
  const alike = profileSegments(
    { ...MATRIX, data: Float64Array.of(1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5) },
    [0, 0, 1, 1, 2, 2],
  );
  assert.deepEqual(nameSegments(alike, []).map(({ name }) => name), [
    "Customers Near the Average",
    "Customers Near the Average (2)",
    "Customers Near the Average (3)",
  ]);
});

Deno.test("nameSegments() names by the numbers, not by the segments' ids or order", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const { matrix } = plantMarket(300);
  const { segments } = await fitSegmentation(matrix, SMALL);
  const named = nameSegments(profileSegments(matrix, segments), archetypes);
  const turned = segments.map((id) => (id + 1) % 3);
  const again = nameSegments(profileSegments(matrix, turned).toReversed(), archetypes);
  for (const { id, name } of named) {
    assert.equal(again.find((other) => other.id === (id + 1) % 3)!.name, name);
  }
});

Deno.test("seeds/segment_archetypes.csv names planted kinds for what they are", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const { matrix, kinds } = plantMarket(400);
  const named = nameSegments(profileSegments(matrix, kinds), archetypes);
  assert.deepEqual(named.map(({ name }) => name), [
    "Mainstream One-Time Buyers",
    "Big-Ticket One-Time Buyers",
    "Repeat Buyers",
  ]);
  for (const { evidence } of named) assert.ok(evidence.every(({ holds }) => holds));
});

Deno.test("seeds/segment_archetypes.csv never calls big spenders unengaged, low-value or explorers", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const { matrix, kinds } = plantMarket(400);
  const profile = profileSegments(matrix, kinds)[1]!;
  for (const id of ["lapsed_base", "satisfied_explorers", "mainstream_one_time"]) {
    const { conditions } = archetypes.find(({ archetype_id }) => archetype_id === id)!;
    assert.ok(checkConditions(conditions, profile).some(({ holds }) => !holds), id);
  }
});

Deno.test("seeds/segment_archetypes.csv holds the guide's three names and readable conditions", async () => {
  const archetypes = await readArchetypes(ARCHETYPES_PATH);
  const names = archetypes.map(({ name }) => name);
  for (
    const name of [
      "The Vast Unengaged / Lapsed Base",
      "The Engaged & Growing Buyers",
      "The Recent, Highly Satisfied Explorers",
    ]
  ) assert.ok(names.includes(name), name);
  const features = FEATURES.map(({ name }) => ({ ...PROFILES[0]!.features[0]!, name }));
  for (const { conditions } of archetypes) {
    assert.ok(checkConditions(conditions, { ...PROFILES[0]!, features }).length >= 2);
  }
});

Deno.test("readArchetypes() refuses a missing column, an empty value and a name twice", () =>
  inFolder(async (dir) => {
    const header = "archetype_id,name,conditions,description,insight,strategy";
    const bad: [string, RegExp][] = [
      ["archetype_id,name\na,A\n", /must have conditions/],
      [`${header}\na,A,c,d,i,\n`, /found no strategy in row 1/],
      [`${header}\na,A,c,d,i,s\nb,A,c,d,i,s\n`, /found name A again in row 2/],
    ];
    for (const [text, message] of bad) {
      await Deno.writeTextFile(`${dir}/a.csv`, text);
      await assert.rejects(readArchetypes(`${dir}/a.csv`), { kind: "data", message });
    }
  }));

Deno.test("parseCsv() reads quotes, line breaks in quotes, empty fields and a byte-order mark", () => {
  assert.deepEqual(parseCsv('\ufeffa,"b, ""c"""\r\n,"d\ne"\n\nf,'), [
    ["a", 'b, "c"'],
    ["", "d\ne"],
    ["f", ""],
  ]);
  assert.throws(() => parseCsv('a"b,c'), SyntaxError);
});
