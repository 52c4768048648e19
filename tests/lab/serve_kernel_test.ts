import assert from "node:assert/strict";
import { type ServeEnd, serveKernel } from "feira/notebook";
import { type Answer, FrontEnd, writeConnectionFile } from "./_front_end.ts";

/** Serves a kernel, gives a front end to `work` and says how serving ended. */
async function withKernel(
  work: (front: FrontEnd, dir: string) => Promise<void>,
): Promise<ServeEnd> {
  const dir = await Deno.makeTempDir({ prefix: "feira-lab-" });
  try {
    const file = await writeConnectionFile(dir);
    const served = serveKernel(file, {
      cwd: dir,
      toLive: (data) => "test/kind" in data ? { ...data, "text/plain": "live" } : data,
    });
    await using front = await FrontEnd.connect(file);
    await work(front, dir);
    const over = await Promise.race([served, Promise.resolve(undefined)]);
    if (over === undefined) await front.send("shutdown_request", { restart: false }, "control");
    return await served;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** What a cell begins with that {@linkcode whenStarted} waits for. */
const START = `Deno.writeTextFileSync("started", "");`;

async function whenStarted(dir: string): Promise<void> {
  while (!await Deno.stat(`${dir}/started`).catch(() => undefined)) {
    await new Promise((done) => setTimeout(done, 20));
  }
}

const typesOf = ({ shown }: Answer) => shown.map(({ type }) => type);

/** Everything that a cell shows, as text. */
const textOf = ({ shown }: Answer) =>
  shown.map(({ content }) =>
    content.text ?? (content.data as Record<string, string> | undefined)?.["text/plain"] ?? ""
  ).join("");

Deno.test("serveKernel() gives every cell its own outputs when all are sent at once", async () => {
  const end = await withKernel(async (front) => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => front.execute(`console.log("text ${i}"); ${i} + 0.5`)),
    );
    answers.forEach((answer, i) => {
      assert.equal(textOf(answer), `text ${i}\n${i}.5`);
      const kinds = ["status", "execute_input", "stream", "execute_result", "status"];
      assert.deepEqual(typesOf(answer), kinds, "busy first, idle last");
      assert.equal(answer.reply.content.execution_count, i + 1);
      assert.equal(answer.shown[3]!.content.execution_count, i + 1);
    });
  });
  assert.equal(end, "shutdown");
});

Deno.test("serveKernel() shows an error with its line, and leaves out the cells after it", async () => {
  await withKernel(async (front) => {
    await front.execute(`function f() {\n  throw new RangeError("too far");\n}`);
    const [thrown, after] = await Promise.all([
      front.execute("1;\nf();"),
      front.execute("1"),
    ]);
    const { ename, evalue, traceback } = thrown.reply.content;
    assert.deepEqual([ename, evalue], ["RangeError", "too far"]);
    assert.deepEqual(traceback, [
      "\u001b[1;31mRangeError\u001b[0m: too far",
      "    f();",
      "    ^",
      "    at f (this notebook, cell 1, line 2)",
      "    at this notebook, cell 2, line 2",
    ]);
    assert.deepEqual(typesOf(thrown), ["status", "execute_input", "error", "status"]);
    assert.equal(after.reply.content.status, "aborted");
    assert.deepEqual(typesOf(after), ["status", "status"]);

    const syntax = await front.execute("const a = 1;\nconst b = ;");
    assert.match(
      (syntax.reply.content.traceback as string[]).join("\n"),
      /SyntaxError[^]*\n {4}const b = ;\n {14}\^/,
    );
    const unresolved = await front.execute(`1;\nimport { y } from "./nope.ts";`);
    assert.match(String(unresolved.reply.content.evalue), /Module not found.*nope\.ts/);
    const unhandled = await front.execute(`Promise.reject(new Error("nobody"));`);
    assert.match(String(unhandled.reply.content.evalue), /^nobody/);
    assert.equal((await front.execute("a")).reply.content.status, "error", "a was never set");
    assert.equal(textOf(await front.execute("6 * 7")), "42");
  });
});

Deno.test("serveKernel() stops code that computes and keeps its names", async () => {
  const end = await withKernel(async (front, dir) => {
    await front.execute("const kept = 3;");
    const endless = front.execute(`${START} while (true);`);
    const queued = front.execute("1");
    await whenStarted(dir);
    await front.send("interrupt_request", {}, "control");
    assert.equal((await endless).reply.content.ename, "Interrupted");
    assert.equal((await queued).reply.content.status, "aborted");
    assert.equal(textOf(await front.execute("kept")), "3");
  });
  assert.equal(end, "shutdown");
});

Deno.test("serveKernel() ends the kernel of a cell that waits, when interrupted", async () => {
  const end = await withKernel(async (front, dir) => {
    const waiting = front.execute(`${START} await new Promise((done) => setTimeout(done, 1e9));`);
    await whenStarted(dir);
    await front.send("interrupt_request", {}, "control");
    const { reply, shown } = await waiting;
    assert.match(String(reply.content.evalue), /^Interrupted while it waited: the kernel had/);
    assert.ok(shown.some(({ type }) => type === "error"));
  });
  assert.equal(end, "dead", "so that Jupyter starts another");
});

Deno.test("serveKernel() ends with its kernel, and says in the cell why", async () => {
  const end = await withKernel(async (front) => {
    const { reply } = await front.execute("Deno.exit(3);");
    assert.equal(reply.content.ename, "KernelDeath");
    assert.match(String(reply.content.evalue), /exit.*3|3.*exit|code 3/i);
  });
  assert.equal(end, "dead");
});

Deno.test("serveKernel() answers what a front end asks besides", async () => {
  await withKernel(async (front) => {
    const ask = async (type: string, content: object) =>
      (await front.send(type, content)).reply.content;
    const info = await ask("kernel_info_request", {});
    assert.equal((info.language_info as { name: string }).name, "typescript");
    await front.execute("const neighbourhood = 1;");
    const { matches } = await ask("complete_request", { code: "neighb", cursor_pos: 6 });
    assert.deepEqual(matches, ["neighbourhood"]);
    assert.equal((await ask("is_complete_request", { code: "1" })).status, "complete");
    assert.deepEqual(await ask("comm_info_request", {}), { status: "ok", comms: {} });
    const written = await front.execute(`Deno.stdout.write(new TextEncoder().encode("out\\n"));`);
    assert.equal(textOf(written).split("\n")[0], "out");
    const asked = await front.execute(`prompt("who?")`);
    assert.match(String(asked.reply.content.evalue), /^Cannot ask/);
    const shown = await front.execute(
      `await Deno.jupyter.display({ "test/kind": 1, "text/plain": "stored" }, { raw: true })`,
    );
    assert.equal(textOf(shown), "live");
  });
});
