/**
 * The few words that the threads of a run share beside the module's memory, and
 * what passes between them and the workers. _worker.js is written to them.
 */

/** Index of the next task to take. */
export const NEXT = 0;
/** Index of the number of tasks done. */
export const DONE = 1;
export const CONTROL_WORDS = 2;

/** A next task beyond any last one, with room for every thread to count on. */
export const FAR = 0x4000_0000;

/** What a worker needs before its first job. */
export interface Setup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** `[CONTROL_WORDS]`, shared. */
  readonly control: Int32Array;
  /** The worker's number, from 1; 0 is the thread that runs the workers. */
  readonly thread: number;
}

/** One function to be called for each of `tasks` tasks. */
export interface Job {
  readonly name: string;
  readonly tasks: number;
  readonly args: readonly number[];
}

/** What a worker says: that it has started, that it has no more tasks, or what stopped it. */
export type Answer =
  | { readonly is: "ready" }
  | { readonly is: "done" }
  | { readonly is: "failed"; readonly task: number; readonly message: string };

type Exported = (...args: readonly number[]) => void;

/** The module's functions, working on the shared memory. */
export function instantiate({ module, memory }: Pick<Setup, "module" | "memory">) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as Readonly<Record<string, Exported>>;
}
