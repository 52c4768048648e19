import { KernelProcess } from "./_kernel_process.ts";
import { decodeMessage, encodeMessage, type Message } from "./_messages.ts";
import { type Execution, type OutputMessage, toExecuteRequest, toExecution } from "./execution.ts";
import { KernelDeath } from "./kernel_death.ts";
import { PRELUDE, sentinelCode } from "./_prelude.ts";
import { connectSoon, type ZmtpSocket } from "./_zmtp.ts";

/** What a kernel is started with. */
export interface KernelOptions {
  /** Its working folder; deno.json is looked for from here upwards. */
  readonly cwd: string;
  /** Environment variables over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the kernel when it fires. */
  readonly signal?: AbortSignal | undefined;
}

const START_TRIES = 3;

/**
 * Deno's own Jupyter kernel, started for one notebook.
 *
 * The kernel says `idle` before a cell's outputs are out. So every execution is
 * followed by a sentinel whose mark goes the same ways as the outputs; what
 * arrives before the mark belongs to the cell. No output is lost, none is given
 * to the next cell.
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
  #sockets: { shell: ZmtpSocket; control: ZmtpSocket; iopub: ZmtpSocket } | undefined;
  #onIopub: (message: Message) => void = () => {};
  #isShutDown = false;
  /** What made us give the kernel up, if we did. */
  #fault: unknown;

  private constructor(process: KernelProcess, signal: AbortSignal | undefined) {
    this.#process = process;
    this.#signal = signal;
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
    const { cwd, env = {}, signal } = options;
    for (let attempt = 1;; attempt++) {
      signal?.throwIfAborted();
      const kernel = new Kernel(await KernelProcess.start(cwd, { ...env }), signal);
      try {
        await kernel.#connect();
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
   * promise resolves.
   *
   * @throws {KernelDeath} at once when the kernel ends.
   * @throws the signal's reason when the kernel's signal fires.
   */
  async execute(code: string, onOutput: (output: OutputMessage) => void): Promise<Execution> {
    const mark = `\u0001${crypto.randomUUID()}\u0001`;
    const sentinel = this.#watchIopub(mark, onOutput);
    const reply = await this.#request("execute_request", toExecuteRequest(code, false));
    sentinel.id = crypto.randomUUID();
    const marked = await this.#request(
      "execute_request",
      toExecuteRequest(sentinelCode(mark), true),
      sentinel.id,
    );
    if (marked.content.status !== "ok") {
      throw new KernelDeath(
        "Cannot read the cell's outputs: the sentinel failed, must be left alone",
      );
    }
    await this.#alive(sentinel.done);
    return toExecution(reply.content, sentinel.shown);
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
    const timer = setTimeout(() => this.kill(), 2_000);
    this.#sockets?.control.send(this.#encode("shutdown_request", { restart: false })).catch(
      () => {},
    );
    await this.#process.ended;
    clearTimeout(timer);
    await this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #connect(): Promise<void> {
    const { shell_port, iopub_port, control_port } = this.#process.ports;
    const iopub = await this.#alive(connectSoon(iopub_port, "SUB"));
    const shell = await this.#alive(connectSoon(shell_port, "DEALER"));
    const control = await this.#alive(connectSoon(control_port, "DEALER"));
    this.#sockets = { iopub, shell, control };
    this.#listen(iopub, (message) => this.#onIopub(message));
    this.#listen(shell, (message) => this.#replies.get(message.parentId ?? "")?.(message));
    this.#listen(control, () => {});
    await this.#awaitSubscription();
    const reply = await this.#request("execute_request", toExecuteRequest(PRELUDE, true));
    if (reply.content.status !== "ok") {
      throw new KernelDeath(`Cannot prepare the kernel: ${reply.content.evalue}`);
    }
  }

  /** What is published before our subscription has arrived is lost: ask until we hear it. */
  async #awaitSubscription(): Promise<void> {
    const heard = Promise.withResolvers<void>();
    this.#onIopub = () => heard.resolve();
    let isHeard = false;
    heard.promise.then(() => isHeard = true);
    while (!isHeard) {
      await this.#request("kernel_info_request", {});
      let timer: ReturnType<typeof setTimeout> | undefined;
      await this.#alive(
        Promise.race([heard.promise, new Promise<void>((done) => timer = setTimeout(done, 100))]),
      );
      clearTimeout(timer);
    }
    this.#onIopub = () => {};
  }

  #watchIopub(mark: string, onOutput: (output: OutputMessage) => void) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch = {
      id: "",
      done: promise,
      shown: undefined as Record<string, unknown> | undefined,
    };
    let isMarked = false;
    let isIdle = false;
    this.#onIopub = ({ type, parentId, content }) => {
      if (type === "status") {
        isIdle ||= parentId === watch.id && content.execution_state === "idle";
      } else if (type === "stream" && String(content.text).includes(mark)) {
        const before = String(content.text).split(mark)[0];
        if (before !== "") onOutput({ type, content: { ...content, text: before } });
        isMarked = true;
      } else if (type !== "execute_input") {
        if (type === "error") watch.shown ??= content;
        onOutput({ type, content });
      }
      if (isMarked && isIdle) resolve();
    };
    return watch;
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
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.kill();
    await this.#process.ended;
    for (const socket of Object.values(this.#sockets ?? {})) socket[Symbol.dispose]();
  }
}
