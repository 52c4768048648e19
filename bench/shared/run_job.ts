import { join } from "node:path";
import { runProgram } from "feira/python";
import { FeiraError } from "feira/workspace";

/** What a measured process is told: the task's name and whatever the task needs. */
export interface Job {
  readonly task: string;
}

/** What a measured process answers. */
export type Answer = Readonly<Record<string, unknown>> & {
  /** Of the work itself: without start-up, reading files and compiling. */
  readonly seconds: number;
  /** Processor time of the same, over all threads. */
  readonly cpuSeconds: number;
  /** Resident memory of the whole process at its peak; null where it is not told. */
  readonly mb: number | null;
};

/** A program that takes the path of a job as its last argument and prints its answer. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** Processor-specific settings of OpenBLAS would slow a current numpy down. */
const CLEAN_ENV = { OPENBLAS_CORETYPE: null, OPENBLAS_L2_SIZE: null };

/**
 * Runs one job in a process of its own, so that time and memory are of nothing
 * else, and reads its answer: the last line of standard output, as JSON.
 *
 * @throws {FeiraError} `failed` when the process fails or gives no answer
 * @throws the signal's reason when aborted, after the process has ended
 */
export async function runJob(
  { command, args }: Program,
  job: Job,
  { scratchDir, signal }: { scratchDir: string; signal: AbortSignal },
): Promise<Answer> {
  const path = join(scratchDir, `job_${crypto.randomUUID().slice(0, 8)}.json`);
  await Deno.writeTextFile(path, JSON.stringify(job));
  let last = "";
  const end = await runProgram(command, [...args, path], {
    env: CLEAN_ENV,
    signal,
    onLine: (line, stream) => {
      if (stream === "stdout" && line !== "") last = line;
    },
  });
  const program = args.at(-1) ?? command;
  if (!end.success) {
    throw new FeiraError(
      "failed",
      `Cannot bench ${job.task}: ${program} ended with code ${end.code}, must be 0\n${
        end.lastLines.slice(-8).join("\n")
      }`,
    );
  }
  return toAnswer(last, `Cannot bench ${job.task}: ${program}`);
}

function toAnswer(line: string, what: string): Answer {
  let answer: Partial<Answer>;
  try {
    answer = JSON.parse(line);
  } catch (cause) {
    throw new FeiraError("failed", `${what} answered "${line}", must be a line of JSON`, { cause });
  }
  if (!(typeof answer?.seconds === "number" && answer.seconds > 0)) {
    throw new FeiraError("failed", `${what} took ${answer?.seconds} seconds, must be above 0`);
  }
  return { mb: null, cpuSeconds: NaN, ...answer, seconds: answer.seconds };
}
