/** Inside the kernel: children's inherited output, which would lead nowhere. */

type Print = (name: "stdout" | "stderr", text: string) => void;

/** How long a child's pipes may stay open after its end, held by children of its own. */
const PATIENCE_MS = 1_000;

/**
 * Replaces Deno.Command by one whose children's inherited output is printed,
 * line by line as it comes. The rest of it is Deno's own.
 */
export function catchInheritedOutput(print: Print): void {
  const { Command } = Deno;
  type Options = Deno.CommandOptions;
  const asPiped = (options: Options, initial: "inherit" | "piped") => {
    const { stdout = initial, stderr = initial } = options;
    const caught = (["stdout", "stderr"] as const).filter((name) =>
      (name === "stdout" ? stdout : stderr) === "inherit"
    );
    const piped = Object.fromEntries(caught.map((name) => [name, "piped" as const]));
    return { caught, options: { ...options, ...piped } };
  };
  class PrintingCommand extends Command {
    readonly #command: string | URL;
    readonly #options: Options;
    constructor(command: string | URL, options: Options = {}) {
      super(command, options);
      this.#command = command;
      this.#options = options;
    }
    override spawn(): Deno.ChildProcess {
      const { caught, options } = asPiped(this.#options, "inherit");
      if (caught.length === 0) return super.spawn();
      const child = new Command(this.#command, options).spawn();
      const printed = Promise.all(caught.map((name) => printAll(child[name], name, print)));
      const status = child.status.then(async (end) => {
        let timer: ReturnType<typeof setTimeout>;
        await Promise.race([printed, new Promise((done) => timer = setTimeout(done, PATIENCE_MS))]);
        clearTimeout(timer!);
        return end;
      });
      return withoutStreams(child, { caught, status });
    }
    override async output(): Promise<Deno.CommandOutput> {
      const { caught, options } = asPiped(this.#options, "piped");
      const output = await new Command(this.#command, options).output();
      return printed(output, caught, print);
    }
    override outputSync(): Deno.CommandOutput {
      const { caught, options } = asPiped(this.#options, "piped");
      return printed(new Command(this.#command, options).outputSync(), caught, print);
    }
  }
  Object.defineProperty(PrintingCommand, "name", { value: "Command" });
  Object.defineProperty(Deno, "Command", { value: PrintingCommand, configurable: true });
}

type StreamName = "stdout" | "stderr";

async function printAll(stream: ReadableStream<Uint8Array>, name: StreamName, print: Print) {
  const decoder = new TextDecoder();
  for await (const bytes of stream) print(name, decoder.decode(bytes, { stream: true }));
}

function printed(
  output: Deno.CommandOutput,
  caught: readonly StreamName[],
  print: Print,
): Deno.CommandOutput {
  for (const name of caught) {
    print(name, new TextDecoder().decode(output[name]));
    forbid(output, name);
  }
  return output;
}

/** The child as its maker asked for it: what is inherited cannot be read. */
function withoutStreams(
  child: Deno.ChildProcess,
  { caught, status }: { caught: readonly StreamName[]; status: Promise<Deno.CommandStatus> },
): Deno.ChildProcess {
  for (const name of caught) forbid(child, name);
  Object.defineProperty(child, "status", { get: () => status });
  return child;
}

function forbid(target: object, name: StreamName): void {
  Object.defineProperty(target, name, {
    get: () => {
      throw new TypeError(`Cannot get '${name}': '${name}' is not piped`);
    },
  });
}
