import { join } from "node:path";
import { ensurePython } from "feira/python";
import { systemEffects } from "feira/workspace";
import type { BenchContext } from "../shared/bench.ts";
import { type Answer, type Program, runJob } from "../shared/run_job.ts";
import type { ExecuteJob, Runner } from "./jobs.ts";

const OUR_PROGRAM: Program = {
  command: Deno.execPath(),
  args: ["run", "-A", "--quiet", join(import.meta.dirname!, "ours.ts")],
};

/** How an {@linkcode ExecuteJob} went. */
export type ExecuteAnswer = Answer & {
  /** Seconds of each notebook. */
  readonly each: readonly number[];
  /** Notebooks that were started again, since their kernel did not come up. */
  readonly repeated: number;
};

/** What the bench's cases work with: both sides' programs, and room for notebooks. */
export class NotebookStage {
  /** For whatever the cases write. */
  readonly dir: string;
  readonly #context: BenchContext;
  readonly #peers: Program;
  readonly #jupyterPath: string;

  private constructor(context: BenchContext, peers: Program, jupyterPath: string) {
    this.dir = context.scratchDir;
    this.#context = context;
    this.#peers = peers;
    this.#jupyterPath = jupyterPath;
  }

  /** Makes the peers' environment on first use, and gives them the kernel that we use. */
  static async open(context: BenchContext): Promise<NotebookStage> {
    const { workspace, scratchDir, tell, signal } = context;
    const { python } = await ensurePython({
      name: "notebook_peers",
      requirements: join(workspace.requirementsDir, "notebook_peers.txt"),
      venvDir: workspace.venvDir,
      effects: { ...systemEffects, log: tell },
      signal,
    });
    const jupyterPath = join(scratchDir, "jupyter");
    const kernel = join(jupyterPath, "kernels", "deno");
    await Deno.mkdir(kernel, { recursive: true });
    await Deno.writeTextFile(
      join(kernel, "kernel.json"),
      JSON.stringify({
        argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
        display_name: "Deno",
        language: "typescript",
        env: { NO_COLOR: "1" },
      }),
    );
    const peer = join(import.meta.dirname!, "..", "peers", "notebook_peer.py");
    return new NotebookStage(context, { command: python, args: [peer] }, jupyterPath);
  }

  /** Executes notebooks in a process of its own: a pair of source and copy each. */
  execute(
    runner: Runner,
    notebooks: readonly (readonly [source: string, target: string])[],
  ): Promise<ExecuteAnswer> {
    const jupyterPath = this.#jupyterPath;
    const job: ExecuteJob = { task: "execute", runner, notebooks, jupyterPath };
    return this.#run(job, runner === "feira" ? OUR_PROGRAM : this.#peers) as Promise<ExecuteAnswer>;
  }

  tell(line: string): void {
    this.#context.tell(line);
  }

  #run(job: ExecuteJob, program: Program): Promise<Answer> {
    return runJob(program, job, this.#context);
  }
}
