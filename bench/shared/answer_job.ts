import { peakMemoryMb } from "./peak_memory.ts";

/** What a task of ours has found; `seconds` is of the work itself. */
export type Found = { readonly seconds: number } & Readonly<Record<string, unknown>>;

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
): Promise<{ readonly seconds: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { seconds: (performance.now() - start) / 1000, value };
}
