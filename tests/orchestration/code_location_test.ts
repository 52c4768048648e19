import { planRun } from "feira/notebook";
import { ensurePython } from "feira/python";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { parse } from "yaml";
import { toGraphRecord } from "../../lib/cli/_graph_record.ts";
import { JOB_NAMES } from "../../lib/cli/_jobs.ts";
import { toPlanOptions } from "../../lib/cli/_pipeline.ts";
import { maybeRunOptions } from "../../lib/cli/_run_options.ts";
import { TableFingerprints } from "../../lib/cli/_table_fingerprints.ts";
import { copyWorkspace, endOf, type WorkspaceCopy } from "../cli/_workspace_copy.ts";

const workspace = openWorkspace();
const read = (...path: string[]) => Deno.readTextFileSync(join(workspace.root, ...path));
const python = (name: string) => read("orchestration", "feira_dagster", `${name}.py`);

Deno.test("the code location reads only what deno task status --graph --json prints", async () => {
  await using tables = new TableFingerprints(workspace);
  const options = maybeRunOptions([], { effects: { env: () => undefined } })!;
  const plan = await planRun(await toPlanOptions(workspace, tables, options));
  const { notebooks, ...graph } = JSON.parse(JSON.stringify(toGraphRecord(plan, workspace)));
  const records = { ...graph, notebooks, ...notebooks[0] };
  const wanted = [...python("graph").matchAll(/record\["(\w+)"\]/g)].map((match) => match[1]!);
  assert.ok(wanted.length >= 10);
  for (const name of wanted) assert.ok(name in records, name);
  const names = notebooks.map(({ name }: { name: string }) => name);
  const guide = [...python("notebook_assets").matchAll(/^ {4}"(\d\d_\w+)": "\w+",$/gm)];
  assert.equal(guide.length, 4);
  for (const [, name] of guide) assert.ok(names.includes(name), name);
  const everything = python("definitions").match(/EVERYTHING = "(\w+)"/)![1]!;
  assert.equal(JOB_NAMES[everything], "full");
});

Deno.test("the code location calls tasks that are one program without a shell", () => {
  const { tasks } = JSON.parse(read("deno.json"));
  const called = [...python("workspace").matchAll(/_command\("(\w+)"/g)].map((match) => match[1]!);
  assert.deepEqual(called, ["status", "run"]);
  for (const name of called) assert.match(tasks[name].command, /^deno run -A lib\/cli\/\w+\.ts$/);
});

Deno.test("Dagster's instance sends nothing, and takes one run of a workspace at a time", () => {
  const instance = parse(read("orchestration", "instance.yaml"));
  assert.equal(instance.telemetry.enabled, false);
  assert.deepEqual(instance.concurrency.pools, { granularity: "run", default_limit: 1 });
  assert.match(python("notebook_assets"), /pool=POOL/);
});

Deno.test("systemd's unit runs the Deno that runs this test, and its timer the unit", () => {
  const [, version] = read("orchestration", "systemd", "feira.service")
    .match(/^ExecStart=\/usr\/bin\/env npx -y deno@(\S+) task run --log plain$/m)!;
  assert.equal(version, Deno.version.deno);
  // systemd's timers start the service of the same name.
  assert.match(read("orchestration", "systemd", "feira.timer"), /^OnCalendar=\*-\*-\* 06:00:00/m);
});

const CHROMIUM = "/usr/bin/chromium";
const hasChromium = await Deno.stat(CHROMIUM).then(() => true, () => false);
const isAsked = systemEffects.env("FEIRA_DAGSTER_TEST") === "1";

/** Tests that take minutes and 230 MB: only where they are asked for. */
function testWithDagster(name: string, fn: () => Promise<void>): void {
  const title = isAsked ? name : `${name} (skipped: FEIRA_DAGSTER_TEST is not 1)`;
  Deno.test({ name: title, ignore: !isAsked, fn });
}

testWithDagster("the code location's own tests pass", async () => {
  const { python } = await ensurePython({
    name: "dagster",
    requirements: join(workspace.requirementsDir, "dagster.txt"),
    venvDir: workspace.venvDir,
  });
  const { success, stderr } = await new Deno.Command(python, {
    args: ["-W", "ignore", "-m", "unittest", "discover", "--start-directory", "."],
    cwd: join(workspace.root, "tests", "orchestration"),
    env: { PYTHONPATH: join(workspace.root, "orchestration"), PYTHONDONTWRITEBYTECODE: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  assert.ok(success, text.slice(text.indexOf("\n=====")));
  assert.match(text, /^Ran 1\d tests/m);
});

const ENV = { FEIRA_RUN_OPTIONS: "--synthetic 2000" };

testWithDagster("Dagster validates the code location, runs it and shows its lineage", async () => {
  await using copy = await copyWorkspace();
  const dagster = (...args: string[]) => copy.start("dagster", ["--", ...args], ENV);
  const validation = await endOf(dagster("definitions", "validate"));
  assert.match(validation.text, /All code locations passed validation/);

  const job = "full_data_ml_pipeline";
  const run = await endOf(
    dagster("job", "execute", "--module-name", "feira_dagster.definitions", "--job", job),
  );
  assert.equal(run.code, 0, run.text.slice(-3000));
  const notebooks = [...run.text.matchAll(/Materialized value (\d\d_\w+)\./g)].map((m) => m[1]!);
  assert.deepEqual(notebooks, notebooks.toSorted());
  assert.equal(notebooks.length, 9);
  assert.match(run.text, /Asset check 'data_tests' on '04_transform' passed/);
  assert.match(run.text, /Asset check 'model_gate' on '08_segment' passed/);
  if (hasChromium) await lookAtLineage(copy, notebooks);
});

async function lookAtLineage(copy: WorkspaceCopy, notebooks: readonly string[]): Promise<void> {
  const port = freePort();
  const server = copy.start("dagster", ["--port", String(port)], ENV);
  const output = endOf(server);
  const args = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync";
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: args.split(" ") });
  try {
    const address = `http://127.0.0.1:${port}`;
    await untilUp(`${address}/server_info`);
    const page = await browser.newPage({ viewport: { width: 2400, height: 1300 } });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("http") && !url.startsWith(address)) elsewhere.push(url);
    });
    await showLineage(page, address);
    for (const name of notebooks) {
      await page.locator("svg foreignObject").getByText(name, { exact: true }).first().waitFor();
    }
    // What Dagster knows of each comes after the names.
    await page.locator("svg foreignObject").getByText("Loading").first()
      .waitFor({ state: "detached" });
    const shots = systemEffects.env("FEIRA_SHOTS");
    if (shots !== undefined) await page.screenshot({ path: join(shots, "lineage.png") });
    await page.goto(`${address}/assets/08_segment`);
    for (const text of ["silhouette", "Repeat Buyers", "when Feira calls it stale"]) {
      await page.getByText(text).first().waitFor();
    }
    assert.deepEqual(elsewhere, []);
  } finally {
    await browser.close();
    server.kill("SIGTERM");
    await output;
  }
}

/** The lineage of all assets, with both groups unfolded. */
async function showLineage(page: Page, address: string): Promise<void> {
  const groups = Object.keys(JOB_NAMES).filter((name) => JOB_NAMES[name] !== "full");
  const unfolded = groups.map((name) => `global@global:${name}`).join(",");
  await page.goto(`${address}/asset-groups?expanded=${encodeURIComponent(unfolded)}`);
}

async function untilUp(address: string): Promise<void> {
  const end = performance.now() + 180_000;
  while (performance.now() < end) {
    const ok = await fetch(address).then(async (response) => {
      await response.body?.cancel();
      return response.ok;
    }, () => false);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`Cannot look at the lineage: nothing answers at ${address}, must be up by now`);
}

/** Another program could take it before Dagster does; Dagster then ends at once, and says so. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
