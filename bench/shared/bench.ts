import type { Command } from "commander";
import type { Workspace } from "feira/workspace";
import type { Table } from "./format_table.ts";

/** What a bench gets to work with. */
export interface BenchContext {
  readonly workspace: Workspace;
  /** An empty folder that is removed when the bench has ended. */
  readonly scratchDir: string;
  /** A path as the caller meant it: seen from the folder that the command was given in. */
  readonly toPath: (path: string) => string;
  /** One line of progress. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** One measured thing as a JSON line: its name and its figures. */
export type BenchLine = { readonly name: string } & Readonly<Record<string, unknown>>;

/** What a bench has found. */
export interface BenchReport {
  /** What was measured on what: data, machine, versions. */
  readonly head: readonly string[];
  readonly tables: readonly Table[];
  /** For `--json`, one a line. */
  readonly lines: readonly BenchLine[];
}

/** One thing that `deno task bench` can measure; the table of all is `bench/benches.ts`. */
export interface Bench {
  /** One line for `--help`. */
  readonly description: string;
  /** Adds the bench's own options to its command. */
  readonly addOptions: (command: Command) => Command;
  /** @param options the command's parsed options, its own and the common ones */
  readonly run: (
    context: BenchContext,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<BenchReport>;
}
