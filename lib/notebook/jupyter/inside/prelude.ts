import { KERNEL_SIDE } from "./names.ts";
import type { KernelSideOptions } from "./side.ts";

/** What runs once in every kernel, before its first cell: see `side.ts`. */
export function preludeCode(options: KernelSideOptions): string {
  const module = new URL("./side.ts", import.meta.url).href;
  return `(await import(${JSON.stringify(module)})).prepareKernel(${JSON.stringify(options)})`;
}

/** Enough of a message to tell an error from others. */
const KNOWN_BY = 1_000;

/** What follows a cell that failed: has the last mark say more about the error, and is one itself. */
export function explainCode(error: { name: string; message: string }): string {
  const args = [error.name, error.message.slice(0, KNOWN_BY)].map((text) => JSON.stringify(text));
  return `globalThis[Symbol.for("${KERNEL_SIDE}")].explain(${args.join(", ")})`;
}

/** Ends the kernel as a program ends itself. */
export const EXIT = `globalThis[Symbol.for("${KERNEL_SIDE}")].exit()`;
