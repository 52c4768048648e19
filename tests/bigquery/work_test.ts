import assert from "node:assert/strict";
import { ignore } from "./_bigquery.ts";
import { change, snapshot, withPlace } from "./_place.ts";

const PUBLISHED = ["analytics_demo", "raw_demo", "staging_demo"];

/** What is there when `change` is published. */
const CHANGED = [
  "analytics_demo.facts",
  "analytics_demo.fresh",
  "raw_demo.orders",
  "staging_demo.a_half",
  "staging_demo.base",
];

Deno.test({
  name: "BigQuery: beginWork() changes nothing until its commit, then all that it has changed",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const before = await snapshot(place);
      const work = await place.begin();
      assert.match(work.workspace.datasets.staging, /^staging_demo__work_[0-9a-f]{8}$/);
      assert.equal(work.workspace.datasets.raw, "raw_demo");
      {
        await using own = await place.within(work);
        const half = own.nameOf(work.workspace.datasets.staging, "a_half");
        assert.deepEqual(await own.query(`select * from ${half} order by id`), [
          { id: 1, n: 5.25 },
          { id: 2, n: 10 },
        ]);
      }
      await change(place, work);
      assert.deepEqual(await snapshot(place), before);
      await work.commit();
      const after = await snapshot(place);
      assert.deepEqual(Object.keys(after).toSorted(), CHANGED);
      assert.deepEqual(after["analytics_demo.facts"], {
        name: "facts",
        kind: "table",
        rows: [{ id: 1, n: 5.25 }, { id: 2, n: 10 }, { id: 3, n: 1 }],
      });
      assert.deepEqual(after["analytics_demo.fresh"], {
        name: "fresh",
        kind: "table",
        comment: "New",
        rows: [{ id: 7 }],
      });
      assert.deepEqual(after["staging_demo.a_half"], {
        name: "a_half",
        kind: "view",
        rows: [{ id: 1, n: 2.625, x: "x" }, { id: 2, n: 5, x: "x" }],
      });
      assert.deepEqual(after["raw_demo.orders"], before["raw_demo.orders"]);
      assert.deepEqual(await place.datasets(), PUBLISHED);
      await work.discard();
      await assert.rejects(() => work.commit(), /it is over, must be committed once/);
    }),
});

Deno.test({
  name: "BigQuery: beginWork() leaves everything as it was when discarded",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const before = await snapshot(place);
      {
        await using work = await place.begin();
        await change(place, work);
        assert.equal((await place.datasets()).length, 5);
      }
      assert.deepEqual(await snapshot(place), before);
      assert.deepEqual(await place.datasets(), PUBLISHED);
    }),
});

Deno.test({
  name: "BigQuery: a commit that has changed nothing publishes nothing",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const { warehouse, workspace } = place;
      const versions = await warehouse.tableVersions(workspace.datasets.analytics);
      const work = await place.begin();
      await work.commit();
      assert.deepEqual(await warehouse.tableVersions(workspace.datasets.analytics), versions);
      assert.deepEqual(await place.datasets(), PUBLISHED);
    }),
});

Deno.test({
  name: "BigQuery: a commit is refused when somebody has changed a published table meanwhile",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const { warehouse, workspace: { datasets } } = place;
      const facts = warehouse.nameOf(datasets.analytics, "facts");
      for (
        const [name, meddle] of [
          ["facts", `insert into ${facts} (id, n) values (9, 9)`],
          ["theirs", `create table ${warehouse.nameOf(datasets.analytics, "theirs")} (id int64)`],
          ["base", `drop view ${warehouse.nameOf(datasets.staging, "base")}`],
        ] as const
      ) {
        const work = await place.begin();
        await change(place, work);
        await warehouse.query(meddle);
        await assert.rejects(
          () => work.commit(),
          new RegExp(`Cannot commit work: \\w+_demo\\.${name} was changed since the work began`),
        );
        await work.discard();
        const [row] = await warehouse.query<{ n: number }>(
          `select count(*) as n from ${facts} where id = 3`,
        );
        assert.equal(row!.n, 0, "nothing of the work is there");
        assert.deepEqual(await place.datasets(), PUBLISHED);
      }
    }),
});

/**
 * A client that dies at its n-th request that changes something, before or after
 * the service has heard it. Reading more or less makes no difference.
 */
function dyingAt(last: number, isHeard: boolean) {
  const count = { changes: 0 };
  let isDead = false;
  const dying: typeof fetch = async (input, init) => {
    if (!isDead && (init?.method ?? "GET") === "GET") return await fetch(input, init);
    const isTheLast = count.changes++ === last;
    isDead ||= isTheLast;
    if (!isDead) return await fetch(input, init);
    if (isTheLast && isHeard) await (await fetch(input, init)).body?.cancel();
    throw new TypeError("the client is dead");
  };
  return { count, fetch: dying };
}

/** Commits a work whose client dies, and says whether its changes were published. */
async function commitAndDie(last: number, isHeard: boolean) {
  let seen = { isNew: false, before: 0, changes: 0 };
  await withPlace(async (place) => {
    const published = await snapshot(place);
    const { count, fetch } = dyingAt(last, isHeard);
    const work = await place.begin(fetch);
    await change(place, work);
    const before = count.changes;
    await work.commit().catch(() => {});
    const after = await snapshot(place);
    const isNew = "analytics_demo.fresh" in after;
    seen = { isNew, before, changes: count.changes };
    if (!isNew) return assert.deepEqual(after, published, `change ${last}`);
    assert.deepEqual(Object.keys(after).toSorted(), CHANGED, `change ${last}`);
    assert.equal((after["analytics_demo.facts"] as { rows: unknown[] }).rows.length, 3);
  });
  return seen;
}

Deno.test({
  name: "BigQuery: a client that dies at any step of a commit leaves all old or all new",
  ignore,
  async fn() {
    const { isNew, before, changes } = await commitAndDie(Infinity, false);
    assert.ok(isNew);
    const seen: boolean[] = [];
    for (let last = before; last < changes; last++) {
      for (const isHeard of [false, true]) seen.push((await commitAndDie(last, isHeard)).isNew);
    }
    // Old up to one moment, new from there on.
    const turn = seen.indexOf(true);
    assert.ok(turn > 0 && turn < seen.length - 1, seen.join(" "));
    assert.deepEqual(seen, seen.map((_, index) => index >= turn));
  },
});

Deno.test({
  name: "BigQuery: beginWork() removes works that are a day old, and leaves younger ones",
  ignore,
  async fn() {
    let hours = 0;
    const now = () => Temporal.Now.instant().add({ hours });
    await withPlace(async (place) => {
      const killed = await place.begin();
      hours = 23;
      const living = await place.begin();
      const left = async () => (await place.datasets()).filter((name) => name.includes("__work_"));
      assert.equal((await left()).length, 4);
      hours = 25;
      await using _work = await place.begin();
      const names = await left();
      assert.equal(names.length, 4);
      assert.ok(!names.includes(killed.workspace.datasets.staging));
      assert.ok(names.includes(living.workspace.datasets.staging));
      await living.discard();
    }, now);
  },
});
