import { join } from "node:path";
import type { Answer } from "../shared/run_job.ts";
import { takeTurns } from "../shared/take_turns.ts";
import { prepareReal } from "./real_notebook.ts";
import { writeNotebook } from "./crafted.ts";
import { type Peer, PEERS, type Runner } from "./jobs.ts";
import type { NotebookStage } from "./stage.ts";

/** One figure of ours beside one peer's; lower is better. */
export interface Compared {
  readonly name: string;
  readonly peer: Peer;
  readonly unit: "s" | "ms";
  readonly ours: number;
  readonly theirs: number;
  /** What else the JSON line says. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const TRIVIAL = "1";

/** Milliseconds per trivial cell: the runner's overhead, and the kernel's own few. */
export async function measureCells(
  stage: NotebookStage,
  { cells, tries }: { readonly cells: number; readonly tries: number },
): Promise<Compared[]> {
  const long = join(stage.dir, "long.ipynb");
  const short = join(stage.dir, "short.ipynb");
  await writeNotebook(long, Array.from({ length: cells + 1 }, () => TRIVIAL));
  await writeNotebook(short, [TRIVIAL]);
  const found = await compare(tries, async (runner) => {
    const answer = await stage.execute(
      runner,
      [short, short, long].map((path) => [path, `${path}.out`]),
    );
    // Starting and ending the kernel is in both, so that it is not in their difference;
    // before the two, what a process does only the first time.
    return { ...answer, seconds: (answer.each[2]! - answer.each[1]!) / cells };
  });
  return found.map(({ peer, ours, theirs }) => ({
    name: "cell",
    peer,
    unit: "ms",
    ours: ours * 1000,
    theirs: theirs * 1000,
  }));
}

/** From the start of the runner's process until the first cell runs. */
export async function measureStartUp(
  stage: NotebookStage,
  { tries }: { readonly tries: number },
): Promise<Compared[]> {
  const path = join(stage.dir, "first.ipynb");
  const told = join(stage.dir, "first.txt");
  await writeNotebook(path, [
    `Deno.writeTextFileSync(${JSON.stringify(told)}, String(Date.now()));`,
  ]);
  const found = await compare(tries, async (runner) => {
    const started = Date.now();
    const answer = await stage.execute(runner, [[path, `${path}.out`]]);
    return { ...answer, seconds: (Number(await Deno.readTextFile(told)) - started) / 1000 };
  });
  return found.map((each) => ({ name: "start_up", unit: "s", ...each }));
}

/** The quickest of the nine notebooks, on a small market that is there already. */
export async function measureReal(
  stage: NotebookStage,
  { orders, tries }: { readonly orders: number; readonly tries: number },
): Promise<Compared[]> {
  const path = await prepareReal(stage, { orders });
  const found = await compare(
    tries,
    (runner) => stage.execute(runner, [[path, join(stage.dir, "real.out.ipynb")]]),
  );
  return found.map((each) => ({ name: "01_ingest", unit: "s", ...each, more: { orders } }));
}

/** Runs both sides in turns against each peer, and keeps the best seconds of each. */
async function compare(
  tries: number,
  measure: (runner: Runner) => Promise<Answer>,
): Promise<Pick<Compared, "peer" | "ours" | "theirs">[]> {
  const compared = [];
  for (const peer of PEERS) {
    const sides = { ours: () => measure("feira"), peer: () => measure(peer) };
    const { ours, peer: theirs } = await takeTurns(sides, { tries });
    compared.push({ peer, ours: ours.seconds, theirs: theirs.seconds });
  }
  return compared;
}
