/**
 * What runs inside Deno's kernel, out of the cells' sight. Its traps, and what
 * is done here about each:
 *
 * - It sends `idle`, the next cell's `busy` and an error straight away, but outputs
 *   by a queue that another thread drains: outputs come late, and a large one that
 *   is under way at that moment is mixed with the status, byte by byte. So the end
 *   of a cell waits until the runner has received all outputs.
 * - It keeps what a cell prints in memory without bound, one message a line, at a
 *   tenth of a millisecond each. So text is gathered, and what is beyond the cell's
 *   limit is counted and dropped where it arises.
 * - It drops rejections and timer errors that nobody handles.
 * - What goes to Deno.stdout, and what children inherit, leads nowhere.
 * - `prompt` would wait for an answer for ever.
 * - It lives on when its runner is gone.
 */
import { catchInheritedOutput } from "./commands.ts";
import {
  describeError,
  type ErrorDetails,
  MAX_MESSAGE,
  nameCellsInStacks,
  remember,
} from "./errors.ts";
import { captureWrites, endWith, refuseToAsk } from "./globals.ts";
import { ACK_PROMPT, KERNEL_SIDE, MARK_TYPE } from "./names.ts";

/** What the runner tells its kernel. */
export interface KernelSideOptions {
  /** The process whose end is the kernel's. */
  readonly runnerPid: number;
  /** How much of its text a cell keeps, and how large its displays may be together. */
  readonly outputLimit: number;
}

/** What a mark among the outputs says; by `id` the runner acknowledges it. */
export interface Mark {
  readonly id: number;
  /** Whether the cell is over. */
  readonly isEnd: boolean;
  /** How much of the cell's text and displays was dropped. */
  readonly cut: number;
  readonly error: ErrorDetails | undefined;
}

interface Internals {
  readonly jupyter?: { broadcastResult?: (count: number, result: unknown) => Promise<void> };
  readonly Console: new (print: (text: string, level: number) => void) => Console;
}

type StreamName = "stdout" | "stderr";
type Message = [type: string, content: object, more?: object | undefined];

interface DisplayOptions {
  readonly raw?: boolean;
  readonly update?: boolean;
  readonly display_id?: string;
}

/** Text is sent in pieces of this size, in characters. */
const PIECE = 32_768;
/** What may be under way before the runner has to acknowledge it, in characters. */
const WINDOW = 65_536;
/** So many errors that nobody handles are told of one cell. */
const MAX_REPORTS = 20;
/** While code computes, what it prints is sent this often. */
const LIVE_MS = 50;

/**
 * Prepares the kernel that it is called in; call it once, before the first cell.
 *
 * @throws {Error} when this Deno's kernel is made otherwise.
 */
export function prepareKernel(options: KernelSideOptions): void {
  const { internal } = Deno as unknown as { internal: symbol };
  const internals = (Deno as unknown as Record<symbol, Internals>)[internal];
  if (internals?.jupyter?.broadcastResult === undefined) {
    throw new Error(`Cannot prepare the kernel: Deno is ${Deno.version.deno}, must be 2.9`);
  }
  endWith(options.runnerPid);
  nameCellsInStacks();
  const outlet = new Outlet(options.outputLimit);
  const print: Outlet["print"] = (name, text) => outlet.print(name, text);
  Object.assign(
    console,
    new internals.Console((text, level) => print(level > 1 ? "stderr" : "stdout", text)),
  );
  captureWrites(print);
  catchInheritedOutput(print);
  reportUnhandled(outlet);
  // The last words of a cell that ends its kernel.
  addEventListener("unload", () => outlet.settle());
  refuseToAsk();
  Deno.jupyter.broadcast = (...message) => Promise.resolve(outlet.broadcast(...message));
  Deno.jupyter.display = (value, options) => outlet.display(value, options);
  internals.jupyter.broadcastResult = (count, result) => outlet.conclude(count, result);
  const { exit } = Deno;
  Object.defineProperty(globalThis, Symbol.for(KERNEL_SIDE), {
    value: {
      exit: () => exit(0),
      explain: (name: string, message: string) => outlet.explain(describeError(name, message)),
    },
  });
}

/** Where all outputs of the cells go through. */
class Outlet {
  // Cells may shadow or replace every global name: what is needed later is kept.
  readonly #ask = globalThis.prompt.bind(globalThis);
  readonly #inspect = Deno.inspect;
  readonly #now = performance.now.bind(performance);
  readonly #toJson = JSON.stringify;
  readonly #setTimeout = globalThis.setTimeout.bind(globalThis);
  readonly #soon = globalThis.queueMicrotask.bind(globalThis);
  readonly #format = Deno.jupyter.format;
  readonly #send = Deno.jupyter.broadcast as (...message: Message) => void;
  readonly #limit: number;
  #pending: { readonly name: StreamName; text: string }[] = [];
  #pendingSize = 0;
  #isScheduled = false;
  #flushedAt = 0;
  #unacknowledged = 0;
  #marks = 0;
  #kept = 0;
  #shown = 0;
  #cut = 0;
  #reports = 0;
  #error: ErrorDetails | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes text as far as the cell may still keep it, to be sent soon. */
  print(name: StreamName, text: string): void {
    const taken = text.slice(0, boundary(text, this.#limit - this.#kept));
    this.#cut += text.length - taken.length;
    this.#kept += taken.length;
    const last = this.#pending.at(-1);
    if (last?.name === name) last.text += taken;
    else if (taken !== "") this.#pending.push({ name, text: taken });
    this.#pendingSize += taken.length;
    if (this.#pendingSize === 0) return;
    if (this.#pendingSize >= PIECE || this.#now() - this.#flushedAt > LIVE_MS) return this.#flush();
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#soon(() => this.#flush());
  }

  /** Sends any message, after the text before it; a display only if there is room for it. */
  broadcast(...[type, content, more]: Message): void {
    this.#flush();
    const size = this.#toJson(content)?.length ?? 0;
    if (!("data" in content) || this.#shown + size <= this.#limit) {
      if ("data" in content) this.#shown += size;
      return this.#sendCounted([type, content, more], size);
    }
    this.#cut += size;
    const data = { "text/plain": `[a display of ${size} characters was cut]` };
    this.#sendCounted([type, { ...content, data, metadata: {} }], 0);
  }

  /** As Deno's own, which would overtake what was printed before it. */
  async display(value: unknown, options: DisplayOptions = {}): Promise<void> {
    const { raw, update, display_id } = options;
    const data = raw ? value : await this.#format(value);
    const transient = display_id === undefined ? {} : { display_id };
    this.broadcast(update ? "update_display_data" : "display_data", {
      data,
      metadata: {},
      transient,
    });
  }

  /** The kernel calls this with a cell's result, and the cell is over when it returns. */
  async conclude(count: number, result: unknown): Promise<void> {
    try {
      if (result !== undefined) {
        const data = await this.#format(result);
        const content = { execution_count: count, data, metadata: {}, transient: {} };
        this.broadcast("execute_result", content);
      }
    } catch (error) {
      this.report(error, "");
    }
    // Two turns of the event loop: rejections are reported in the first.
    await new Promise<void>((done) => this.#setTimeout(done, 0));
    await new Promise<void>((done) => this.#setTimeout(done, 0));
    this.#flush();
    this.#mark(true);
    [this.#kept, this.#shown, this.#cut, this.#reports] = [0, 0, 0, 0];
    this.#error = undefined;
  }

  /** Sends what there is, and waits until the runner has it. */
  settle(): void {
    this.#flush();
    this.#mark(false);
  }

  /** Has the next mark say more about an error that was told. */
  explain(error: ErrorDetails | undefined): void {
    this.#error = error;
  }

  /** Tells an error that does not end the cell's code. */
  report(reason: unknown, remark: string): void {
    // The first say what is wrong; a loop may bring about any number.
    if (++this.#reports > MAX_REPORTS) return;
    this.#flush();
    const isError = reason instanceof Error;
    if (isError) remember(reason, remark);
    const message = isError ? String(reason.message) : this.#inspect(reason);
    const stack = isError ? String(reason.stack).slice(0, 2 * MAX_MESSAGE) : "";
    const content = {
      ename: isError ? String(reason.name) : "Error",
      evalue: message.slice(0, MAX_MESSAGE) + remark,
      traceback: stack.split("\n"),
    };
    this.#sendCounted(["error", content], content.evalue.length + stack.length);
  }

  #flush(): void {
    this.#isScheduled = false;
    const texts = this.#pending;
    this.#pending = [];
    this.#pendingSize = 0;
    for (const { name, text } of texts) {
      for (let i = 0, end = 0; i < text.length; i = end) {
        end = boundary(text, i + PIECE);
        this.#sendCounted(["stream", { name, text: text.slice(i, end) }], end - i);
      }
    }
    this.#flushedAt = this.#now();
  }

  #sendCounted([type, content, more]: Message, size: number): void {
    this.#send(type, content, more);
    this.#unacknowledged += size;
    if (this.#unacknowledged > WINDOW) this.#mark(false);
  }

  /** Goes the way of the outputs, and waits until the runner has it. */
  #mark(isEnd: boolean): void {
    const mark: Mark = { id: ++this.#marks, isEnd, cut: this.#cut, error: this.#error };
    this.#send(MARK_TYPE, mark);
    this.#unacknowledged = 0;
    // The kernel's way to ask its front end, which waits without letting code run.
    this.#ask(ACK_PROMPT + mark.id);
  }
}

/** At most `index`, but not within a character. */
function boundary(text: string, index: number): number {
  const isWithin = index > 0 && /[\ud800-\udbff]/.test(text.charAt(index - 1));
  return Math.min(isWithin ? index - 1 : index, text.length);
}

function reportUnhandled(outlet: Outlet): void {
  const remark = " (nobody awaited or caught it)";
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    outlet.report(event.reason, remark);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    const { error, message, filename, lineno, colno } = event;
    if (error !== null) return outlet.report(error, remark);
    // A worker's error comes as words: an Error cannot leave its thread.
    const stack = `${message}\n    at ${filename}:${lineno}:${colno}`;
    outlet.report(Object.assign(new Error(message), { stack }), remark);
  });
}
