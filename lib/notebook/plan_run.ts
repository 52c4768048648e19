import { type Effects, FeiraError, systemEffects } from "feira/workspace";
import { maybeStale, type Senses } from "./plan/evaluate.ts";
import { Fingerprints, type TableFingerprint } from "./plan/fingerprints.ts";
import { type GraphNode, type GraphOptions, toGraph, withUpstream } from "./graph.ts";
import { ModuleWalk } from "./plan/modules.ts";
import type { Job, Notebook } from "./notebook.ts";
import { loadState, type RunState } from "./plan/state.ts";

/** Which notebooks to run; all of them when nothing is said. */
export interface Selection {
  readonly job?: Job | undefined;
  /** One notebook, by its name or the beginning of it ("07"). */
  readonly only?: string | undefined;
  /** This notebook, stale or not, and those after it. */
  readonly from?: string | undefined;
  /** Run the selected ones also when they are fresh. */
  readonly force?: boolean | undefined;
}

/** What a plan is made from. */
export interface PlanOptions extends GraphOptions {
  readonly notebooks: readonly Notebook[];
  readonly select?: Selection | undefined;
  /** Tells whether a table (`dataset.table`, `dataset.*`) is as it was. */
  readonly fingerprint: TableFingerprint;
  /** The JSON file that remembers the last runs. */
  readonly stateFile: string;
  /** The folder of the executed copies. */
  readonly executedDir: string;
  /**
   * How old the results of notebooks may be that read nothing inside the
   * workspace. Default: as old as they like.
   */
  readonly maxAgeSeconds?: number | undefined;
  readonly effects?: Effects | undefined;
}

/** One notebook of a plan. */
export interface PlannedNotebook {
  readonly name: string;
  readonly title: string;
  readonly job: Job;
  readonly state: "fresh" | "stale";
  /** Why it is stale, `""` when it is fresh. */
  readonly why: string;
  /** Whether a run with this selection would look at it. */
  readonly isSelected: boolean;
  readonly upstream: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Its last successful run. */
  readonly last?: { readonly started: string; readonly seconds: number };
}

/**
 * Says for every notebook, in the order of a run, whether it is fresh and why
 * not. Runs nothing. A notebook after a stale one is stale too, though a run may
 * find it fresh when the one before makes the same again.
 *
 * @throws {FeiraError} as {@linkcode toGraph} does, and `usage` when the
 * selection names no notebook.
 */
export async function planRun(options: PlanOptions): Promise<PlannedNotebook[]> {
  // Saves nothing: a run may be at work on the same state.
  return planWith(await openOutlook(options));
}

/** All that a plan and a run look at. */
export interface Outlook {
  readonly graph: readonly GraphNode[];
  readonly state: RunState;
  readonly senses: Senses;
  /** The selected ones and all that they need. */
  readonly concerned: ReadonlySet<string>;
  /** Why a notebook runs whether stale or not. */
  readonly forced: ReadonlyMap<string, string>;
}

export async function openOutlook(options: PlanOptions): Promise<Outlook> {
  const { notebooks, root, stateFile, executedDir, select = {} } = options;
  const { maxAgeSeconds: seconds, effects = systemEffects } = options;
  const graph = toGraph(notebooks, options);
  const selected = toSelected(graph, select);
  const last = await loadState(stateFile);
  const fingerprints = new Fingerprints(root, options.fingerprint, last.files);
  return {
    graph,
    state: { ...last, files: fingerprints.files },
    senses: {
      modules: await ModuleWalk.open(root),
      fingerprints,
      executedDir,
      ageLimit: seconds === undefined ? undefined : { seconds, now: effects.now() },
    },
    concerned: withUpstream(graph, selected),
    forced: toForced(graph, selected, select),
  };
}

export async function planWith(
  { graph, state, senses, concerned, forced }: Outlook,
): Promise<PlannedNotebook[]> {
  const stale = new Set<string>();
  const plan: PlannedNotebook[] = [];
  for (const node of graph) {
    const { name, title, job } = node.notebook;
    const last = state.notebooks[name];
    const cause = node.upstream.find((other) => stale.has(other));
    const why = forced.get(name) ?? await maybeStale(node, last, senses) ??
      (cause === undefined ? "" : `upstream ${cause} is stale`);
    if (why !== "") stale.add(name);
    plan.push({
      name,
      title,
      job,
      state: why === "" ? "fresh" : "stale",
      why,
      isSelected: concerned.has(name),
      upstream: node.upstream,
      reads: node.reads,
      writes: node.writes,
      ...(last ? { last: { started: last.started, seconds: last.seconds } } : {}),
    });
  }
  return plan;
}

function toSelected(graph: readonly GraphNode[], select: Selection): string[] {
  const names = graph.map((node) => node.notebook.name);
  const from = select.from === undefined ? 0 : names.indexOf(toName(names, select.from));
  const only = select.only === undefined ? undefined : toName(names, select.only);
  const selected = graph.slice(from)
    .map((node) => node.notebook)
    .filter((notebook) => select.job === undefined || notebook.job === select.job)
    .map((notebook) => notebook.name)
    .filter((name) => only === undefined || name === only);
  if (selected.length > 0 || names.length === 0) return selected;
  throw new FeiraError(
    "usage",
    `Cannot select notebooks: none of ${only ?? select.from ?? "them"} is of the job ${select.job}`,
  );
}

/** The one notebook that is meant: its whole name, or the only one that begins so. */
function toName(names: readonly string[], text: string): string {
  const wanted = text.replace(/\.ipynb$/, "");
  const found = names.filter((name) => name === wanted);
  const matches = found.length > 0 ? found : names.filter((name) => name.startsWith(wanted));
  if (matches.length === 1 && wanted !== "") return matches[0]!;
  throw new FeiraError(
    "usage",
    `Cannot select notebook "${text}": ${
      matches.length === 0 ? "none begins so" : `${matches.join(" and ")} begin so`
    }, must be one of ${names.join(", ")}`,
  );
}

function toForced(
  graph: readonly GraphNode[],
  selected: readonly string[],
  select: Selection,
): Map<string, string> {
  if (select.force) return new Map(selected.map((name) => [name, "forced"]));
  if (select.from === undefined) return new Map();
  const from = toName(graph.map((node) => node.notebook.name), select.from);
  return new Map(selected.includes(from) ? [[from, "the run was asked to start from it"]] : []);
}
