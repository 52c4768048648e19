/**
 * Shows that the data tests of dbt/ can fail: builds a small synthetic market,
 * breaks each model in turn, and prints how many of the mutants a test caught.
 *
 *     deno run -A tests/dbt/mutation/mutate.ts [--orders 400] [--model NAME]… [--caught]
 *
 * Ends with 1 where fewer than 95% were caught, with the survivors named.
 */
import { parseArgs } from "node:util";
import { dbtBuild } from "feira/dbt";
import { marketCopy } from "../_market.ts";
import { failingTests, type Finding, hunt } from "./_hunt.ts";
import { readProject } from "./_project.ts";
import { tallyLines } from "./_tally.ts";

const WANTED = 0.95;

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "400" },
    model: { type: "string", multiple: true },
    caught: { type: "boolean", default: false },
  },
});

function print(...lines: string[]): void {
  Deno.stdout.writeSync(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
}

const workspace = await marketCopy("mutants", { orders: Number(values.orders) });
try {
  print(`building a synthetic market of ${values.orders} orders`);
  await dbtBuild(workspace);
  const project = await readProject(workspace);
  const failing = await failingTests(workspace.duckdbPath, project);
  if (failing.length > 0) throw new Error(`tests fail unbroken: ${failing.join(", ")}`);
  const started = performance.now();
  const findings = await hunt(workspace.duckdbPath, project, {
    ...(values.model && { models: values.model }),
    onModel: (name, found) => print(...(values.caught ? found.map(tell) : [name])),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  print("", ...tallyLines(findings), "", `${project.tests.length} tests, ${seconds} s`);
  const caught = findings.filter(({ caughtBy }) => caughtBy !== undefined).length;
  Deno.exitCode = caught >= WANTED * findings.length ? 0 : 1;
} finally {
  await Deno.remove(workspace.root, { recursive: true });
}

function tell({ model, kind, what, caughtBy }: Finding): string {
  return `${model}: ${kind} ${what}: ${caughtBy ?? "SURVIVED"}`;
}
