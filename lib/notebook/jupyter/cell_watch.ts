import type { OutputMessage } from "../execution.ts";
import type { ErrorDetails } from "./inside/errors.ts";
import { MARK_TYPE } from "./inside/names.ts";
import type { Mark } from "./inside/side.ts";
import type { Message } from "./messages.ts";

/** Follows what the kernel publishes while one cell runs. */
export class CellWatch {
  /** The first error that was published. */
  shown: Record<string, unknown> | undefined;
  /** What more the kernel knows about an error. */
  details: ErrorDetails | undefined;
  /** How much of its outputs the kernel dropped, in characters. */
  cut = 0;
  readonly #onOutput: (output: OutputMessage) => void;
  #isMarked = false;
  #over: { readonly id: string; readonly resolve: () => void } | undefined;
  readonly #idle = new Set<string>();

  constructor(onOutput: (output: OutputMessage) => void) {
    this.#onOutput = onOutput;
  }

  /** Whether the kernel has marked the end of what it was asked to run. */
  get isMarked(): boolean {
    return this.#isMarked;
  }

  /** Takes the next message that the kernel published. */
  take({ type, parentId = "", content }: Message): void {
    if (type === MARK_TYPE) {
      const { isEnd, cut, error } = content as unknown as Mark;
      if (isEnd) {
        this.#isMarked = true;
        this.cut += cut;
        this.details ??= error;
      }
    } else if (type === "status") {
      if (content.execution_state === "idle") this.#idle.add(parentId);
    } else if (type !== "execute_input") {
      if (type === "error") this.shown ??= content;
      this.#onOutput({ type, content });
    }
    if (this.#over && this.#isOver(this.#over.id)) this.#over.resolve();
  }

  /** Waits for the end of this request: its mark or, where it failed, that the kernel is idle. */
  async over(id: string): Promise<void> {
    if (this.#isOver(id)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#over = { id, resolve };
    await promise;
  }

  /** Waits for another mark from now on. */
  expectMark(): void {
    this.#isMarked = false;
  }

  #isOver(id: string): boolean {
    return this.#isMarked || this.#idle.has(id);
  }
}
