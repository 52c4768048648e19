import type { Answer, Job, Setup } from "./_control.ts";
import { taskError } from "./_task_error.ts";

interface WorkerEvents {
  /** It has started and can take a job. */
  onReady: () => void;
  /** It failed while it had no job. */
  onFailure: (error: Error) => void;
}

/** A worker as seen from the thread that runs it. */
export class WorkerThread {
  /** Whether it has started and can take a job. */
  isReady = false;
  readonly #worker: Worker;
  readonly #thread: number;
  #job: (Job & { settled: PromiseWithResolvers<void> }) | undefined;

  /** Starts the worker, which takes some ten milliseconds. */
  constructor(setup: Setup, { onReady, onFailure }: WorkerEvents) {
    this.#thread = setup.thread;
    this.#worker = new Worker(new URL("./_worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.is === "ready") {
        this.isReady = true;
        onReady();
      } else this.#settle(data);
    };
    this.#worker.onerror = (event) => {
      // Else the error would end the process as one that nobody caught.
      event.preventDefault();
      const error = new Error(`Cannot run thread ${this.#thread}: ${event.message}`);
      if (this.#job) this.#job.settled.reject(error);
      else onFailure(error);
    };
    this.#worker.postMessage(setup);
  }

  /**
   * Has it take tasks until there are none.
   *
   * @throws {Error} when a task or the worker fails
   */
  run(job: Job): Promise<void> {
    const settled = Promise.withResolvers<void>();
    this.#job = { ...job, settled };
    this.#worker.postMessage(job);
    return settled.promise;
  }

  end(): void {
    this.#worker.terminate();
  }

  #settle(answer: Exclude<Answer, { is: "ready" }>): void {
    const job = this.#job!;
    this.#job = undefined;
    if (answer.is === "done") job.settled.resolve();
    else job.settled.reject(taskError(job.name, { thread: this.#thread, ...answer }));
  }
}
