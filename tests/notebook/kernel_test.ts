import assert from "node:assert/strict";
import { Kernel, KernelDeath, type OutputMessage } from "feira/notebook";
import { isAlive } from "./_is_alive.ts";
import { killRunnerOf } from "./_killed_runner.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

const NOTHING = () => {};

Deno.test("Kernel runs several at once, each with its own outputs", async () => {
  await using workspace = await TempWorkspace.make();
  const texts = await Promise.all([1, 2, 3].map(async (i) => {
    await using kernel = await Kernel.start({ cwd: workspace.root });
    const seen: OutputMessage[] = [];
    await kernel.execute(`console.log("kernel", ${i})`, (output) => seen.push(output));
    return seen.map((output) => output.content.text).join("");
  }));
  assert.deepEqual(texts, ["kernel 1\n", "kernel 2\n", "kernel 3\n"]);
});

Deno.test("Kernel.start() tells what the process wrote last when it does not come up", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.write("deno.json", "{ oops");
  await assert.rejects(
    Kernel.start({ cwd: workspace.root }),
    (error) =>
      error instanceof KernelDeath &&
      /ended with exit code 1.*it wrote last:\n.*deno\.json/s.test(error.message),
  );
});

Deno.test("Kernel.start() rejects with the signal's reason when it has fired", async () => {
  const reason = new Error("too late");
  await assert.rejects(Kernel.start({ cwd: ".", signal: AbortSignal.abort(reason) }), reason);
});

Deno.test("Kernel.execute() rejects at once after the kernel's death", async () => {
  await using workspace = await TempWorkspace.make();
  await using kernel = await Kernel.start({ cwd: workspace.root });
  kernel.kill();
  await assert.rejects(kernel.execute("1", NOTHING), /signal SIGKILL/);
  await assert.rejects(kernel.execute("1", NOTHING), KernelDeath);
});

Deno.test("Kernel.execute() passes on what its listener throws", async () => {
  await using workspace = await TempWorkspace.make();
  await using kernel = await Kernel.start({ cwd: workspace.root });
  const fault = new Error("listener");
  await assert.rejects(
    kernel.execute("console.log(1)", () => {
      throw fault;
    }),
    fault,
  );
});

Deno.test("Kernel takes its children with it when it ends", async () => {
  await using workspace = await TempWorkspace.make();
  const kernel = await Kernel.start({ cwd: workspace.root });
  let text = "";
  await kernel.execute(
    'const child = new Deno.Command("sleep", { args: ["1000"] }).spawn(); console.log(child.pid);',
    (output) => text += output.content.text ?? "",
  );
  await kernel.shutdown();
  assert.equal(await isAlive(Number(text)), false);
});

Deno.test("Kernel ends with its children when its runner is killed", async () => {
  await using workspace = await TempWorkspace.make();
  const pids = await killRunnerOf(
    'const child = new Deno.Command("sleep", { args: ["1000"] }).spawn(); ' +
      "console.log(Deno.pid, child.pid); await new Promise(() => {});",
    workspace,
  );
  assert.equal(pids.length, 2);
  for (const pid of pids) assert.equal(await isAlive(pid), false, `process ${pid}`);
});
