import type { OutputMessage } from "../execution.ts";
import { InterruptibleRunner } from "../jupyter/interruptible_runner.ts";
import type { Kernel } from "../kernel.ts";
import { KernelDeath } from "../kernel_death.ts";
import type { Request } from "./kernel_server.ts";
import { LiveCells } from "./live_cells.ts";
import type { Message } from "../jupyter/messages.ts";
import type { MimeBundle } from "../notebook.ts";
import type { ServeEnd } from "../serve_kernel.ts";

/** What a live kernel tells of itself, and whom. */
export interface LiveKernelOptions {
  /** The content of Deno's kernel_info_reply. */
  readonly info: Readonly<Record<string, unknown>>;
  readonly publish: (type: string, content: unknown, parent?: Message) => void;
  readonly toLive: (data: MimeBundle) => MimeBundle;
  /** Paths in stacks are told from here. */
  readonly dir: string;
}

/** Answers a front end's requests with a kernel of the runner's: one cell after the other. */
export class LiveKernel {
  /** Resolves when no more requests are answered; rejects with a fault of ours. */
  readonly ended: Promise<ServeEnd>;
  readonly #end: (end: ServeEnd) => void;
  readonly #fail: (fault: unknown) => void;
  readonly #kernel: Kernel;
  readonly #options: LiveKernelOptions;
  readonly #cells: LiveCells;
  readonly #runner: InterruptibleRunner;
  #queue: Promise<void> = Promise.resolve();
  #count = 0;
  #taken = 0;
  /** Requests up to this one came before the failure of a cell that stops what follows. */
  #abortedUntil = 0;
  /** Requests that have not been answered to their end. */
  #open = 0;
  /** Set by what ends it all. */
  #over: ServeEnd | undefined;

  constructor(kernel: Kernel, options: LiveKernelOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<ServeEnd>();
    this.ended = promise;
    this.#end = resolve;
    this.#fail = reject;
    this.#kernel = kernel;
    this.#options = options;
    this.#cells = new LiveCells(options.dir);
    this.#runner = new InterruptibleRunner(kernel);
  }

  /** Takes a request; those of the shell wait for their turn. */
  take(request: Request): void {
    if (request.channel === "control") {
      this.#control(request).catch(this.#fail);
      return;
    }
    const turn = ++this.#taken;
    this.#queue = this.#queue.then(() => this.#busy(request, () => this.#shell(request, turn)))
      .catch(this.#fail);
  }

  async #control(request: Request): Promise<void> {
    if (request.type === "interrupt_request") {
      this.#abortedUntil = this.#taken;
      await this.#runner.interrupt();
    }
    await this.#busy(request, () => {
      if (request.type === "shutdown_request") {
        this.#over = "shutdown";
        request.reply("shutdown_reply", { status: "ok", restart: request.content.restart });
      } else if (request.type === "interrupt_request") {
        request.reply("interrupt_reply", { status: "ok" });
      } else this.#answer(request);
    });
  }

  /** All that a request brings about stands between these two; a dead kernel ends it all. */
  async #busy(request: Request, work: () => void | Promise<void>): Promise<void> {
    const { publish } = this.#options;
    this.#open++;
    publish("status", { execution_state: "busy" }, request);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof KernelDeath)) throw error;
      this.#over ??= "dead";
    }
    publish("status", { execution_state: "idle" }, request);
    this.#open--;
    // Who asks for the end does not wait for the cell that runs; the dead answer all first.
    if (this.#over === "shutdown" || this.#over === "dead" && this.#open === 0) {
      this.#end(this.#over);
    }
  }

  #shell(request: Request, turn: number): void | Promise<void> {
    switch (request.type) {
      case "execute_request":
        return turn <= this.#abortedUntil
          ? request.reply("execute_reply", { status: "aborted" })
          : this.#execute(request);
      case "complete_request":
      case "inspect_request":
      case "is_complete_request":
        return this.#pass(request);
      default:
        return this.#answer(request);
    }
  }

  /** What can be said without the kernel. */
  #answer(request: Request): void {
    const reply = (content: object) =>
      request.reply(request.type.replace(/_request$/, "_reply"), { status: "ok", ...content });
    if (request.type === "kernel_info_request") reply(this.#options.info);
    else if (request.type === "comm_info_request") reply({ comms: {} });
    else if (request.type === "history_request") reply({ history: [] });
  }

  async #pass(request: Request): Promise<void> {
    const content = await this.#kernel.ask(request.type, request.content);
    request.reply(request.type.replace(/_request$/, "_reply"), content);
  }

  async #execute(request: Request): Promise<void> {
    const { publish } = this.#options;
    const { silent = false, stop_on_error = true } = request.content;
    const code = String(request.content.code);
    const count = silent === true ? this.#count : ++this.#count;
    const tell = (type: string, content: object) => publish(type, content, request);
    if (silent !== true) tell("execute_input", { code, execution_count: count });
    const name = this.#cells.add({ cell: count, source: code });
    const { error, isDead } = await this.#runner.run(code, name, (output) => {
      // An error is told once the cell is over, with its places in the cell.
      if (output.type !== "error") tell(output.type, this.#toLive(output, count));
    });
    if (isDead) this.#over ??= "dead";
    if (error === undefined) {
      const more = { payload: [], user_expressions: {} };
      return request.reply("execute_reply", { status: "ok", execution_count: count, ...more });
    }
    const shown = await this.#cells.explain(error, name);
    tell("error", shown);
    if (stop_on_error) this.#abortedUntil = this.#taken;
    request.reply("execute_reply", { status: "error", execution_count: count, ...shown });
  }

  #toLive({ type, content }: OutputMessage, count: number): object {
    const data = content.data as MimeBundle | undefined;
    if (data === undefined) return content;
    return {
      ...content,
      data: this.#options.toLive(data),
      ...(type === "execute_result" ? { execution_count: count } : {}),
    };
  }
}
