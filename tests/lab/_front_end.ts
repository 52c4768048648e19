import { join } from "node:path";
import { decodeMessage, encodeMessage, type Message } from "../../lib/notebook/jupyter/messages.ts";
import { connectSoon, type ZmtpSocket } from "../../lib/notebook/jupyter/zmtp.ts";

/** What a served kernel said about one request, in order, and its reply. */
export interface Answer {
  readonly shown: readonly Message[];
  readonly reply: Message;
}

interface Sockets {
  readonly shell: ZmtpSocket;
  readonly control: ZmtpSocket;
  readonly iopub: ZmtpSocket;
}

/** As much of JupyterLab as a kernel sees. */
export class FrontEnd implements AsyncDisposable {
  readonly #key: string;
  readonly #sockets: Sockets;
  readonly #waiting = new Map<
    string,
    { shown: Message[]; reply?: Message; done: (answer: Answer) => void }
  >();

  private constructor(key: string, sockets: Sockets) {
    this.#key = key;
    this.#sockets = sockets;
    this.#listen(sockets.shell);
    this.#listen(sockets.control);
    this.#listen(sockets.iopub);
  }

  /** Connects to the kernel of this connection file, and waits until it hears it. */
  static async connect(file: string): Promise<FrontEnd> {
    const { key, shell_port, control_port, iopub_port } = JSON.parse(await Deno.readTextFile(file));
    const iopub = await connectSoon(iopub_port, "SUB");
    const shell = await connectSoon(shell_port, "DEALER");
    const control = await connectSoon(control_port, "DEALER");
    const front = new FrontEnd(key, { shell, control, iopub });
    // As Jupyter's server does: what is said before the subscription arrives is not heard.
    while (true) {
      const heard = front.send("kernel_info_request", {});
      const timer = Promise.withResolvers<undefined>();
      const id = setTimeout(() => timer.resolve(undefined), 200);
      const first = await Promise.race([heard, timer.promise]);
      clearTimeout(id);
      if (first !== undefined) return front;
    }
  }

  /** Sends a request; resolves with its reply when the kernel is idle again. */
  send(type: string, content: object, channel: "shell" | "control" = "shell"): Promise<Answer> {
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { shown: [], done: resolve });
    this.#sockets[channel].send(
      encodeMessage(this.#key, { id, session: "tests", type, content }),
    );
    return promise;
  }

  /** Runs a cell. */
  execute(code: string): Promise<Answer> {
    return this.send("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    });
  }

  // deno-lint-ignore require-await
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of Object.values(this.#sockets)) socket[Symbol.dispose]();
  }

  async #listen(socket: ZmtpSocket): Promise<void> {
    for (let frames; (frames = await socket.receive()) !== undefined;) {
      const message = decodeMessage(this.#key, frames);
      const waiting = this.#waiting.get(message.parentId ?? "");
      if (waiting === undefined) continue;
      if (message.type.endsWith("_reply")) waiting.reply = message;
      else waiting.shown.push(message);
      const { reply, shown } = waiting;
      const isIdle = shown.at(-1)?.content.execution_state === "idle";
      if (reply !== undefined && isIdle) waiting.done({ reply, shown });
    }
  }
}

/** A connection file with five free ports, as Jupyter writes one. */
export async function writeConnectionFile(dir: string): Promise<string> {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const [shell_port, control_port, iopub_port, stdin_port, hb_port] = listeners.map(({ addr }) =>
    addr.port
  );
  for (const listener of listeners) listener.close();
  const file = join(dir, "connection.json");
  const place = { transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256", key: "key" };
  const ports = { shell_port, control_port, iopub_port, stdin_port, hb_port };
  await Deno.writeTextFile(file, JSON.stringify({ ...place, ...ports }));
  return file;
}
