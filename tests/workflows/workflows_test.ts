import { openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { maybeRunOptions } from "../../lib/cli/_run_options.ts";
import { pipelineRun } from "../_pipeline_run.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: unknown;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { root } = openWorkspace();
const GITHUB = join(root, ".github");
const read = (...path: string[]) => Deno.readTextFileSync(join(GITHUB, ...path));
const names = (folder: string) => [...Deno.readDirSync(join(GITHUB, folder))].map((e) => e.name);

const WORKFLOWS = names("workflows").map((name) => ({
  name,
  text: read("workflows", name),
  content: parse(read("workflows", name)) as Workflow,
}));
const ACTIONS = names("actions").map((name) => ({
  name,
  text: read("actions", name, "action.yml"),
  content: parse(read("actions", name, "action.yml")) as { runs: { steps: Step[] } },
}));
const TEXTS = [...WORKFLOWS, ...ACTIONS];
const JOBS = WORKFLOWS.flatMap(({ content }) => Object.entries(content.jobs));
const STEPS = [
  ...JOBS.flatMap(([, job]) => job.steps),
  ...ACTIONS.flatMap(({ content }) => content.runs.steps),
];
const SCRIPTS = STEPS.flatMap(({ run }) => run ?? []);

Deno.test("workflows run on push, on pull requests, every day and by hand", () => {
  const { on } = WORKFLOWS.find(({ name }) => name === "notebooks.yml")!.content;
  assert.deepEqual(Object.keys(on).sort(), [
    "pull_request",
    "push",
    "schedule",
    "workflow_dispatch",
  ]);
  assert.match(JSON.stringify(on.schedule), /"cron":"\d+ \d+ \* \* \*"/);
});

Deno.test("workflows may read the repository and nothing else, and end some time", () => {
  for (const { content, name } of WORKFLOWS) {
    assert.deepEqual(content.permissions, { contents: "read" }, name);
    assert.ok(content.concurrency, name);
  }
  for (const [name, job] of JOBS) {
    assert.equal(job.permissions, undefined, name);
    assert.ok(job["timeout-minutes"]! <= 30, name);
  }
});

Deno.test("workflows pin every action by its commit and tell the version", () => {
  for (const { name, text } of TEXTS) {
    const used = [...text.matchAll(/^ +(?:- )?uses: (.*)$/gm)].map((match) => match[1]!);
    assert.ok(used.length > 0, name);
    for (const action of used) {
      if (action.startsWith("./")) assert.ok(Deno.statSync(join(root, action, "action.yml")));
      else assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
    }
  }
});

Deno.test("workflows call tasks that there are, with options that they know", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(root, "deno.json")));
  const calls = SCRIPTS.flatMap((script) => [...script.matchAll(/\bdeno task (\S+)(.*)$/gm)]);
  assert.deepEqual(
    [...new Set(calls.map(([, task]) => task))].sort(),
    ["run", "summary", "test", "test:bigquery"],
  );
  for (const [call, task, args] of calls) {
    assert.ok(task! in tasks, call);
    if (task !== "run") continue;
    const given = args!.replaceAll(/"\$[A-Z]+"/g, "5000").trim().split(/\s+/);
    assert.ok(maybeRunOptions(given, { effects: { env: () => undefined } }), call);
  }
});

Deno.test("workflows run the Deno that runs this test", () => {
  const versions = STEPS.flatMap((step) => step.with?.["deno-version"] ?? []);
  assert.deepEqual(versions, [Deno.version.deno]);
});

Deno.test("workflows key their caches by files that there are", async () => {
  const keys = STEPS.flatMap((step) => step.with?.key ?? []);
  const patterns = keys.flatMap((key) => [...key.matchAll(/hashFiles\((.*?)\)/g)])
    .flatMap((match) => [...match[1]!.matchAll(/'([^']+)'/g)].map((pattern) => pattern[1]!));
  assert.ok(keys.length >= 2 && patterns.length >= keys.length);
  for (const pattern of patterns) {
    const first = await glob(pattern, { cwd: root }).next();
    assert.ok(!first.done, `${pattern} names no file`);
  }
  // What setup-deno keys its own cache by.
  assert.ok(Deno.statSync(join(root, "deno.lock")).isFile);
});

Deno.test("workflows key fitted maps by the folders whose code names them", () => {
  const source = Deno.readTextFileSync(join(root, "lib", "segments", "fit", "model_id.ts"));
  const folders = source.match(/const SOURCES = (\[.*\]);/)![1]!;
  const key = STEPS.flatMap((step) => step.with?.key ?? []).find((key) => key.startsWith("fits-"))!;
  for (const folder of JSON.parse(folders)) assert.ok(key.includes(`'lib/${folder}/**'`), folder);
});

Deno.test("workflows keep and cache paths that a run leaves", async () => {
  await using run = await pipelineRun();
  assert.equal(run.end.code, 0, run.end.text.slice(-2000));
  const paths = STEPS.flatMap((step) => step.with?.path ?? []).filter((path) => path !== ".venv");
  assert.deepEqual(paths.toSorted(), ["data/models/*/fits", "reports/"]);
  for (const path of paths) {
    const found = await Array.fromAsync(glob(`${path.replace(/\/$/, "")}/*`, { cwd: run.root }));
    assert.ok(found.length > 0, path);
  }
});

Deno.test("workflows put nothing from outside into a script's text", () => {
  // An expression is pasted before the shell reads it; a variable of the environment is not.
  for (const script of SCRIPTS) assert.doesNotMatch(script, /\$\{\{/);
});

Deno.test("workflows give secrets to one step, and not in a pull request", () => {
  const lines = TEXTS.flatMap(({ text }) => text.split("\n")).filter((line) =>
    /\bsecrets\./.test(line)
  );
  assert.equal(lines.length, 2);
  for (const line of lines) {
    assert.match(line, /^ {10}KAGGLE_\w+: \$\{\{ env\.SOURCE == 'kaggle' && secrets\.KAGGLE_/);
  }
});

const hasActionlint = await canRun("actionlint", ["-version"]);

Deno.test({
  name: `actionlint finds no fault${
    hasActionlint ? "" : " (skipped: actionlint is not installed)"
  }`,
  ignore: !hasActionlint,
  async fn() {
    const files = WORKFLOWS.map(({ name }) => join(GITHUB, "workflows", name));
    const { stdout, success } = await new Deno.Command("actionlint", {
      args: ["-no-color", ...files],
      cwd: root,
    }).output();
    assert.ok(success, new TextDecoder().decode(stdout));
  },
});

async function canRun(command: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
