/**
 * Runs once in every kernel, before its first cell, and out of its sight.
 *
 * - Gives the sentinel: what marks in a cell's stream of outputs that the cell is over,
 *   after the errors that nobody handled. It keeps
 *   its own references, for cells may shadow any global name.
 * - Reports rejections and timer errors that nobody handles; the kernel itself
 *   drops them without a word.
 * - Shows what a cell writes to Deno.stdout and Deno.stderr, which lead nowhere.
 * - Refuses to ask: `prompt` would wait for an answer for ever.
 * - Ends the kernel with its whole process group when its runner is gone.
 */
export const PRELUDE = `(() => {
  const { jupyter, inspect, unrefTimer, kill, exit, pid, build } = Deno;
  const broadcast = jupyter.broadcast.bind(jupyter);
  const { setTimeout, setInterval, Promise, Object, Error, TextDecoder } = globalThis;
  const log = console.log.bind(console);
  const report = (reason) => {
    const isError = reason instanceof Error;
    const stack = isError && typeof reason.stack === "string" ? reason.stack : inspect(reason);
    return broadcast("error", {
      ename: isError ? reason.name : "Error",
      evalue: (isError ? reason.message : inspect(reason)) + " (nobody awaited or caught it)",
      traceback: stack.split("\\n"),
    });
  };
  addEventListener("unhandledrejection", (event) => (event.preventDefault(), report(event.reason)));
  addEventListener("error", (event) => (event.preventDefault(), report(event.error)));
  for (const name of ["stdout", "stderr"]) {
    const decoder = new TextDecoder();
    const write = async (bytes) => {
      await broadcast("stream", { name, text: decoder.decode(bytes, { stream: true }) });
      return bytes.length;
    };
    Object.defineProperties(Deno[name], {
      write: { value: write },
      writeSync: { value: (bytes) => (write(bytes), bytes.length) },
    });
  }
  for (const name of ["prompt", "confirm", "alert"]) {
    globalThis[name] = () => {
      throw new Error("Cannot ask with " + name + "(): a notebook run has nobody to answer");
    };
  }
  const parent = Deno.ppid;
  unrefTimer(setInterval(() => {
    if (Deno.ppid === parent) return;
    if (build.os !== "windows") kill(-pid, "SIGKILL");
    exit(1);
  }, 500));
  Object.defineProperty(globalThis, Symbol.for("feira.sentinel"), {
    value: async (mark) => {
      // Two turns of the event loop: rejections are reported in the first.
      await new Promise((done) => setTimeout(done, 0));
      await new Promise((done) => setTimeout(done, 0));
      log(mark);
    },
  });
})();`;

/** The code of one sentinel. */
export function sentinelCode(mark: string): string {
  return `await globalThis[Symbol.for("feira.sentinel")](${JSON.stringify(mark)});`;
}
