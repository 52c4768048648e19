import { join } from "node:path";
import { dbtSources } from "feira/olist";
import type { Workspace } from "feira/workspace";

/** A file of the repository that is made from other files of it. */
export interface Generated {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
}

/** All of them, as they must be. */
export function generatedFiles(workspace: Workspace): readonly Generated[] {
  return [
    {
      path: join(workspace.dbtDir, "models", "staging", "_sources.yml"),
      content: dbtSources(),
    },
  ];
}

/** Those that are not what they must be. */
export async function staleFiles(workspace: Workspace): Promise<readonly Generated[]> {
  const files = generatedFiles(workspace);
  const found = await Promise.all(files.map(({ path }) => maybeText(path)));
  return files.filter(({ content }, i) => content !== found[i]);
}

async function maybeText(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
