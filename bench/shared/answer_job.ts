import process from "node:process";
import { peakMemoryMb } from "./peak_memory.ts";

/** How long some work took. */
export interface Duration {
  /** By the clock. */
  readonly seconds: number;
  /** Of all threads' processor time: what other work on the machine hardly changes. */
  readonly cpuSeconds: number;
}

/** What a task of ours has found, and how long the work itself took. */
export type Found = Duration & Readonly<Record<string, unknown>>;

/**
 * The other side of `runJob`: reads the job that the command line names, has it
 * done and prints what was found with this process's peak memory.
 */
export async function answerJob<T>(answer: (job: T) => Promise<Found>): Promise<void> {
  const found = await answer(JSON.parse(await Deno.readTextFile(Deno.args[0]!)));
  const line = JSON.stringify({ ...found, mb: peakMemoryMb() }) + "\n";
  await Deno.stdout.write(new TextEncoder().encode(line));
}

/** Runs something and says how long it took. */
export async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly took: Duration; readonly value: T }> {
  const start = performance.now();
  const startCpu = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(startCpu);
  const took = { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
  return { took, value };
}
