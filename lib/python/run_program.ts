import { FeiraError } from "feira/workspace";

/** How a program is run; everything is optional. */
export interface ProgramOptions {
  /** Gets every line as it comes, without its line break. When it throws, the program is ended. */
  onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Added to this process's environment; `null` takes a variable out. */
  env?: Readonly<Record<string, string | null>>;
  cwd?: string;
  /** Ends the program: SIGTERM, and SIGKILL three seconds later. */
  signal?: AbortSignal | undefined;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Exit code; 128 and the signal's number for one that was killed. */
  readonly code: number;
  readonly success: boolean;
  /** The last lines of both streams, at most 40, oldest first. */
  readonly lastLines: readonly string[];
}

const KEPT_LINES = 40;
const PATIENCE_MS = 3000;

/**
 * Runs a program and streams its lines. Its output is piped, never inherited:
 * what a child writes to an inherited stream does not reach a notebook.
 *
 * @throws {FeiraError} `environment` when there is no such program or it may not be run.
 * @throws the signal's reason when aborted, after the program has ended.
 *
 * @example
 * ```ts
 * import { runProgram } from "feira/python";
 * import assert from "node:assert/strict";
 *
 * const end = await runProgram(Deno.execPath(), ["eval", "console.log('done')"]);
 * assert.deepEqual(end, { code: 0, success: true, lastLines: ["done"] });
 * ```
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramEnd> {
  const { onLine, signal } = options;
  signal?.throwIfAborted();
  const child = start(command, args, options);
  const lastLines: string[] = [];
  const read = async (stream: "stdout" | "stderr") => {
    for await (const line of linesOf(child[stream])) {
      if (line !== "" && lastLines.push(line) > KEPT_LINES) lastLines.shift();
      onLine?.(line, stream);
    }
  };
  using _end = endOnAbort(child, signal);
  try {
    await Promise.all([read("stdout"), read("stderr")]);
  } catch (error) {
    endChild(child, "SIGKILL");
    await child.status;
    throw error;
  }
  const { code, success } = await child.status;
  signal?.throwIfAborted();
  return { code, success, lastLines };
}

function start(command: string, args: readonly string[], options: ProgramOptions) {
  const env = Object.entries({ ...Deno.env.toObject(), ...options.env });
  try {
    return new Deno.Command(command, {
      args: [...args],
      clearEnv: true,
      env: Object.fromEntries(env.filter((pair): pair is [string, string] => pair[1] !== null)),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot run ${command}: ${
        (cause as Error).message
      }, must be a program that this user may run`,
      { cause },
    );
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}

/** Until disposed, an abort ends the child; politely first, for pip and dbt clean up. */
function endOnAbort(child: Deno.ChildProcess, signal: AbortSignal | undefined): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    endChild(child, "SIGTERM");
    timer = setTimeout(() => endChild(child, "SIGKILL"), PATIENCE_MS);
  };
  signal?.addEventListener("abort", end, { once: true });
  return {
    [Symbol.dispose]() {
      signal?.removeEventListener("abort", end);
      clearTimeout(timer);
    },
  };
}

function endChild(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended already: what was wanted.
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}
