import { Acks } from "./jupyter/acks.ts";
import { CellWatch } from "./jupyter/cell_watch.ts";
import { MARK_TYPE } from "./jupyter/inside/names.ts";
import { KernelProcess } from "./jupyter/process.ts";
import { watchMemory } from "./jupyter/memory.ts";
import { decodeMessage, encodeMessage, type Message } from "./jupyter/messages.ts";
import {
  type ExecuteOptions,
  type Execution,
  maybeError,
  type OutputMessage,
  toExecuteRequest,
} from "./execution.ts";
import { KernelDeath } from "./kernel_death.ts";
import { EXIT, explainCode, preludeCode } from "./jupyter/inside/prelude.ts";
import { connectSoon, type ZmtpSocket } from "./jupyter/zmtp.ts";

/** What a kernel is started with. */
export interface KernelOptions {
  /** Its working folder; deno.json is looked for from here upwards. */
  readonly cwd: string;
  /** Environment variables over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the kernel when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** How much text of a cell is kept, and how much of its displays, in characters. @default 10 million */
  readonly outputLimit?: number | undefined;
  /**
   * How much memory the kernel may take, workers and libraries included, where
   * the system tells (Linux). @default four fifths of the machine's, or of the container's
   */
  readonly memoryLimitBytes?: number | undefined;
}

const START_TRIES = 3;
const OUTPUT_LIMIT = 10_000_000;
const SUBSCRIPTION_MS = 100;
const SHUTDOWN_MS = 2_000;

/**
 * Deno's own Jupyter kernel, started for one notebook.
 *
 * The kernel says `idle` before a cell's outputs are out. So its side of the
 * runner (`jupyter/inside/side.ts`) sends a mark after the last of them and has the cell
 * wait until the mark is acknowledged; what arrives before the mark belongs to the
 * cell. No output is lost, none is given to the next cell, and memory on both
 * sides is bounded. Source of the protocol: jupyter-client, "Messaging in Jupyter", 5.3.
 *
 * @example
 * ```ts
 * import { Kernel } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * await using kernel = await Kernel.start({ cwd: await Deno.makeTempDir() });
 * const texts: unknown[] = [];
 * await kernel.execute("console.log(6 * 7)", (output) => texts.push(output.content.text));
 * assert.deepEqual(texts, ["42\n"]);
 * ```
 */
export class Kernel implements AsyncDisposable {
  readonly #process: KernelProcess;
  readonly #session = crypto.randomUUID();
  readonly #replies = new Map<string, (message: Message) => void>();
  readonly #death: Promise<never>;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = () => this.kill();
  readonly #acks = new Acks((value) => this.#acknowledge(value));
  readonly #memory: Disposable;
  #sockets: Record<"shell" | "control" | "iopub" | "stdin", ZmtpSocket> | undefined;
  #watch = new CellWatch(() => {});
  #isShutDown = false;
  /** What made us give the kernel up, if we did. */
  #fault: unknown;

  private constructor(process: KernelProcess, { signal, memoryLimitBytes }: KernelOptions) {
    this.#process = process;
    this.#signal = signal;
    this.#memory = watchMemory(process.pid, memoryLimitBytes, (death) => {
      this.#fault ??= death;
      this.kill();
    });
    this.#death = process.ended.then((status) => {
      if (signal?.aborted) throw signal.reason;
      if (this.#fault !== undefined) throw this.#fault;
      throw KernelDeath.of(status, process.lastLines);
    });
    this.#death.catch(() => {});
    if (signal?.aborted) this.kill();
    signal?.addEventListener("abort", this.#onAbort);
  }

  /**
   * Starts a kernel and waits until it answers, about 0.2 s.
   *
   * @throws {KernelDeath} with what it wrote last when it does not come up.
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    const { cwd, env = {}, signal, outputLimit = OUTPUT_LIMIT } = options;
    for (let attempt = 1;; attempt++) {
      signal?.throwIfAborted();
      const kernel = new Kernel(await KernelProcess.start(cwd, { ...env }), options);
      try {
        await kernel.#connect(outputLimit);
        return kernel;
      } catch (error) {
        await kernel.#close();
        // Between choosing a port and binding it another process may take it.
        if (signal?.aborted || attempt >= START_TRIES || !(error instanceof KernelDeath)) {
          throw error;
        }
      }
    }
  }

  /**
   * Runs code as a cell and gives its outputs in order, all of them before the
   * promise resolves. One at a time.
   *
   * @throws {KernelDeath} at once when the kernel ends.
   * @throws the signal's reason when the kernel's signal fires.
   */
  async execute(
    code: string,
    onOutput: (output: OutputMessage) => void,
    options: ExecuteOptions = {},
  ): Promise<Execution> {
    const watch = new CellWatch(onOutput);
    this.#watch = watch;
    // On a line of its own, so that `{ a: 1 }` stays an object to the kernel.
    const suffix = options.name === undefined ? "" : `\n//# sourceURL=${options.name}\n`;
    const reply = await this.#run(watch, code + suffix, true);
    const error = maybeError(reply, watch.shown);
    if (error !== undefined || !watch.isMarked) {
      watch.expectMark();
      await this.#run(watch, explainCode(error ?? { name: "", message: "" }), false);
      if (!watch.isMarked) {
        throw new KernelDeath("Cannot read the cell's outputs: their end is not marked, must be");
      }
    }
    return {
      status: error === undefined ? "ok" : "error",
      executionCount: Number(reply.execution_count ?? 0),
      cut: watch.cut,
      ...(error === undefined ? {} : {
        error: { ...error, ...(watch.details ? { details: watch.details } : {}) },
      }),
    };
  }

  /**
   * Asks what runs nothing, such as `kernel_info_request` or `complete_request`;
   * gives the reply's content, after the cell that runs.
   *
   * @throws {KernelDeath} at once when the kernel ends.
   */
  async ask(type: string, content: unknown): Promise<Record<string, unknown>> {
    return (await this.#request(type, content)).content;
  }

  /**
   * Stops code that computes, whose `execute` then ends with an error; what the
   * kernel knows stays. Code that waits for a promise goes on: only `kill` ends it.
   */
  async interrupt(): Promise<void> {
    await this.#sockets?.control.send(this.#encode("interrupt_request", {}));
  }

  /** Ends the kernel and every process it started, now. A pending `execute` rejects. */
  kill(): void {
    this.#process.kill();
  }

  /** Asks the kernel to end, kills it when it does not within two seconds. */
  async shutdown(): Promise<void> {
    if (this.#isShutDown) return;
    this.#isShutDown = true;
    const timer = setTimeout(() => this.kill(), SHUTDOWN_MS);
    // Its own way out takes a tenth of a second, and is the only one while a cell runs.
    const send = (socket: "shell" | "control", type: string, content: unknown) =>
      this.#sockets?.[socket].send(this.#encode(type, content)).catch(() => {});
    send("shell", "execute_request", toExecuteRequest(EXIT, false));
    send("control", "shutdown_request", { restart: false });
    await this.#process.ended;
    clearTimeout(timer);
    await this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #connect(outputLimit: number): Promise<void> {
    const { shell_port, iopub_port, control_port, stdin_port } = this.#process.ports;
    // Sockets in the order in which the kernel opens its ports: the first takes the wait.
    const shell = await this.#alive(connectSoon(shell_port, "DEALER"));
    const [control, iopub, stdin] = await this.#alive(Promise.all([
      connectSoon(control_port, "DEALER"),
      connectSoon(iopub_port, "SUB"),
      connectSoon(stdin_port, "DEALER"),
    ]));
    this.#sockets = { iopub, shell, control, stdin };
    this.#listen(iopub, (message) => this.#publish(message));
    this.#listen(shell, (message) => this.#replies.get(message.parentId ?? "")?.(message));
    this.#listen(control, () => {});
    this.#listen(stdin, ({ content }) => this.#acks.asked(String(content.prompt)));
    const watch = this.#watch;
    await this.#awaitSubscription(watch);
    const prelude = preludeCode({ runnerPid: Deno.pid, outputLimit });
    const reply = await this.#run(watch, prelude, false);
    if (reply.status !== "ok") throw new KernelDeath(String(reply.evalue));
  }

  /** What is published before our subscription has arrived is lost: ask until we hear it. */
  async #awaitSubscription(watch: CellWatch): Promise<void> {
    let isHeard = false;
    while (!isHeard) {
      const id = crypto.randomUUID();
      const heard = watch.over(id).then(() => isHeard = true);
      await this.#request("kernel_info_request", {}, id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = new Promise<void>((done) => timer = setTimeout(done, SUBSCRIPTION_MS));
      await this.#alive(Promise.race([heard, soon]));
      clearTimeout(timer);
    }
  }

  /** The reply to an execution that is over. */
  async #run(watch: CellWatch, code: string, isCounted: boolean): Promise<Message["content"]> {
    const id = crypto.randomUUID();
    const reply = await this.#request("execute_request", toExecuteRequest(code, isCounted), id);
    await this.#alive(watch.over(id));
    return reply.content;
  }

  #acknowledge(value: string): void {
    this.#sockets?.stdin.send(this.#encode("input_reply", { status: "ok", value })).catch(() => {});
  }

  #publish(message: Message): void {
    if (message.type === MARK_TYPE) this.#acks.arrived(Number(message.content.id));
    this.#watch.take(message);
  }

  async #request(
    type: string,
    content: unknown,
    id: string = crypto.randomUUID(),
  ): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#replies.set(id, resolve);
    try {
      // A send that fails means that the kernel is gone: its death says why.
      this.#sockets?.shell.send(this.#encode(type, content, id)).catch(() => {});
      return await this.#alive(promise);
    } finally {
      this.#replies.delete(id);
    }
  }

  #encode(type: string, content: unknown, id: string = crypto.randomUUID()): Uint8Array[] {
    return encodeMessage(this.#process.key, { id, session: this.#session, type, content });
  }

  #alive<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#death]);
  }

  async #listen(socket: ZmtpSocket, use: (message: Message) => void): Promise<void> {
    try {
      while (true) {
        const frames = await socket.receive();
        if (frames === undefined) break;
        use(decodeMessage(this.#process.key, frames));
      }
    } catch (fault) {
      // A message that is not ours, or a listener of the caller that throws.
      this.#fault ??= fault;
    }
    // A kernel that closes a channel is of no more use, even if its process lives on.
    if (!this.#isShutDown) this.kill();
  }

  async #close(): Promise<void> {
    this.#isShutDown = true;
    this.#memory[Symbol.dispose]();
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.kill();
    await this.#process.ended;
    for (const socket of Object.values(this.#sockets ?? {})) socket[Symbol.dispose]();
  }
}
