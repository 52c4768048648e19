import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import { EMULATOR, ignore, newProject, openTestBigQuery } from "./_bigquery.ts";
import { numbersOf, pairOf, versionOf } from "./_pair.ts";
import { type Chooser, type Fault, FAULTS, startFaultProxy } from "./_fault_proxy.ts";

const RUNS = Number(Deno.env.get("FEIRA_FAULT_RUNS") ?? 50);

/** Short, so that many runs fit into a minute; every run must end in twice the time. */
const PATIENCE = { totalMs: 15_000, attemptMs: 300, attempts: 8, pauseMs: 5, longestPauseMs: 40 };
const LONGEST_MS = 2 * PATIENCE.totalMs + 30_000;

/** About every third request is disturbed, by the seed. */
function seeded(seed: number): Chooser {
  const random = xoroshiro128plus(seed);
  return () => {
    const drawn = unsafeUniformIntDistribution(0, 3 * FAULTS.length - 1, random);
    return FAULTS[drawn];
  };
}

/** What a run of everything came to, to be counted. */
interface Outcome {
  readonly faults: ReadonlyMap<Fault, number>;
  readonly done: number;
  readonly refused: number;
}

async function runWithFaults(seed: number): Promise<Outcome> {
  const projectId = newProject();
  await using direct = await openTestBigQuery({ projectId });
  await using proxy = await startFaultProxy(EMULATOR, seeded(seed));
  await using disturbed = await openTestBigQuery({
    projectId,
    endpoint: proxy.endpoint,
    patience: PATIENCE,
    pageRows: 90,
  });
  await direct.replaceTables("raw", pairOf(0));
  let done = 0;
  let refused = 0;
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    const started = performance.now();
    try {
      const result = await work();
      done++;
      return result;
    } catch (error) {
      assert.ok(error instanceof FeiraError, `seed ${seed}: ${error}`);
      refused++;
      return undefined;
    } finally {
      assert.ok(performance.now() - started < LONGEST_MS, `seed ${seed} hangs`);
    }
  };

  const loaded = await attempt(() => disturbed.replaceTables("raw", pairOf(1)));
  const version = await versionOf(direct);
  if (loaded) assert.equal(version, 1, `seed ${seed}: loaded, but not there`);

  const table = direct.nameOf("raw", "a");
  const inserted = await attempt(() =>
    disturbed.query(`insert into ${table} (n) values (?)`, [-1])
  );
  const [{ n: added }] = await direct.query<{ n: number }>(
    `select count(*) as n from ${table} where n = -1`,
  ) as [{ n: number }];
  assert.ok(inserted ? added === 1 : added <= 1, `seed ${seed}: inserted ${added} times`);

  const read = await attempt(() =>
    disturbed.columns(`select n from ${table} where n >= 0 order by n`)
  );
  if (read) assert.deepEqual([...read.numbers["n"]!], numbersOf(version!), `seed ${seed}`);
  return { faults: proxy.faults, done, refused };
}

Deno.test({
  name: `BigQuery: ${RUNS} disturbed runs lose no row, double none, and end`,
  ignore,
  async fn() {
    const total = new Map<Fault, number>();
    let [done, refused] = [0, 0];
    for (let seed = 1; seed <= RUNS; seed++) {
      const outcome = await runWithFaults(seed);
      for (const [fault, times] of outcome.faults) {
        total.set(fault, (total.get(fault) ?? 0) + times);
      }
      done += outcome.done;
      refused += outcome.refused;
    }
    // deno-lint-ignore no-console -- the table that docs/bigquery.md shows
    console.log({ runs: RUNS, done, refused, faults: Object.fromEntries(total) });
    assert.deepEqual([...total.keys()].toSorted(), [...FAULTS].toSorted());
    assert.ok(done > 2 * refused, `${refused} operations have failed, ${done} have not`);
  },
});
