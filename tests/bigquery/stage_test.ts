import { holdLock } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { numbersLoad } from "../warehouse/_suite.ts";
import { errorResponse, openFakeBigQuery } from "./_fake_bigquery.ts";

/** A stage as a process leaves it that was killed some minutes ago. */
async function leaveStage(minutes: number): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "feira-stage-" });
  await Deno.writeTextFile(join(folder, "1.parquet"), "rows");
  const then = new Date(Date.now() - minutes * 60_000);
  await Deno.utime(folder, then, then);
  return folder;
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

Deno.test("replaceTables() removes what killed processes have staged, and leaves the living theirs", async () => {
  const dead = await leaveStage(5);
  const young = await leaveStage(0);
  const living = await Deno.makeTempDir({ prefix: "feira-stage-" });
  const lock = await holdLock(join(living, "lock"));
  await Deno.utime(living, 0, 0);
  try {
    const { warehouse } = await openFakeBigQuery(() => errorResponse(400, "invalid", "no"));
    await assert.rejects(() => warehouse.replaceTables("raw", [numbersLoad([1])]), /no/);
    assert.deepEqual(await Promise.all([dead, young, living].map(isThere)), [false, true, true]);
  } finally {
    lock[Symbol.dispose]();
    for (const folder of [young, living]) await Deno.remove(folder, { recursive: true });
  }
});
