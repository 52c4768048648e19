import { FEATURES } from "feira/features";
import { checkConditions, profileSegments, readArchetypes } from "feira/segments";
import assert from "node:assert/strict";
import { splitConditions } from "../../lib/segments/names/_condition.ts";
import { VOCABULARY } from "../../lib/segments/names/_vocabulary.ts";
import { parseCsv } from "../../lib/segments/names/parse_csv.ts";
import { implies } from "./_implies.ts";
import { ARCHETYPES_PATH, inFolder } from "./_market.ts";

const ARCHETYPES = await readArchetypes(ARCHETYPES_PATH);

/** What the vocabulary finds in a text: words, and each condition that they claim. */
function claimsOf(text: string): { words: string; claim: string }[] {
  return VOCABULARY.flatMap(({ words, claims }) => {
    const found = text.match(words)?.[0];
    return found === undefined ? [] : claims.map((claim) => ({ words: found, claim }));
  });
}

Deno.test("implies() knows stricter limits and stricter counts, and nothing else", () => {
  const yes = [
    ["median(recency) <= 60", "median(recency) <= 90"],
    ["median(recency) < 90", "median(recency) <= 90"],
    ["share_of(frequency >= 3) >= 0.9", "share_of(frequency >= 2) >= 0.75"],
  ];
  const no = [
    ["median(recency) <= 90", "median(recency) < 90"],
    ["median(recency) <= 91", "median(recency) <= 90"],
    ["median(recency) >= 60", "median(recency) <= 90"],
    ["mean(recency) <= 60", "median(recency) <= 90"],
    ["share_of(frequency >= 1) >= 0.9", "share_of(frequency >= 2) >= 0.75"],
    ["share_of(frequency <= 3) >= 0.9", "share_of(frequency >= 2) >= 0.75"],
  ];
  for (const [a, b] of yes) assert.ok(implies(a!, b!), `${a} → ${b}`);
  for (const [a, b] of no) assert.ok(!implies(a!, b!), `${a} → ${b}`);
});

Deno.test("seeds/segment_archetypes.csv claims nothing that its conditions do not demand", () => {
  let claims = 0;
  const unearned: string[] = [];
  for (const { conditions, archetype_id, name, description, insight, strategy } of ARCHETYPES) {
    const stated = splitConditions(conditions);
    for (const { words, claim } of [name, description, insight, strategy].flatMap(claimsOf)) {
      claims++;
      if (stated.some((condition) => implies(condition, claim))) continue;
      unearned.push(`${archetype_id} says "${words}" but does not demand ${claim}`);
    }
  }
  assert.deepEqual(unearned, []);
  assert.ok(claims > 150, `the vocabulary finds only ${claims} claims`);
});

Deno.test("seeds/segment_archetypes.csv has a word of the vocabulary in every name", () => {
  for (const { name } of ARCHETYPES) assert.notDeepEqual(claimsOf(name), [], name);
});

Deno.test("seeds/segment_archetypes.csv uses every word of the vocabulary but those of descriptive names", () => {
  const texts = ARCHETYPES.flatMap((a) => [a.name, a.description, a.insight, a.strategy]).join(
    "\n",
  );
  const unused = VOCABULARY.filter(({ words, claims }) =>
    !words.test(texts) && !claims.every((claim) => claim.startsWith("delta("))
  );
  assert.deepEqual(unused.map(({ words }) => words.source), []);
});

Deno.test("seeds/segment_archetypes.csv holds the guide's three names and readable conditions", () => {
  const names = ARCHETYPES.map(({ name }) => name);
  for (
    const name of [
      "The Vast Unengaged / Lapsed Base",
      "The Engaged & Growing Buyers",
      "The Recent, Highly Satisfied Explorers",
    ]
  ) assert.ok(names.includes(name), name);
  const [profile] = profileSegments({
    customerIds: ["a"],
    featureNames: FEATURES.map(({ name }) => name),
    data: new Float64Array(12).fill(1),
    rows: 1,
    cols: 12,
  }, [0]);
  for (const { conditions } of ARCHETYPES) checkConditions(conditions, profile!);
});

Deno.test("seeds/segment_archetypes.csv asks for other conditions with every archetype", () => {
  const sets = ARCHETYPES.map(({ conditions }) => splitConditions(conditions).sort().join("; "));
  assert.equal(new Set(sets).size, sets.length);
  assert.equal(new Set(ARCHETYPES.map(({ archetype_id }) => archetype_id)).size, sets.length);
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
