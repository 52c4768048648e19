import { hasSimd } from "feira/threads";

/** What computes: the WebAssembly kernel, or the plain TypeScript that it is held to. */
export type Engine = "kernel" | "plain";

let forced: Engine | undefined;

/** The kernel where vectors are known, else plain TypeScript. Both give the same numbers. */
export function engine(): Engine {
  return forced ?? (hasSimd() ? "kernel" : "plain");
}

/** Runs something with one of the two, whatever the machine: for tests that compare them. */
export async function withEngine<T>(choice: Engine, run: () => Promise<T>): Promise<T> {
  forced = choice;
  try {
    return await run();
  } finally {
    forced = undefined;
  }
}
