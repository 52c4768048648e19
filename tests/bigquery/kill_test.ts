import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { EMULATOR, ignore, newProject, openTestBigQuery } from "./_bigquery.ts";
import { startFaultProxy } from "./_fault_proxy.ts";
import { pairOf, versionOf } from "./_pair.ts";

const PROGRAM = fileURLToPath(new URL("./_publish_process.ts", import.meta.url));

/** Where in its work a process is killed. */
interface Moment {
  /** The request that it is sending, from 0. */
  readonly request: number;
  /** Whether the service still hears that request. */
  readonly isHeard: boolean;
}

interface KilledRun {
  /** Whether the process has ended by itself. */
  readonly isDone: boolean;
  /** The version of both tables then. */
  readonly version: number | undefined;
  readonly requests: number;
}

/** Lets a process publish version 2, kills it at a moment, and looks at what is there. */
async function publishAndKill(
  old: number | undefined,
  moment: Moment | undefined,
): Promise<KilledRun> {
  const projectId = newProject();
  await using direct = await openTestBigQuery({ projectId });
  if (old !== undefined) await direct.replaceTables("raw", pairOf(old));
  const { isDone, requests } = await runAndKill(projectId, moment);
  const version = await versionOf(direct);
  // Whatever was left aside, the next load goes through.
  await direct.replaceTables("raw", pairOf(3));
  assert.equal(await versionOf(direct), 3);
  return { isDone, version, requests };
}

/** Returns when the service has done what it has heard: a dead client takes nothing back. */
async function runAndKill(projectId: string, moment: Moment | undefined) {
  // A killed process leaves its files; here they go with their folder.
  const temp = await Deno.makeTempDir({ prefix: "feira-kill-" });
  let kill = () => {};
  await using proxy = await startFaultProxy(EMULATOR, ({ index }) => {
    if (index !== moment?.request) return undefined;
    kill();
    return moment.isHeard ? "deaf" : "drop";
  });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM, proxy.endpoint, projectId, "2"],
    env: { TMPDIR: temp },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  kill = () => child.kill("SIGKILL");
  const { success } = await child.status;
  await Deno.remove(temp, { recursive: true });
  return { isDone: success, requests: proxy.requests };
}

/** Kills at every request, and says what was there each time. */
async function killEverywhere(old: number | undefined, heard: readonly boolean[]) {
  const whole = await publishAndKill(old, undefined);
  assert.deepEqual([whole.isDone, whole.version], [true, 2]);
  const seen: (number | undefined)[] = [];
  for (let request = 0; request < whole.requests; request++) {
    for (const isHeard of heard) {
      const { isDone, version } = await publishAndKill(old, { request, isHeard });
      assert.ok(!isDone, `request ${request} never came`);
      seen.push(version);
    }
  }
  // Old up to one moment, new from there on.
  const turn = seen.indexOf(2);
  assert.ok(turn > 0 && turn < seen.length - 1);
  assert.deepEqual(seen, seen.map((_, index) => index < turn ? old : 2));
}

Deno.test({
  name: "BigQuery: a process killed at any step leaves both tables old or new, never a mix",
  ignore,
  fn: () => killEverywhere(1, [false, true]),
});

Deno.test({
  name: "BigQuery: a process killed at any step of a first load leaves no table or both",
  ignore,
  fn: () => killEverywhere(undefined, [true]),
});
