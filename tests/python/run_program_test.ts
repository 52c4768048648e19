import assert from "node:assert/strict";
import { runProgram } from "feira/python";
import { FeiraError } from "feira/workspace";

const deno = Deno.execPath();

/** Arguments that make Deno run a piece of code. */
const code = (text: string) => ["eval", "--quiet", text];

Deno.test("runProgram() streams the lines of both streams and keeps the last", async () => {
  const lines: string[] = [];
  const end = await runProgram(
    deno,
    code(`
      const write = (text) => Deno.stdout.writeSync(new TextEncoder().encode(text));
      write("one\\r\\ntw"); write("o\\n\\nçã"); console.error("aside"); Deno.exit(3);
    `),
    { onLine: (line, stream) => lines.push(`${stream}: ${line}`) },
  );
  assert.deepEqual(
    lines.filter((line) => line.startsWith("stdout")),
    ["stdout: one", "stdout: two", "stdout: ", "stdout: çã"],
  );
  assert.ok(lines.includes("stderr: aside"));
  assert.equal(end.code, 3);
  assert.equal(end.success, false);
  assert.deepEqual([...end.lastLines].sort(), ["aside", "one", "two", "çã"]);
});

Deno.test("runProgram() keeps no more than the last 40 lines", async () => {
  const end = await runProgram(deno, code("for (let i = 0; i < 100; i++) console.log(i)"));
  assert.equal(end.lastLines.length, 40);
  assert.equal(end.lastLines.at(0), "60");
  assert.equal(end.lastLines.at(-1), "99");
});

Deno.test("runProgram() adds to the environment and takes out of it", async () => {
  // Deno gives every child a PATH.
  const [name, value] = Object.entries(Deno.env.toObject()).find(([name]) => name !== "PATH")!;
  const end = await runProgram(
    deno,
    code(`console.log(Deno.env.get("${name}"), Deno.env.get("FEIRA_TEST_NEW"))`),
    { env: { [name]: null, FEIRA_TEST_NEW: "2" } },
  );
  assert.deepEqual(end.lastLines, ["undefined 2"]);
  assert.equal(Deno.env.get(name), value, "this process's own stays");
});

Deno.test("runProgram() says which program is not there", async () => {
  await assert.rejects(() => runProgram("feira-no-such-program", []), (error) => {
    assert.ok(error instanceof FeiraError);
    assert.equal(error.kind, "environment");
    assert.match(error.message, /^Cannot run feira-no-such-program: /);
    return true;
  });
});

Deno.test("runProgram() ends the program when aborted, and does not start it after", async () => {
  const abort = new AbortController();
  const reason = new Error("Ctrl-C");
  const options = { signal: abort.signal, onLine: () => abort.abort(reason) };
  const hanging = code("console.log('up'); setTimeout(() => {}, 60_000)");
  await assert.rejects(() => runProgram(deno, hanging, options), (error) => error === reason);
  await assert.rejects(() => runProgram("feira-no-such-program", [], options), (error) => {
    return error === reason;
  });
});

Deno.test("runProgram() ends the program when the listener throws", async () => {
  const hanging = code("console.log('up'); setTimeout(() => {}, 60_000)");
  const onLine = () => {
    throw new RangeError("mine");
  };
  await assert.rejects(() => runProgram(deno, hanging, { onLine }), /RangeError: mine/);
});
