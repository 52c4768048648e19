import { decodeMessage, encodeMessage, type Message } from "../jupyter/messages.ts";
import { ZmtpSocket } from "../jupyter/zmtp.ts";

/** What a Jupyter connection file says, of which only TCP on this machine is served. */
export interface ConnectionFile {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
}

/** A front end's request, with the way back to it. */
export interface Request extends Message {
  readonly channel: "shell" | "control";
  reply(type: string, content: unknown): void;
}

const PATIENCE_MS = 2_000;

type SocketType = "ROUTER" | "PUB" | "REP";

/** The kernel's end of Jupyter's five channels, for any number of front ends at once. */
export class KernelServer implements AsyncDisposable {
  readonly #key: string;
  readonly #session = crypto.randomUUID();
  readonly #listeners: Deno.TcpListener[] = [];
  readonly #sockets = new Set<ZmtpSocket>();
  readonly #subscribers = new Set<ZmtpSocket>();
  readonly #sending = new Set<Promise<void>>();
  readonly #onRequest: (request: Request) => void;

  /**
   * Listens at once.
   *
   * @throws {TypeError} when the connection is not over TCP.
   */
  constructor(connection: ConnectionFile, onRequest: (request: Request) => void) {
    const { transport, ip, key } = connection;
    if (transport !== "tcp") {
      throw new TypeError(`Cannot serve a kernel: transport is ${transport}, must be tcp`);
    }
    this.#key = key;
    this.#onRequest = onRequest;
    const listen = (port: number, type: SocketType, use: (socket: ZmtpSocket) => Promise<void>) => {
      const listener = Deno.listen({ hostname: ip, port });
      this.#listeners.push(listener);
      this.#accept(listener, type, use);
    };
    listen(connection.shell_port, "ROUTER", (socket) => this.#answer(socket, "shell"));
    listen(connection.control_port, "ROUTER", (socket) => this.#answer(socket, "control"));
    listen(connection.stdin_port, "ROUTER", ignore);
    listen(connection.iopub_port, "PUB", (socket) => this.#subscribe(socket));
    listen(connection.hb_port, "REP", echo);
  }

  /** Tells all front ends something about a request, or about nothing in particular. */
  publish(type: string, content: unknown, parent?: Message): void {
    const frames = this.#encode(type, content, parent);
    for (const socket of this.#subscribers) this.#send(socket, frames);
  }

  /** Lets out what has been said, but waits for no front end that does not listen. */
  async [Symbol.asyncDispose](): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((done) => timer = setTimeout(done, PATIENCE_MS));
    await Promise.race([Promise.all(this.#sending), patience]);
    clearTimeout(timer);
    for (const listener of this.#listeners) listener.close();
    for (const socket of this.#sockets) socket[Symbol.dispose]();
  }

  async #accept(
    listener: Deno.TcpListener,
    type: SocketType,
    use: (socket: ZmtpSocket) => Promise<void>,
  ): Promise<void> {
    for await (const conn of listener) {
      // One front end's fault is no other's: who cannot shake hands is left alone.
      ZmtpSocket.accept(conn, type).then(async (socket) => {
        this.#sockets.add(socket);
        await use(socket);
        this.#sockets.delete(socket);
        this.#subscribers.delete(socket);
        socket[Symbol.dispose]();
      }).catch(() => {});
    }
  }

  async #answer(socket: ZmtpSocket, channel: Request["channel"]): Promise<void> {
    for (let frames; (frames = await socket.receive()) !== undefined;) {
      let message: Message;
      try {
        message = decodeMessage(this.#key, frames);
      } catch {
        // Signed by another key: the protocol has such messages dropped unanswered.
        continue;
      }
      this.#onRequest({
        ...message,
        channel,
        reply: (type, content) => this.#send(socket, this.#encode(type, content, message)),
      });
    }
  }

  /** The first message is the subscription, always to everything; the end is the end. */
  async #subscribe(socket: ZmtpSocket): Promise<void> {
    while (await socket.receive() !== undefined) this.#subscribers.add(socket);
  }

  /** A front end that has gone needs no answer. */
  #send(socket: ZmtpSocket, frames: Uint8Array[]): void {
    const sent = socket.send(frames).catch(() => {}).finally(() => this.#sending.delete(sent));
    this.#sending.add(sent);
  }

  #encode(type: string, content: unknown, parent?: Message): Uint8Array[] {
    const message = { id: crypto.randomUUID(), session: this.#session, type, content };
    return encodeMessage(this.#key, { ...message, parent: parent?.header });
  }
}

async function ignore(socket: ZmtpSocket): Promise<void> {
  while (await socket.receive() !== undefined);
}

async function echo(socket: ZmtpSocket): Promise<void> {
  for (let frames; (frames = await socket.receive()) !== undefined;) await socket.send(frames);
}
