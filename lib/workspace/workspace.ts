import { dirname, fromFileUrl, join } from "./_path.ts";
import { type Effects, systemEffects } from "./effects.ts";
import { FeiraError } from "./feira_error.ts";
import { parseWorkVariable, toWorkWorkspace } from "./work.ts";

/** The warehouse engines that the same code and the same dbt models serve. */
export type Engine = "duckdb" | "bigquery";

/** Where everything of one project is. All paths are absolute. */
export interface Workspace {
  /** The folder that holds deno.json. */
  readonly root: string;
  /** Names every data set of this project; `PROJECT_NAME`, default `olist`. */
  readonly project: string;
  /** `FEIRA_WAREHOUSE`, default `duckdb`. */
  readonly engine: Engine;
  /** The DuckDB file; `FEIRA_DUCKDB` where a run works on a copy. */
  readonly duckdbPath: string;
  /** Dataset (schema) names in the warehouse; on BigQuery a run's own by `FEIRA_WORK`. */
  readonly datasets: { readonly raw: string; readonly staging: string; readonly analytics: string };
  readonly notebooksDir: string;
  readonly dataDir: string;
  /** The nine CSV files as they came, and source.json. */
  readonly rawDir: string;
  /** Typed Parquet, account.json, rejects/. */
  readonly cleanDir: string;
  /** Trained maps, tuning.json, model.json. */
  readonly modelsDir: string;
  /** dbt's target folder: manifest, run results, partial parse. */
  readonly dbtTargetDir: string;
  readonly dbtDir: string;
  readonly seedsDir: string;
  readonly requirementsDir: string;
  /** Python environments, one folder for each file of requirements/; `FEIRA_VENV` to share them. */
  readonly venvDir: string;
  /** Pages, executed notebooks and run.json of the last run, whichever project it was of. */
  readonly reportsDir: string;
  /** What the runner remembers of this project: state.json, run.json, executed/. */
  readonly runsDir: string;
  /** Executed copies of the notebooks, of their last run in this project. */
  readonly executedDir: string;
}

/** What decides where a workspace is; everything is optional. */
export interface WorkspaceSpec {
  /** Default: the folder above lib/ that this module was loaded from. */
  root?: string;
  /** Default: `PROJECT_NAME`, else `olist`. */
  project?: string;
  /** Default: `FEIRA_WAREHOUSE`, else `duckdb`. */
  engine?: string;
  effects?: Effects;
}

const HERE = dirname(fromFileUrl(import.meta.url));

/**
 * Names the folders, files and datasets of a project. Reads the environment,
 * touches no file.
 *
 * @throws {FeiraError} `usage` when the project's name could not name a dataset,
 * the engine is unknown or `FEIRA_WORK` is not what a run sets.
 *
 * @example
 * ```ts
 * import { openWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const workspace = openWorkspace({ project: "demo" });
 * assert.equal(workspace.datasets.analytics, "analytics_demo");
 * ```
 */
export function openWorkspace(spec: WorkspaceSpec = {}): Workspace {
  const { effects = systemEffects } = spec;
  const root = spec.root ?? dirname(dirname(HERE));
  const project = spec.project ?? effects.env("PROJECT_NAME") ?? "olist";
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(project)) {
    throw new FeiraError(
      "usage",
      `Cannot open workspace: PROJECT_NAME is "${project}", must be a lower-case letter and then at most 40 lower-case letters, digits or underscores`,
    );
  }
  const dataDir = join(root, "data");
  const runsDir = join(dataDir, "runs", project);
  const workspace: Workspace = {
    root,
    project,
    engine: toEngine(spec.engine ?? effects.env("FEIRA_WAREHOUSE") ?? "duckdb"),
    duckdbPath: effects.env("FEIRA_DUCKDB") ?? join(dataDir, `${project}.duckdb`),
    datasets: {
      raw: `raw_${project}`,
      staging: `staging_${project}`,
      analytics: `analytics_${project}`,
    },
    notebooksDir: join(root, "notebooks"),
    dataDir,
    rawDir: join(dataDir, "raw", project),
    cleanDir: join(dataDir, "clean", project),
    modelsDir: join(dataDir, "models", project),
    dbtTargetDir: join(dataDir, "dbt", project),
    dbtDir: join(root, "dbt"),
    seedsDir: join(root, "seeds"),
    requirementsDir: join(root, "requirements"),
    venvDir: effects.env("FEIRA_VENV") ?? join(root, ".venv"),
    reportsDir: join(root, "reports"),
    runsDir,
    executedDir: join(runsDir, "executed"),
  };
  const work = effects.env("FEIRA_WORK");
  if (work === undefined || workspace.engine !== "bigquery") return workspace;
  return toWorkWorkspace(workspace, parseWorkVariable(work));
}

function toEngine(name: string): Engine {
  if (name === "duckdb" || name === "bigquery") return name;
  throw new FeiraError(
    "usage",
    `Cannot open workspace: warehouse is "${name}", must be duckdb or bigquery`,
  );
}
