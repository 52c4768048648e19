/** Our side of the notebooks' bench, one job to a process: `deno run -A ours.ts JOB.json`. */
import { Kernel, runNotebook } from "feira/notebook";
import { answerJob, type Found, timed } from "../shared/answer_job.ts";
import type { BareJob, ExecuteJob, NotebookJob } from "./jobs.ts";

await answerJob<NotebookJob>((job) => job.task === "execute" ? execute(job) : bare(job));

async function execute({ notebooks }: ExecuteJob): Promise<Found> {
  const each: number[] = [];
  const { took } = await timed(async () => {
    for (const [source, executedPath] of notebooks) {
      const { seconds, error } = await runNotebook(source, { executedPath });
      if (error !== undefined) throw error;
      each.push(seconds);
    }
  });
  return { ...took, each, repeated: 0 };
}

async function bare({ cells, code }: BareJob): Promise<Found> {
  await using kernel = await Kernel.start({ cwd: Deno.cwd() });
  const request = { silent: false, store_history: true, user_expressions: {} };
  const { took } = await timed(async () => {
    for (let i = 0; i < cells; i++) {
      await kernel.ask("execute_request", { code, ...request, allow_stdin: false });
    }
  });
  return { ...took };
}
