import { FeiraError, holdLock, LockHeldError } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";

Deno.test("holdLock() refuses a second holder, names the first, and lets go", async () => {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "made", "run.lock");
  const first = await holdLock(path);
  await assert.rejects(
    holdLock(path),
    (error) =>
      error instanceof LockHeldError && error.kind === "environment" &&
      error.message.includes(`process ${Deno.pid} on ${Deno.hostname()}, since 20`),
  );
  first[Symbol.dispose]();
  (await holdLock(path))[Symbol.dispose]();
  await Deno.remove(dir, { recursive: true });
});

/** Another process that holds a lock until it is killed. */
async function startHolder(path: string): Promise<Deno.ChildProcess> {
  const module = JSON.stringify(import.meta.resolve("../../lib/workspace/lock.ts"));
  const code = `const { holdLock } = await import(${module});
const lock = await holdLock(${JSON.stringify(path)});
console.log("held");
setTimeout(() => lock[Symbol.dispose](), 60_000);`;
  const args = ["eval", code];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stdin: "null" }).spawn();
  const reader = child.stdout.getReader();
  assert.match(new TextDecoder().decode((await reader.read()).value), /held/);
  await reader.cancel();
  return child;
}

Deno.test("holdLock() names the process that holds it, and takes over from a dead one", async () => {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "run.lock");
  const child = await startHolder(path);
  await assert.rejects(holdLock(path), {
    name: "LockHeldError",
    message: new RegExp(`^Cannot start: process ${child.pid} on .+, since 20.+Z, is at work`),
  });
  child.kill("SIGKILL");
  await child.status;
  assert.match(await Deno.readTextFile(path), new RegExp(`^process ${child.pid} `));
  const lock = await holdLock(path);
  assert.match(await Deno.readTextFile(path), new RegExp(`^process ${Deno.pid} `));
  lock[Symbol.dispose]();
  await Deno.remove(dir, { recursive: true });
});

Deno.test("holdLock() says which place cannot be written to", async () => {
  const path = await Deno.makeTempFile();
  await assert.rejects(
    holdLock(join(path, "run.lock")),
    (error) =>
      error instanceof FeiraError && error.kind === "environment" && error.message.includes(path),
  );
  await Deno.remove(path);
});
