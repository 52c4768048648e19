import { executedPathOf, maybeStale } from "./evaluate.ts";
import type { GraphNode } from "../graph.ts";
import type { Outlook } from "../plan_run.ts";
import { hashProse, refreshProse } from "./prose.ts";
import { isPath } from "../resource.ts";
import type { NotebookRun } from "../run_notebook.ts";
import type { NotebookResult, PipelineOptions } from "../run_pipeline.ts";
import { Turn } from "./turn.ts";

/** How a turn's execution ended: with a run, or with what it was rejected with. */
type Ended =
  & { readonly turn: Turn }
  & (
    | { readonly run: NotebookRun }
    | { readonly reason: unknown }
  );

const NOT_SELECTED = "not selected";

/**
 * Gives each notebook its turn, in the graph's order, up to `jobs` of them at
 * work side by side. A notebook waits for those that write what it reads; one
 * that writes tables waits for every other that does, because each works on a
 * copy of the one database and the second would find it changed. Looking,
 * beginning and committing happen one after the other; only kernels run at the
 * same time.
 *
 * @returns a result for each notebook, in the graph's order.
 * @throws what a turn was rejected with, after all turns at work were undone.
 */
export async function runSideBySide(
  outlook: Outlook,
  options: PipelineOptions,
): Promise<NotebookResult[]> {
  const { graph, concerned } = outlook;
  const { jobs = 1, signal, onEvent } = options;
  const results = new Map<string, NotebookResult>();
  const working = new Map<GraphNode, Promise<Ended>>();
  const stop = new AbortController();
  const signals = signal ? [signal, stop.signal] : [stop.signal];
  const anySignal = AbortSignal.any(signals);
  let failed: string | undefined;

  const finish = (result: NotebookResult) => {
    results.set(result.name, result);
    onEvent?.({ type: "notebook finished", notebook: result.name, ...result });
  };
  const start = async (node: GraphNode, why: string) => {
    const { name, title } = node.notebook;
    const [index, total] = [graph.indexOf(node) + 1, graph.length];
    onEvent?.({ type: "notebook started", notebook: name, title, index, total, why });
    const turn = await Turn.begin(node, { why, outlook, options });
    const ended = turn.execute(anySignal).then(
      (run) => ({ turn, run }),
      (reason) => ({ turn, reason }),
    );
    working.set(node, ended);
  };
  const startWhatMay = async () => {
    for (const node of graph) {
      if (failed !== undefined || working.size >= jobs) return;
      if (results.has(node.notebook.name) || !mayStart(node, results, working.keys())) continue;
      signal?.throwIfAborted();
      const decision = await decide(node, outlook);
      if (typeof decision === "string") await start(node, decision);
      else finish(decision);
    }
  };
  const settle = async (ended: Ended) => {
    const { turn } = ended;
    working.delete(turn.node);
    if ("reason" in ended) {
      await turn.undo();
      throw ended.reason;
    }
    const { run } = ended;
    if (run.state === "ran") await keepOrUndo(turn, run);
    else await turn.undo();
    const { name, title } = turn.node.notebook;
    const { state, seconds, error } = run;
    finish({ name, title, state, seconds, why: turn.why, ...(error ? { error } : {}) });
    if (state === "failed") failed ??= name;
  };

  try {
    while (true) {
      await startWhatMay();
      if (working.size === 0) break;
      await settle(await Promise.race(working.values()));
    }
  } catch (error) {
    stop.abort(error);
    for (const ended of working.values()) await (await ended).turn.undo();
    throw error;
  }
  for (const { notebook: { name, title } } of graph) {
    if (results.has(name)) continue;
    const why = concerned.has(name) ? `${failed} failed` : NOT_SELECTED;
    finish({ name, title, state: "skipped", seconds: 0, why });
  }
  return graph.map((node) => results.get(node.notebook.name)!);
}

/** Whether all that a notebook waits for is done. */
function mayStart(
  node: GraphNode,
  done: ReadonlyMap<string, unknown>,
  working: Iterable<GraphNode>,
): boolean {
  const others = [...working];
  return !others.includes(node) && node.upstream.every((name) => done.has(name)) &&
    !(writesTables(node) && others.some(writesTables));
}

function writesTables({ writes }: GraphNode): boolean {
  return writes.some((resource) => !isPath(resource));
}

/** Why a notebook must run now, or what became of one that need not. */
async function decide(
  node: GraphNode,
  { state, senses, concerned, forced }: Outlook,
): Promise<string | NotebookResult> {
  const { name, title } = node.notebook;
  const result = { name, title, seconds: 0 };
  if (!concerned.has(name)) return { ...result, state: "skipped", why: NOT_SELECTED };
  const last = state.notebooks[name];
  const why = forced.get(name) ?? await maybeStale(node, last, senses);
  if (why !== undefined) return why;
  const prose = hashProse(node.notebook);
  if (last!.prose === prose) return { ...result, state: "fresh", why: "" };
  await refreshProse(node.notebook, executedPathOf(node.notebook, senses.executedDir));
  state.notebooks[name] = { ...last!, prose };
  return { ...result, state: "fresh", why: "only its prose changed" };
}

async function keepOrUndo(turn: Turn, run: NotebookRun): Promise<void> {
  try {
    await turn.keep(run);
  } catch (error) {
    await turn.undo();
    throw error;
  }
}
