import { kMeans } from "feira/cluster";
import {
  type CustomerMatrix,
  fitFeatures,
  fitScaler,
  scale,
  toScaledFeatures,
} from "feira/features";
import {
  contradictions,
  matchSegments,
  nameSegments,
  profileSegments,
  readArchetypes,
  type Subdivision,
} from "feira/segments";
import assert from "node:assert/strict";
import { readCustomers } from "../../bench/shared/customers.ts";
import { ARCHETYPES_PATH, inFolder } from "./_market.ts";

const CUSTOMERS = Deno.env.get("FEIRA_CUSTOMERS");

/** Labels by size, the largest 0, as they are published first. */
async function cluster(matrix: CustomerMatrix, scaled: CustomerMatrix, k: number) {
  const fit = await kMeans(scaled, { k, restarts: 3 });
  const ids = matchSegments({ customerIds: matrix.customerIds, labels: fit.labels, k });
  return { ...fit, labels: fit.labels.map((label) => ids[label]!) };
}

function takeRows(matrix: CustomerMatrix, rows: Int32Array): CustomerMatrix {
  const { cols, data, customerIds } = matrix;
  const taken = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => taken.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  const ids = Array.from(rows, (row) => customerIds[row]!);
  return { ...matrix, customerIds: ids, data: taken, rows: rows.length };
}

/** Three segments on the guide's features, six parts of the largest on the refined ones. */
async function segmentPlainly(matrix: CustomerMatrix) {
  const { labels } = await cluster(matrix, scale(matrix, fitScaler(matrix)), 3);
  const rows = Int32Array.from([...labels.keys()].filter((row) => labels[row] === 0));
  const customers = takeRows(matrix, rows);
  const features = fitFeatures(customers, "refined");
  const parts = await cluster(customers, toScaledFeatures(customers, features), 6);
  const subdivision: Subdivision = {
    ...parts,
    parent: 0,
    features,
    rows,
    ids: [100, 101, 102, 103, 104, 105],
    sizes: [],
    trials: [],
  };
  return profileSegments(matrix, labels, { subdivisions: [subdivision] });
}

Deno.test({
  name: "real customers: every segment gets a name that its numbers support",
  ignore: CUSTOMERS === undefined,
  fn: () =>
    inFolder(async (scratchDir) => {
      const { raw } = await readCustomers(CUSTOMERS, { scratchDir });
      const profiles = await segmentPlainly(raw);
      const named = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
      assert.equal(new Set(named.map(({ name }) => name)).size, 9);
      for (const [at, segment] of named.entries()) {
        assert.deepEqual(contradictions(segment, profiles[at]!), [], segment.name);
        assert.notEqual(segment.archetypeId, undefined, segment.name);
      }

      // Of those who spend most, whatever they are called: no name of the guide, nothing small or new.
      const [bigTicket] = named.filter(({ level }) => level === 1)
        .sort((a, b) => b.revenueShare / b.share - a.revenueShare / a.share);
      assert.equal(bigTicket!.name, "Big-Ticket One-Time Buyers");
      const { name, description, insight } = bigTicket!;
      assert.doesNotMatch(
        [name, description, insight].join(" "),
        /low|small|little|recent|satisfied|explorer|unengaged|lapsed/i,
      );
      const profile = profiles.find(({ id, level }) => id === bigTicket!.id && level === 1)!;
      const monetary = profile.features.find((feature) => feature.name === "monetary")!;
      assert.ok(monetary.median >= 3 * monetary.everyone.median);
    }),
});
