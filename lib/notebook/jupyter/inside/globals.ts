/** Inside the kernel: what a runner needs otherwise than a terminal does. */

type Print = (name: "stdout" | "stderr", text: string) => void;

/** Prints what cells and libraries write to Deno.stdout and Deno.stderr. */
export function captureWrites(print: Print): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    const write = (bytes: Uint8Array): number => {
      print(name, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    };
    const writable = new WritableStream<Uint8Array>({ write: (bytes) => void write(bytes) });
    Object.defineProperties(Deno[name], {
      writeSync: { value: write },
      write: { value: (bytes: Uint8Array) => Promise.resolve(write(bytes)) },
      writable: { get: () => writable },
    });
  }
}

/** A question would wait for its answer for ever. */
export function refuseToAsk(): void {
  for (const name of ["prompt", "confirm", "alert"] as const) {
    globalThis[name] = (): never => {
      throw new Error(`Cannot ask with ${name}(): a notebook run has nobody to answer`);
    };
  }
}

/**
 * Ends the kernel and all that it started when its runner is gone: in a thread of
 * its own, for a cell may compute for ever.
 */
export function endWith(runnerPid: number): void {
  const code = `setInterval(() => {
    if (Deno.ppid === ${runnerPid}) return;
    Deno.kill(Deno.build.os === "windows" ? Deno.pid : -Deno.pid, "SIGKILL");
  }, 500)`;
  new Worker(`data:text/javascript,${encodeURIComponent(code)}`, { type: "module" });
}
