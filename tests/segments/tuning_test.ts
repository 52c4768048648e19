import {
  GUIDE,
  type LeaderboardRow,
  readTuning,
  saveTuning,
  type Search,
  settingsOf,
} from "feira/segments";
import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";

function row(name: string, isWinner: boolean, seconds = 1): LeaderboardRow {
  const metrics = { qe: 0.2, te: 0.2, silhouette: 0.7, dbi: 0.6, smallest: 50 };
  return {
    name,
    description: name,
    settings: { ...GUIDE, name },
    modelId: name,
    k: 3,
    metrics,
    stability: { bootstrap: 0.99, leastBootstrap: 0.97 },
    sizes: [100, 60, 50],
    verdict: { passed: true, criteria: [], score: 0.1 },
    seconds,
    reused: false,
    isWinner,
  };
}

function toSearch(...leaderboard: LeaderboardRow[]): Search {
  const metrics = { qe: 0.3, te: 0.3, silhouette: 0.5, dbi: 0.9, smallest: 5 };
  const dropped = { name: "dropped", rung: 1, epochs: 20, customers: 60, modelId: "d", metrics };
  return {
    leaderboard,
    trials: [{ ...dropped, score: -0.2, isKept: false }],
    untried: [{ name: "late", stage: "full" }],
  };
}

async function inTempDir(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  await test(dir).finally(() => Deno.remove(dir, { recursive: true }));
}

Deno.test("saveTuning() keeps the winner and the guide's settings as they were compared", () =>
  inTempDir(async (dir) => {
    const cut = { ...row("guide", false), settings: { ...GUIDE, k: 4 } };
    await saveTuning(dir, toSearch(row("best", true), cut));
    const tuning = await readTuning(dir);
    assert.equal(settingsOf("tuned", tuning).name, "best");
    assert.equal(settingsOf("guide", tuning).k, 4);
    assert.deepEqual(tuning.leaderboard.map(({ name }) => name), ["best", "guide"]);
    assert.deepEqual(tuning.trials.map(({ name, isKept }) => [name, isKept]), [["dropped", false]]);
    assert.deepEqual(tuning.untried, [{ name: "late", stage: "full" }]);
  }));

Deno.test("saveTuning() gives the same bytes however long the fits took", () =>
  inTempDir(async (dir) => {
    await saveTuning(dir, toSearch(row("best", true, 1)));
    const first = await Deno.readTextFile(`${dir}/tuning.json`);
    await saveTuning(dir, toSearch(row("best", true, 99)));
    assert.equal(await Deno.readTextFile(`${dir}/tuning.json`), first);
  }));

Deno.test("saveTuning() refuses a leaderboard without a winner", () =>
  inTempDir(async (dir) => {
    await assert.rejects(saveTuning(dir, toSearch()), /found no winner among 0 rows/);
  }));

Deno.test("readTuning() says what is missing or broken, and who writes it", () =>
  inTempDir(async (dir) => {
    await assert.rejects(readTuning(dir), /tuning\.json.*must be what 07_tune writes/);
    await Deno.writeTextFile(`${dir}/tuning.json`, "{");
    await assert.rejects(readTuning(dir), FeiraError);
  }));

Deno.test("settingsOf() refuses a name that is no preset", () => {
  const tuning = { winner: GUIDE, guide: GUIDE, leaderboard: [], trials: [], untried: [] };
  assert.throws(
    () => settingsOf("best", tuning),
    (error) =>
      error instanceof FeiraError && error.kind === "usage" && /"best"/.test(error.message),
  );
});
