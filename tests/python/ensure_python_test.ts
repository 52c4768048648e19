import assert from "node:assert/strict";
import { join } from "node:path";
import { ensurePython } from "feira/python";
import { FeiraError } from "feira/workspace";
import { fakeMachine } from "./_fake_python.ts";

// The programs in Python's and uv's place are shell scripts.
const ignore = Deno.build.os === "windows";

Deno.test("ensurePython() makes an environment once, with venv and pip", { ignore }, async () => {
  await using machine = await fakeMachine({ python: "3.10.0" });
  const { effects, lines } = machine.listen();
  const requirements = await machine.requirements("good\n");
  const spec = { name: "dbt", requirements, venvDir: machine.venvDir, effects };
  const { python, program } = await ensurePython(spec);
  assert.equal(python, join(machine.venvDir, "dbt", "bin", "python"));
  assert.equal(program("dbt"), join(machine.venvDir, "dbt", "bin", "dbt"));
  assert.deepEqual(await machine.calls(), ["venv", "pip", "compileall"]);
  assert.match(
    lines[0]!,
    /^Making the Python environment dbt with venv and pip \(Python 3\.10\.0\)$/,
  );
  assert.match(lines[1]!, /^Made the Python environment dbt in \d+ s$/);

  await ensurePython(spec);
  assert.equal((await machine.calls()).length, 3, "a fresh one is recognised without a program");
  assert.equal(lines.length, 2);
});

Deno.test(
  "ensurePython() uses uv where it is installed, also without a Python",
  { ignore },
  async () => {
    for (const python of ["3.12.1", undefined]) {
      await using machine = await fakeMachine({ uv: true, ...(python ? { python } : {}) });
      const { effects } = machine.listen();
      const requirements = await machine.requirements("good\n");
      await ensurePython({ name: "dbt", requirements, venvDir: machine.venvDir, effects });
      assert.deepEqual(await machine.calls(), ["uv venv", "uv pip", "compileall"]);
    }
  },
);

Deno.test(
  "ensurePython() makes it anew when anything it depends on changed",
  { ignore },
  async () => {
    await using machine = await fakeMachine({ python: "3.11.7" });
    const requirements = await machine.requirements("good\n");
    const make = (env: Record<string, string> = {}) =>
      ensurePython({ name: "dbt", requirements, venvDir: machine.venvDir, ...machine.listen(env) });
    const built = async () => (await machine.calls()).filter((call) => call === "venv").length;
    await make();
    await machine.requirements("good\nand another\n");
    await make();
    assert.equal(await built(), 2, "other requirements");
    await Deno.remove(join(machine.venvDir, "dbt", "bin", "python"));
    await make();
    assert.equal(await built(), 3, "its Python has gone");
    await make({ FEIRA_PYTHON: join(machine.root, "spare-python") });
    assert.equal(await built(), 4, "another Python was chosen");
    await Deno.remove(join(machine.venvDir, "dbt", "feira.json"));
    await Deno.writeTextFile(join(machine.venvDir, "dbt", "left-over"), "");
    await make();
    assert.equal(await built(), 5, "an installation that was cut off has no marker");
    await assert.rejects(() => Deno.stat(join(machine.venvDir, "dbt", "left-over")));
    await Deno.rename(machine.venvDir, machine.venvDir + "-moved");
    await ensurePython({
      name: "dbt",
      requirements,
      venvDir: machine.venvDir + "-moved",
      ...machine.listen(),
    });
    assert.equal(await built(), 6, "programs hold absolute paths");
  },
);

Deno.test("ensurePython() installs once for two who ask at the same time", { ignore }, async () => {
  await using machine = await fakeMachine({ python: "3.11.7" });
  const requirements = await machine.requirements("slow\n");
  const { effects, lines } = machine.listen();
  const spec = { name: "dbt", requirements, venvDir: machine.venvDir, effects };
  await Promise.all([ensurePython(spec), ensurePython(spec)]);
  assert.deepEqual(await machine.calls(), ["venv", "pip", "compileall"]);
  assert.equal(lines.filter((line) => line.startsWith("Waiting for another process")).length, 1);
});

Deno.test("ensurePython() says what to install where there is no Python", { ignore }, async () => {
  for (const python of [undefined, "3.9.19", "2.7.18"]) {
    await using machine = await fakeMachine(python ? { python } : {});
    const requirements = await machine.requirements("good\n");
    const spec = { name: "dbt", requirements, venvDir: machine.venvDir, ...machine.listen() };
    await assert.rejects(() => ensurePython(spec), (error) => {
      assert.ok(error instanceof FeiraError);
      assert.equal(error.kind, "environment");
      assert.equal(error.exitCode, 2);
      assert.match(error.message, /must be Python 3\.10 or newer, or uv/);
      return true;
    });
  }
});

Deno.test("ensurePython() says what FEIRA_PYTHON is when it is no Python", { ignore }, async () => {
  await using machine = await fakeMachine({ python: "3.11.7" });
  const requirements = await machine.requirements("good\n");
  const listener = machine.listen({ FEIRA_PYTHON: "/no/such/python" });
  await assert.rejects(
    () => ensurePython({ name: "dbt", requirements, venvDir: machine.venvDir, ...listener }),
    /Cannot use FEIRA_PYTHON: \/no\/such\/python is no Python that runs, must be Python 3\.10/,
  );
});

Deno.test(
  "ensurePython() passes on pip's words and leaves nothing that looks whole",
  { ignore },
  async () => {
    await using machine = await fakeMachine({ python: "3.11.7" });
    const requirements = await machine.requirements("bad\n");
    const spec = { name: "dbt", requirements, venvDir: machine.venvDir, ...machine.listen() };
    await assert.rejects(() => ensurePython(spec), (error) => {
      assert.ok(error instanceof FeiraError);
      assert.equal(error.kind, "environment");
      assert.match(error.message, /DO NOT MATCH THE HASHES/);
      return true;
    });
    await machine.requirements("good\n");
    await ensurePython(spec);
  },
);

Deno.test(
  "ensurePython() stops when aborted, and the next call starts over",
  { ignore },
  async () => {
    await using machine = await fakeMachine({ python: "3.11.7" });
    const requirements = await machine.requirements("hang\n");
    const spec = { name: "dbt", requirements, venvDir: machine.venvDir, ...machine.listen() };
    const signal = AbortSignal.timeout(300);
    await assert.rejects(() => ensurePython({ ...spec, signal }), { name: "TimeoutError" });
    await machine.requirements("good\n");
    await ensurePython(spec);
  },
);

Deno.test("ensurePython() names what it cannot read or write", { ignore }, async () => {
  await using machine = await fakeMachine({ python: "3.11.7" });
  const spec = { name: "dbt", venvDir: machine.venvDir, ...machine.listen() };
  const requirements = join(machine.root, "absent.txt");
  await assert.rejects(() => ensurePython({ ...spec, requirements }), /Cannot read .*absent\.txt/);
  await Deno.writeTextFile(machine.venvDir, "a file where the folder goes");
  await assert.rejects(
    async () => ensurePython({ ...spec, requirements: await machine.requirements("good\n") }),
    (error) =>
      error instanceof FeiraError &&
      /must be a place that this user may write to/.test(error.message),
  );
});
