/** Our side of the notebooks' bench, one job to a process: `deno run -A ours.ts JOB.json`. */
import { runNotebook } from "feira/notebook";
import { answerJob, type Found, timed } from "../shared/answer_job.ts";
import type { ExecuteJob } from "./jobs.ts";

await answerJob<ExecuteJob>(execute);

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
