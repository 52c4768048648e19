import { FeiraError, holdLock } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";

Deno.test("holdLock() refuses a second holder, names the first, and lets go", async () => {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "made", "run.lock");
  const first = await holdLock(path);
  await assert.rejects(
    holdLock(path),
    (error) =>
      error instanceof FeiraError && error.kind === "environment" &&
      error.message.includes(`process ${Deno.pid}`),
  );
  first[Symbol.dispose]();
  (await holdLock(path))[Symbol.dispose]();
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
