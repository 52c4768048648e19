import type { ExecutionError, OutputMessage } from "../execution.ts";
import type { Kernel } from "../kernel.ts";
import { KernelDeath } from "../kernel_death.ts";

/** How long code may take to heed an interruption before its kernel is ended. */
const PATIENCE_MS = 1_500;

const STOPPED = "the cell was stopped, all names stay";
const LOST = "Interrupted while it waited: the kernel had to be restarted, all names are gone";

/** How a cell ended. */
export interface CellEnd {
  readonly error?: ExecutionError | undefined;
  /** Whether it took its kernel with it. */
  readonly isDead: boolean;
}

/** Runs cells, one at a time, each of which can be interrupted whatever it does. */
export class InterruptibleRunner {
  readonly #kernel: Kernel;
  #running: PromiseWithResolvers<void> | undefined;
  #isInterrupted = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Runs a cell; that its kernel ended is told as an error of the cell. */
  async run(
    code: string,
    name: string,
    onOutput: (output: OutputMessage) => void,
  ): Promise<CellEnd> {
    this.#isInterrupted = false;
    this.#running = Promise.withResolvers<void>();
    try {
      const { error, cut } = await this.#kernel.execute(code, onOutput, { name });
      if (cut > 0) onOutput(toCutMark(cut));
      return { error: error && this.#isInterrupted ? interrupted(STOPPED) : error, isDead: false };
    } catch (death) {
      if (!(death instanceof KernelDeath)) throw death;
      const { name, message } = death;
      const error = this.#isInterrupted ? interrupted(LOST) : { name, message, traceback: [] };
      return { error, isDead: true };
    } finally {
      this.#running.resolve();
      this.#running = undefined;
    }
  }

  /** Code that computes is stopped; code that waits cannot be, so its kernel ends. */
  async interrupt(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#isInterrupted = true;
    await this.#kernel.interrupt();
    const timer = setTimeout(() => this.#kernel.kill(), PATIENCE_MS);
    await running.promise;
    clearTimeout(timer);
  }
}

function interrupted(message: string): ExecutionError {
  return { name: "Interrupted", message, traceback: [] };
}

function toCutMark(cut: number): OutputMessage {
  const text = `\n[${cut} more characters were cut: a cell shows no more]\n`;
  return { type: "stream", content: { name: "stderr", text } };
}
