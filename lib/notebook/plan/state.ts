import { FeiraError, writeJsonBeside } from "feira/workspace";
import type { FileMemo } from "./fingerprints.ts";
import type { ModuleHashes } from "./modules.ts";
import type { ParameterValue } from "../parameters.ts";

/** What a notebook's last successful run was made of. */
export interface NotebookState {
  /** ISO instant. */
  readonly started: string;
  readonly seconds: number;
  /** Of all that is not executed; its executed copy shows it. */
  readonly prose?: string;
  /** One hash for each code cell and its tags. */
  readonly cells: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly modules: ModuleHashes;
  /** Fingerprints by resource; null where there was nothing. */
  readonly reads: Readonly<Record<string, string | null>>;
  readonly writes: Readonly<Record<string, string | null>>;
  /** A later run than this one failed: its executed copy shows that one. */
  readonly failed?: boolean;
}

/** The content of the state file. */
export interface RunState {
  readonly version: 1;
  readonly notebooks: Record<string, NotebookState>;
  readonly files: FileMemo;
}

/** The state as last saved; an empty one where there is none or of another version. */
export async function loadState(path: string): Promise<RunState> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return emptyState();
    throw error;
  }
  try {
    const state = JSON.parse(text);
    return state.version === 1 ? state : emptyState();
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot read ${path}: ${
        (cause as Error).message
      }, must be as a run wrote it; delete it to run everything anew`,
      { cause },
    );
  }
}

/** Saves the state. */
export function saveState(path: string, state: RunState): Promise<void> {
  return writeJsonBeside(path, state);
}

function emptyState(): RunState {
  return { version: 1, notebooks: {}, files: {} };
}
