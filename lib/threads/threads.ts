import { Breath } from "./_breath.ts";
import { CONTROL_WORDS, DONE, FAR, instantiate, type Job, NEXT } from "./_control.ts";
import { taskError, toMessage } from "./_task_error.ts";
import { WorkerThread } from "./_worker_thread.ts";
import { toThreadCount } from "./to_thread_count.ts";
import type { LongRun } from "./types.ts";

/** What {@linkcode Threads} run, where, and how many. */
export interface ThreadsSpec {
  /** Imports `env.memory`, shared; its functions must be safe to call at once on several threads. */
  module: WebAssembly.Module;
  /** Shared memory, as of an `Arena`. */
  memory: WebAssembly.Memory;
  /** Threads in all, this one among them, 1 to 64. @default one a core, at most 8 */
  count?: number;
}

/** A function of the module and the tasks to call it for. */
export interface ThreadsRun extends LongRun {
  /** The exported function, called as `name(task, thread, ...args)`. */
  name: string;
  /** It is called once for each task from 0 to tasks - 1. */
  tasks: number;
  /** Numbers that it gets besides, such as byte offsets. @default none */
  args?: readonly number[];
}

/**
 * Threads that share the tasks of one WebAssembly module in one memory.
 *
 * The thread that made them is number 0 and works too, with a turn for its event
 * loop about every 40 ms; `count - 1` workers help as soon as they have started,
 * which takes some ten milliseconds and is never waited for. Each takes the next
 * task from a shared counter, so which thread does a task is left to chance: a
 * task must write only what is its own, or its thread's scratch, and a result
 * must not depend on the thread.
 *
 * A task should take some milliseconds at most: turns, progress and cancelling
 * come between two tasks. Threads end when they are disposed of, when a run is
 * aborted and when a task fails; no task runs on after the run has settled.
 *
 * @example
 * ```ts
 * import { Arena, Threads } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * // mark(task, thread, at) stores the byte 1 at the address at + task.
 * const module = new WebAssembly.Module(Uint8Array.from(
 *   atob(
 *     "AGFzbQEAAAABBwFgA39/fwACEgEDZW52Bm1lbW9yeQIDAYCABAMCAQAHEQIEbWFyawAABm1lbW9y" +
 *       "eQIACg4BDAAgACACakEBOgAACw==",
 *   ),
 *   (letter) => letter.charCodeAt(0),
 * ));
 * const arena = new Arena({ marks: ["i32", 2] });
 * await using threads = new Threads({ module, memory: arena.memory, count: 2 });
 * await threads.run({ name: "mark", tasks: 6, args: [arena.at.marks] });
 * assert.deepEqual([...arena.views.marks], [0x01010101, 0x0101]);
 * ```
 */
export class Threads implements AsyncDisposable {
  /** Threads in all, this one among them. */
  readonly count: number;
  readonly #functions: ReturnType<typeof instantiate>;
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
  readonly #workers: WorkerThread[] = [];
  readonly #breath = new Breath();
  /** Has a worker that is ready join the run that is under way. */
  #join: ((worker: WorkerThread) => void) | undefined;
  #isEnded = false;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @throws {RangeError} when the count is not a whole number from 1 to 64
   * @throws {WebAssembly.LinkError} when the module imports other things than a shared memory
   */
  constructor({ module, memory, count }: ThreadsSpec) {
    this.count = toThreadCount(count, "start threads");
    this.#functions = instantiate({ module, memory });
    const control = this.#control;
    for (let thread = 1; thread < this.count; thread++) {
      const worker: WorkerThread = new WorkerThread(
        { module, memory, control, thread },
        { onReady: () => this.#join?.(worker), onFailure: (error) => this.#fail(error) },
      );
      this.#workers.push(worker);
    }
  }

  /**
   * Calls a function of the module for every task.
   *
   * @throws {TypeError} when the module has no such function, or a run is under way
   * @throws {RangeError} when tasks is not a whole number from 0 to 2³⁰
   * @throws {Error} when a task fails, with its message; the threads have then ended
   * @throws the signal's reason when it was aborted; the threads have then ended
   */
  async run({ name, tasks, args = [], onProgress, signal }: ThreadsRun): Promise<void> {
    this.#assertCanRun(name, tasks);
    signal?.throwIfAborted();
    const job: Job = { name, tasks, args };
    const helped: Promise<void>[] = [];
    const stop = () => void Atomics.store(this.#control, NEXT, FAR);
    Atomics.store(this.#control, DONE, 0);
    Atomics.store(this.#control, NEXT, 0);
    this.#join = (worker) => helped.push(worker.run(job).catch((error) => this.#fail(error)));
    signal?.addEventListener("abort", stop);
    try {
      this.#workers.filter((worker) => worker.isReady).forEach(this.#join);
      await this.#work(job, onProgress);
    } catch (error) {
      this.#fail(error);
    }
    this.#join = undefined;
    // Even after a failure: nobody may write on once the caller goes on.
    await Promise.all(helped);
    signal?.removeEventListener("abort", stop);
    if (this.#failure === undefined && !signal?.aborted) {
      onProgress?.({ done: tasks, total: tasks });
      return;
    }
    this.#end();
    if (this.#failure !== undefined) throw this.#failure.error;
    signal?.throwIfAborted();
  }

  /** Ends the workers. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    return Promise.resolve();
  }

  /** This thread's part of a run. */
  async #work({ name, tasks, args }: Job, onProgress: LongRun["onProgress"]): Promise<void> {
    const call = this.#functions[name]!;
    let task: number;
    while ((task = Atomics.add(this.#control, NEXT, 1)) < tasks) {
      try {
        call(task, 0, ...args);
      } catch (error) {
        throw taskError(name, { thread: 0, task, message: toMessage(error) });
      }
      Atomics.add(this.#control, DONE, 1);
      if (this.#breath.isDue) {
        onProgress?.({ done: Atomics.load(this.#control, DONE), total: tasks });
        await this.#breath.take();
      }
    }
  }

  #assertCanRun(name: string, tasks: number): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#isEnded || this.#join !== undefined) {
      const state = this.#isEnded ? "have ended" : "are in another run";
      throw new TypeError(`Cannot run ${name}: threads ${state}, must be idle`);
    }
    if (typeof this.#functions[name] !== "function") {
      const names = Object.keys(this.#functions).filter((key) => key !== "memory").join(", ");
      throw new TypeError(
        `Cannot run ${name}: module exports no such function, must be of ${names}`,
      );
    }
    if (!Number.isInteger(tasks) || tasks < 0 || tasks > FAR) {
      throw new RangeError(
        `Cannot run ${name}: tasks is ${tasks}, must be a whole number from 0 to ${FAR}`,
      );
    }
  }

  /** Keeps the first failure and has all threads stop before their next task. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    Atomics.store(this.#control, NEXT, FAR);
  }

  #end(): void {
    this.#isEnded = true;
    for (const worker of this.#workers.splice(0)) worker.end();
  }
}
