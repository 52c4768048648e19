import { join } from "node:path";
import { type Effects, systemEffects, type Workspace } from "feira/workspace";
import { runDbt } from "./_run_dbt.ts";
import { ensureDbt } from "./ensure_dbt.ts";

/** The page as dbt names it. */
const PAGE = "static_index.html";

/** For BigQuery's emulator, which lacks the table that dbt looks sizes up in. */
const NO_CATALOG = ["--empty-catalog"];

/**
 * dbt's own documentation of the project: every table, column, test and query,
 * and their lineage, in one page that asks no host. It is made where the last
 * build is newer than the page, which takes some 5 s.
 *
 * Close every connection to the DuckDB file before: dbt looks its tables up.
 *
 * @returns the path of the page; undefined where nothing was built yet.
 * @throws {FeiraError} `environment` without Python, `failed` with dbt's words.
 */
export async function dbtDocs(
  workspace: Workspace,
  options: { readonly effects?: Effects; readonly signal?: AbortSignal | undefined } = {},
): Promise<string | undefined> {
  const { effects = systemEffects, signal } = options;
  const { dbtTargetDir, duckdbPath, engine } = workspace;
  const targetDir = join(dbtTargetDir, "docs");
  const page = join(targetDir, PAGE);
  const built = await maybeTime(join(dbtTargetDir, "run_results.json"));
  if (built === undefined) return undefined;
  if (engine === "duckdb" && await maybeTime(duckdbPath) === undefined) return undefined;
  if (built < (await maybeTime(page) ?? 0)) return page;
  const { python } = await ensureDbt(workspace, { effects, signal });
  await Deno.mkdir(targetDir, { recursive: true });
  // A target of its own, for this would write over the build's results; the page has the manifest
  // of the build, in which the queries are as they ran.
  const parsed = "partial_parse.msgpack";
  await Deno.copyFile(join(dbtTargetDir, parsed), join(targetDir, parsed));
  await Deno.writeTextFile(join(targetDir, "manifest.json"), await publishedManifest(workspace));
  const flags = ["--static", "--no-compile", ...(isEmulator(workspace, effects) ? NO_CATALOG : [])];
  const docs = { ...workspace, dbtTargetDir: targetDir };
  await runDbt(docs, "docs generate", { python, flags, signal, effects });
  return page;
}

/** The manifest of the last build, with the datasets' names where it was made in copies of them. */
async function publishedManifest({ dbtTargetDir, datasets }: Workspace): Promise<string> {
  const manifest = await Deno.readTextFile(join(dbtTargetDir, "manifest.json"));
  const { args }: BuildArguments = JSON.parse(
    await Deno.readTextFile(join(dbtTargetDir, "run_results.json")),
  );
  const built = args?.vars?.datasets ?? {};
  return Object.entries(datasets).reduce(
    (text, [kind, name]) => text.replaceAll(built[kind] ?? name, name),
    manifest,
  );
}

/** The part of run_results.json that says what dbt was called with. */
interface BuildArguments {
  readonly args?: { readonly vars?: { readonly datasets?: Readonly<Record<string, string>> } };
}

/** An endpoint without encryption is an emulator's, as for dbt/profiles.yml. */
function isEmulator({ engine }: Workspace, { env }: Effects): boolean {
  return engine === "bigquery" && (env("FEIRA_BIGQUERY_ENDPOINT") ?? "").startsWith("http:");
}

async function maybeTime(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
