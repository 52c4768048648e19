// The program that _fake_dbt.ts puts in dbt's place: says and writes what run.json tells it to.
import { join } from "node:path";
import type { FakeRun } from "./_fake_dbt.ts";

const [root = ".", ...args] = Deno.args;
const run: FakeRun = JSON.parse(await Deno.readTextFile(join(root, "run.json")));
await Deno.writeTextFile(
  join(root, "call.json"),
  JSON.stringify({ args, env: Deno.env.toObject() }),
);

const encoder = new TextEncoder();
for (const line of run.lines ?? []) {
  const text = typeof line === "string" ? line : JSON.stringify(line);
  await Deno.stdout.write(encoder.encode(text + "\n"));
}
for (const line of run.errorLines ?? []) await Deno.stderr.write(encoder.encode(line + "\n"));
if (run.artefacts !== undefined) {
  const target = args[args.indexOf("--target-path") + 1]!;
  await Deno.mkdir(target, { recursive: true });
  const write = (name: string, value: object) =>
    Deno.writeTextFile(join(target, name), JSON.stringify(value));
  await write("run_results.json", run.artefacts.run);
  await write("manifest.json", run.artefacts.manifest);
}
if (run.hangs) {
  await Deno.writeTextFile(join(root, "pid"), String(Deno.pid));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
Deno.exit(run.code ?? 0);
