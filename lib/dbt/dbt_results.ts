import { join, relative } from "node:path";
import { FeiraError, type Workspace, writeJsonBeside } from "feira/workspace";

/** A model, seed or snapshot of a build. */
export interface DbtModel {
  readonly name: string;
  /** Its folder: `staging`, `intermediate`, `core`, `sales`, …; `seeds` for seeds. */
  readonly layer: string;
  /** `view`, `table`, `incremental`, `seed` or `snapshot`. */
  readonly materialized: string;
  readonly status: "success" | "error" | "skipped";
  readonly seconds: number;
}

/** A node that did not end as it should. */
export interface DbtProblem {
  /** Of the model or the test. */
  readonly name: string;
  /** The model that it is about; a test's first one where it is about several. */
  readonly node: string;
  readonly status: "error" | "fail" | "warn" | "skipped";
  readonly message: string;
  /** Rows that a data test found; null for everything else. */
  readonly failures: number | null;
  /** The SQL as it was run, relative to the workspace; null where none was. */
  readonly compiledPath: string | null;
}

/** What a build did, read from dbt's artefacts. */
export interface DbtResults {
  /** Of the whole build, without dbt's start. */
  readonly seconds: number;
  readonly models: readonly DbtModel[];
  /** Data tests and unit tests. A test that could not run counts as failed. */
  readonly tests: {
    readonly passed: number;
    readonly warned: number;
    readonly failed: number;
    readonly skipped: number;
  };
  /** Errors and failed tests in the order they ran, then warnings, then what was skipped. */
  readonly problems: readonly DbtProblem[];
}

/** The parts of run_results.json (version 6) that are read. */
export interface RunResults {
  readonly metadata: { readonly invocation_id: string };
  readonly elapsed_time: number;
  readonly results: readonly RunResult[];
}

interface RunResult {
  readonly unique_id: string;
  readonly status: string;
  readonly execution_time: number;
  readonly message: string | null;
  readonly failures: number | null;
}

/** The parts of manifest.json (version 12) that are read. */
export interface Manifest {
  readonly nodes: Readonly<Record<string, ManifestNode>>;
  readonly unit_tests?: Readonly<Record<string, ManifestNode>>;
  readonly sources?: Readonly<Record<string, ManifestSource>>;
}

interface ManifestSource {
  readonly source_name: string;
  readonly name: string;
  readonly schema: string;
  readonly identifier: string;
}

interface ManifestNode {
  readonly name: string;
  readonly resource_type: string;
  readonly fqn?: readonly string[];
  readonly config?: { readonly materialized?: string };
  readonly attached_node?: string | null;
  readonly depends_on?: { readonly nodes?: readonly string[] };
  readonly compiled_path?: string | null;
  readonly schema?: string;
  readonly alias?: string;
}

const MODEL_STATUS: Readonly<Record<string, DbtModel["status"]>> = {
  success: "success",
  "no-op": "success",
  skipped: "skipped",
};

const PROBLEM_STATUS: Readonly<Record<string, DbtProblem["status"]>> = {
  "partial success": "error",
  "runtime error": "error",
  error: "error",
  fail: "fail",
  warn: "warn",
  skipped: "skipped",
};

const SEVERITY: readonly DbtProblem["status"][] = ["error", "fail", "warn", "skipped"];

/**
 * The results of the last build; undefined where none has ended yet.
 *
 * @throws {FeiraError} `failed` when the artefacts are broken.
 */
export async function readDbtResults(workspace: Workspace): Promise<DbtResults | undefined> {
  const artefacts = await readArtefacts(workspace);
  return artefacts && toDbtResults(artefacts, workspace);
}

/** dbt's two artefacts of the last invocation that got so far as to write them. */
export interface Artefacts {
  readonly run: RunResults;
  readonly manifest: Manifest;
}

/** Reads them; undefined where one is missing. */
export function readArtefacts({ dbtTargetDir }: Workspace): Promise<Artefacts | undefined> {
  return readArtefactsOf(dbtTargetDir);
}

/** Reads those of any folder. */
export async function readArtefactsOf(dir: string): Promise<Artefacts | undefined> {
  const run = await readJson<RunResults>(join(dir, "run_results.json"));
  const manifest = await readJson<Manifest>(join(dir, "manifest.json"));
  return run && manifest && { run, manifest };
}

/** Puts artefacts in the place of those that dbt left. */
export async function writeArtefacts(
  { dbtTargetDir }: Workspace,
  { run, manifest }: Artefacts,
): Promise<void> {
  await writeJsonBeside(join(dbtTargetDir, "manifest.json"), manifest);
  await writeJsonBeside(join(dbtTargetDir, "run_results.json"), run);
}

/** Says in this room's words what the artefacts say. */
export function toDbtResults({ run, manifest }: Artefacts, { root }: Workspace): DbtResults {
  const nodes = { ...manifest.nodes, ...manifest.unit_tests };
  const models: DbtModel[] = [];
  const tests = { passed: 0, warned: 0, failed: 0, skipped: 0 };
  const problems: DbtProblem[] = [];
  for (const result of run.results) {
    const node = nodes[result.unique_id] ?? nodeFromId(result.unique_id);
    if (isTest(node)) tests[testCount(result.status)]++;
    else models.push(toModel(node, result));
    const status = PROBLEM_STATUS[result.status];
    if (status === undefined) continue;
    problems.push({
      name: node.name,
      node: isTest(node) ? subjectOf(node, nodes) : node.name,
      status,
      message: result.message ?? "",
      failures: node.resource_type === "test" ? result.failures : null,
      compiledPath: node.compiled_path ? relative(root, node.compiled_path) : null,
    });
  }
  problems.sort((a, b) => SEVERITY.indexOf(a.status) - SEVERITY.indexOf(b.status));
  return { seconds: run.elapsed_time, models, tests, problems };
}

function isTest(node: ManifestNode): boolean {
  return node.resource_type === "test" || node.resource_type === "unit_test";
}

function testCount(status: string): keyof DbtResults["tests"] {
  if (status === "pass") return "passed";
  if (status === "warn") return "warned";
  return status === "skipped" ? "skipped" : "failed";
}

function toModel(node: ManifestNode, result: RunResult): DbtModel {
  const isSeed = node.resource_type === "seed";
  return {
    name: node.name,
    layer: isSeed ? "seeds" : node.fqn?.at(-2) ?? "",
    materialized: node.config?.materialized ?? node.resource_type,
    status: MODEL_STATUS[result.status] ?? "error",
    seconds: result.execution_time,
  };
}

/** The model that a test is about. */
function subjectOf(test: ManifestNode, nodes: Readonly<Record<string, ManifestNode>>): string {
  const id = test.attached_node ?? test.depends_on?.nodes?.[0];
  return id === undefined ? test.name : (nodes[id] ?? nodeFromId(id)).name;
}

/** `model.feira.dim_date` names type and name; for nodes that the manifest has no more. */
function nodeFromId(id: string): ManifestNode {
  const [resource_type = "", , name = id] = id.split(".");
  return { name, resource_type };
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new FeiraError(
      "failed",
      `Cannot read ${path}: ${(cause as Error).message}, must be JSON as dbt writes it`,
      { cause },
    );
  }
}
