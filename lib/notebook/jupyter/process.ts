import { join } from "node:path";

/** The five ports of a Jupyter kernel. */
export interface Ports {
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly stdin_port: number;
}

const STDERR_LINES = 20;

/** The operating system's side of a kernel: its process, its pipes, its connection file. */
export class KernelProcess {
  readonly key: string;
  readonly ports: Ports;
  /** Resolves when the process has ended. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #stderr: string[] = [];
  readonly #pipes: Promise<unknown>;
  readonly #dir: string;

  private constructor(child: Deno.ChildProcess, ports: Ports, place: { key: string; dir: string }) {
    const { key, dir } = place;
    this.key = key;
    this.#child = child;
    this.ports = ports;
    this.#dir = dir;
    this.#pipes = eachText(child.stderr, (text) => this.#keep(text));
    this.ended = this.#end();
  }

  /** Starts the kernel of the running Deno in a process group of its own. */
  static async start(cwd: string, env: Record<string, string>): Promise<KernelProcess> {
    // A folder only this user can look into: the file holds the key to the kernel.
    const dir = await Deno.makeTempDir({ prefix: "feira-kernel-" });
    const ports = freePorts();
    const key = crypto.randomUUID();
    const file = join(dir, "connection.json");
    await Deno.writeTextFile(
      file,
      JSON.stringify({
        ...ports,
        ip: "127.0.0.1",
        transport: "tcp",
        key,
        signature_scheme: "hmac-sha256",
      }),
      { mode: 0o600 },
    );
    try {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["jupyter", "--kernel", "--conn", file],
        cwd,
        env: { ...env, NO_COLOR: "1" },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
        detached: Deno.build.os !== "windows",
      }).spawn();
      return new KernelProcess(child, ports, { key, dir });
    } catch (error) {
      await Deno.remove(dir, { recursive: true });
      throw error;
    }
  }

  /** Its number in the system. */
  get pid(): number {
    return this.#child.pid;
  }

  /** What the process wrote last to its standard error. */
  get lastLines(): string {
    return this.#stderr.filter((line) => !/"deno jupyter" is unstable/.test(line)).join("\n")
      .trim();
  }

  /** Ends the process and all that it started, at once. */
  kill(): void {
    try {
      if (Deno.build.os === "windows") this.#child.kill("SIGKILL");
      else Deno.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // it has already ended, and its children with it
    }
  }

  async #end(): Promise<Deno.CommandStatus> {
    const status = await this.#child.status;
    // Children that outlived the kernel would hold its pipes open.
    this.kill();
    await this.#pipes;
    await Deno.remove(this.#dir, { recursive: true });
    return status;
  }

  #keep(text: string): void {
    const lines = ((this.#stderr.pop() ?? "") + text.slice(-100_000)).split("\n");
    this.#stderr.push(...lines.map((line) => line.slice(-2_000)));
    this.#stderr.splice(0, this.#stderr.length - STDERR_LINES);
  }
}

async function eachText(stream: ReadableStream<Uint8Array>, use: (text: string) => void) {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream) use(decoder.decode(chunk, { stream: true }));
  } catch {
    // a pipe that breaks when its process is killed has ended
  }
}

/** Five different ports, free at this moment. */
function freePorts(): Ports {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map((listener) => listener.addr.port);
  listeners.forEach((listener) => listener.close());
  const [shell_port, iopub_port, control_port, hb_port, stdin_port] = ports as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { shell_port, iopub_port, control_port, hb_port, stdin_port };
}
