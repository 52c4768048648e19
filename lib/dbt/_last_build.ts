import { join } from "node:path";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { hashText, type Workspace, writeJsonBeside } from "feira/workspace";
import { type Artefacts, type Manifest, readArtefactsOf } from "./dbt_results.ts";
import { requirementsOf } from "./ensure_dbt.ts";

/** What a build stands on besides the code of the project. */
interface Basis {
  /** The folder of the build's artefacts. */
  readonly id: string;
  /** dbt's variables and version, as one hash. */
  readonly settings: string;
  /** Of dbt/ and the seeds, as one hash. */
  readonly code: string;
  /** What each source held, by `dataset.table`; null for one that was not there. */
  readonly sources: Readonly<Record<string, string | null>>;
}

/** What a build is made with, as found before it starts. */
export interface BuildInputs {
  readonly vars: Readonly<Record<string, unknown>>;
  /** A hash of dbt/ and the seeds. */
  readonly code: string;
}

/** A build that can be brought up to date, and what to select for that. */
export interface LastBuild {
  readonly artefacts: Artefacts;
  /** Where dbt finds the earlier manifest. */
  readonly stateDir: string;
  /**
   * Arguments of `--select`: what is of changed code or sources, and all that is
   * made from it; none where nothing has changed.
   */
  readonly select: readonly string[];
  /** Whether only rows changed: what unit tests found, which have rows of their own, still holds. */
  readonly hasSameCode: boolean;
}

/** Builds whose artefacts are kept: the published file may be of another than a copy of it. */
const KEPT = 4;

/**
 * The build that the DuckDB file holds, where it is whole; undefined where only
 * a full build will do: the first one, one after a build that failed, with other
 * variables or another dbt, or where a table has gone.
 *
 * What was built is written in the file itself: a copy that is discarded takes
 * that with it. It is taken out here, and comes back when a build succeeds: a
 * build that is cut off leaves a file of which nothing is known.
 */
export async function takeLastBuild(
  workspace: Workspace,
  { vars, code }: BuildInputs,
): Promise<LastBuild | undefined> {
  await using warehouse = await openWarehouse(workspace);
  const table = tableOf(workspace);
  const isThere = (await warehouse.listTables(table.dataset)).some(({ name }) =>
    name === table.name
  );
  if (!isThere) return undefined;
  const [row] = await warehouse.query<{ basis: string }>(`select basis from ${table.path}`);
  await warehouse.query(`delete from ${table.path}`);
  if (row === undefined) return undefined;
  const basis: Basis = JSON.parse(row.basis);
  const stateDir = stateDirOf(workspace, basis.id);
  const artefacts = await readArtefactsOf(stateDir);
  if (artefacts === undefined || basis.settings !== await settingsOf(workspace, vars)) {
    return undefined;
  }
  if (!await hasAllTables(warehouse, artefacts)) return undefined;
  const sources = await fingerprintSources(warehouse, artefacts.manifest);
  const changed = Object.values(artefacts.manifest.sources ?? {}).filter((source) =>
    sources[keyOf(source)] !== basis.sources[keyOf(source)]
  );
  const hasSameCode = basis.code === code;
  return {
    artefacts,
    stateDir,
    hasSameCode,
    select: [
      ...(hasSameCode ? [] : ["state:modified+"]),
      ...changed.map(({ source_name, name }) => `source:${source_name}.${name}+`),
    ],
  };
}

/** Writes into the DuckDB file that it holds a whole build, and keeps the build's artefacts. */
export async function keepBuild(
  workspace: Workspace,
  { manifest, run }: Artefacts,
  { vars, code }: BuildInputs,
): Promise<void> {
  const id = run.metadata.invocation_id;
  const dir = stateDirOf(workspace, id);
  await writeJsonBeside(join(dir, "manifest.json"), manifest);
  await writeJsonBeside(join(dir, "run_results.json"), run);
  await using warehouse = await openWarehouse(workspace);
  const { dataset, path } = tableOf(workspace);
  const basis: Basis = {
    id,
    settings: await settingsOf(workspace, vars),
    code,
    sources: await fingerprintSources(warehouse, manifest),
  };
  await warehouse.query(`create schema if not exists ${dataset}`);
  await warehouse.query(`create or replace table ${path} (basis varchar)`);
  await warehouse.query(`insert into ${path} values (?)`, [JSON.stringify(basis)]);
  await removeOld(workspace);
}

/** The artefacts of a build of some nodes, completed by those of the build before. */
export function completeArtefacts(part: Artefacts, before: Artefacts): Artefacts {
  const fresh = new Map(part.run.results.map((result) => [result.unique_id, result]));
  const { nodes, unit_tests = {} } = part.manifest;
  const kept = before.run.results.filter(({ unique_id }) =>
    !fresh.has(unique_id) && (unique_id in nodes || unique_id in unit_tests)
  );
  // dbt compiles only what it builds; the other queries are as they were.
  const compiled = Object.entries(nodes).map(([id, node]) => {
    const earlier = before.manifest.nodes[id];
    return [
      id,
      fresh.has(id) || earlier === undefined ? node : { ...node, ...compiledOf(earlier) },
    ];
  });
  return {
    run: { ...part.run, results: [...kept, ...part.run.results] },
    manifest: { ...part.manifest, nodes: Object.fromEntries(compiled) },
  };
}

function compiledOf(node: Manifest["nodes"][string]) {
  const names = ["compiled", "compiled_code", "compiled_path", "extra_ctes", "extra_ctes_injected"];
  return Object.fromEntries(Object.entries(node).filter(([name]) => names.includes(name)));
}

type Source = NonNullable<Manifest["sources"]>[string];

function keyOf({ schema, identifier }: Source): string {
  return `${schema}.${identifier}`;
}

/** The moment of a load does not count: loading the same again changes nothing. */
async function fingerprintSources(
  warehouse: Warehouse,
  { sources = {} }: Manifest,
): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for (const source of Object.values(sources)) {
    const options = { ignore: ["load_timestamp"] };
    const { schema, identifier } = source;
    found[keyOf(source)] = await warehouse.fingerprint(schema, identifier, options) ?? null;
  }
  return found;
}

async function hasAllTables(warehouse: Warehouse, { manifest, run }: Artefacts): Promise<boolean> {
  const built = run.results.flatMap(({ unique_id }) => manifest.nodes[unique_id] ?? [])
    .filter(({ resource_type }) => ["model", "seed", "snapshot"].includes(resource_type));
  const there = new Set<string>();
  for (const dataset of new Set(built.map(({ schema }) => schema!))) {
    for (const { name } of await warehouse.listTables(dataset)) there.add(`${dataset}.${name}`);
  }
  return built.every(({ schema, alias }) => there.has(`${schema}.${alias}`));
}

/** dbt's variables and version, as one hash. */
export async function settingsOf(
  workspace: Workspace,
  vars: Readonly<Record<string, unknown>>,
): Promise<string> {
  return hashText(JSON.stringify(vars) + await Deno.readTextFile(requirementsOf(workspace)));
}

function tableOf({ project }: Workspace) {
  const dataset = `dbt_${project}`;
  return { dataset, name: "last_build", path: `${dataset}.last_build` };
}

function stateDirOf({ dbtTargetDir }: Workspace, id: string): string {
  return join(dbtTargetDir, "builds", id);
}

async function removeOld({ dbtTargetDir }: Workspace): Promise<void> {
  const dirs: { path: string; time: number }[] = [];
  for await (const { name } of Deno.readDir(join(dbtTargetDir, "builds"))) {
    const path = join(dbtTargetDir, "builds", name);
    dirs.push({ path, time: (await Deno.stat(path)).mtime?.getTime() ?? 0 });
  }
  for (const { path } of dirs.sort((a, b) => b.time - a.time).slice(KEPT)) {
    await Deno.remove(path, { recursive: true });
  }
}
