/**
 * ZMTP 3.0 with the NULL mechanism over TCP: as much of ZeroMQ as a Jupyter
 * client, and a kernel that one talks to, need. Source: rfc.zeromq.org/spec/23.
 */

import { KernelDeath } from "../kernel_death.ts";

const MORE = 1;
const LONG = 2;
const COMMAND = 4;
/** What the kernel's side lets through is smaller; an error's message of more is not read. */
const MAX_FRAME_BYTES = 64_000_000;
const encoder = new TextEncoder();

/** One end of a ZeroMQ connection; messages are lists of frames. */
export class ZmtpSocket implements Disposable {
  readonly #conn: Deno.Conn;
  readonly #piece = new Uint8Array(65_536);
  #buffer = new Uint8Array(0);
  #writing: Promise<void> = Promise.resolve();

  private constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Connects and shakes hands. */
  static async connect(port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> {
    return await ZmtpSocket.#over(await Deno.connect({ hostname: "127.0.0.1", port }), type);
  }

  /** Shakes hands with a peer that has connected to us. */
  static accept(conn: Deno.TcpConn, type: "ROUTER" | "PUB" | "REP"): Promise<ZmtpSocket> {
    return ZmtpSocket.#over(conn, type);
  }

  static async #over(conn: Deno.TcpConn, type: string): Promise<ZmtpSocket> {
    conn.setNoDelay(true);
    const socket = new ZmtpSocket(conn);
    try {
      const greeting = new Uint8Array(64);
      greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3]);
      greeting.set(encoder.encode("NULL"), 12);
      await socket.#write(greeting);
      await socket.#read(64);
      await socket.#write(toFrame(readyCommand(type), COMMAND));
      await socket.#readFrame();
      // A subscription to everything is the one-byte message 1.
      if (type === "SUB") await socket.send([Uint8Array.of(1)]);
      return socket;
    } catch (error) {
      conn.close();
      throw error;
    }
  }

  /** Sends one message; messages never mix, in whatever order they are sent. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    const parts = frames.map((frame, i) => toFrame(frame, i < frames.length - 1 ? MORE : 0));
    const sent = this.#writing.then(() => this.#write(concat(parts)));
    this.#writing = sent.catch(() => {});
    return sent;
  }

  /** The next message, undefined when the peer is gone. */
  async receive(): Promise<Uint8Array[] | undefined> {
    const frames: Uint8Array[] = [];
    try {
      while (true) {
        const { flags, body } = await this.#readFrame();
        if (flags & COMMAND) continue;
        frames.push(body);
        if (!(flags & MORE)) return frames;
      }
    } catch (error) {
      if (error instanceof KernelDeath) throw error;
      // A killed peer resets the connection, a closed one ends it: both are its end.
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    try {
      this.#conn.close();
    } catch {
      // already closed by the peer
    }
  }

  async #readFrame(): Promise<{ flags: number; body: Uint8Array }> {
    const flags = (await this.#read(1))[0]!;
    const size = flags & LONG
      ? Number(new DataView((await this.#read(8)).slice().buffer).getBigUint64(0))
      : (await this.#read(1))[0]!;
    if (size > MAX_FRAME_BYTES) {
      throw new KernelDeath(
        `Cannot go on: the kernel sends ${size} bytes at once, must be at most ${MAX_FRAME_BYTES}`,
      );
    }
    return { flags, body: await this.#read(size) };
  }

  async #read(size: number): Promise<Uint8Array> {
    if (this.#buffer.length < size) {
      const chunks = [this.#buffer];
      let length = this.#buffer.length;
      while (length < size) {
        const count = await this.#conn.read(this.#piece);
        if (count === null) throw new Deno.errors.UnexpectedEof("peer closed the connection");
        chunks.push(this.#piece.slice(0, count));
        length += count;
      }
      this.#buffer = concat(chunks);
    }
    const result = this.#buffer.subarray(0, size);
    this.#buffer = this.#buffer.subarray(size);
    return result;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) done += await this.#conn.write(bytes.subarray(done));
  }
}

function readyCommand(type: string): Uint8Array {
  const text = encoder.encode(type);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, text.length);
  return concat([encoder.encode("\x05READY\x0bSocket-Type"), size, text]);
}

function toFrame(body: Uint8Array, flags: number): Uint8Array {
  if (body.length < 256) return concat([Uint8Array.of(flags, body.length), body]);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  return concat([head, body]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

const CONNECT_TRIES = 400;

/** Connects to a port that a starting process is about to open; waits up to ten seconds. */
export async function connectSoon(port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> {
  for (let attempt = 1;; attempt++) {
    try {
      return await ZmtpSocket.connect(port, type);
    } catch (error) {
      if (attempt >= CONNECT_TRIES) {
        throw new KernelDeath(
          `Cannot reach the kernel: ${(error as Error).message}, must listen on ${port}`,
        );
      }
      await new Promise((done) => setTimeout(done, 25));
    }
  }
}
