import { join } from "node:path";
import { lineageDiagram, martDiagram, parseProject, starSchema } from "feira/dbt";
import { dbtSources, TABLES } from "feira/olist";
import type { Workspace } from "feira/workspace";

/** A file of the repository that is made from other files of it. */
export interface Generated {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
}

const MARTS = ["core", "sales", "operations", "finance", "customer_service"];

/** All of them, as they must be. */
export async function generatedFiles(workspace: Workspace): Promise<readonly Generated[]> {
  const manifest = await parseProject(workspace);
  const tables = starSchema(manifest);
  const picture = (name: string) => join(workspace.root, "assets", "marts", `${name}.svg`);
  return [
    {
      path: join(workspace.dbtDir, "models", "staging", "_sources.yml"),
      content: dbtSources(),
    },
    ...MARTS.map((mart) => ({ path: picture(mart), content: martDiagram(mart, tables) })),
    {
      path: picture("lineage"),
      content: lineageDiagram(manifest, {
        files: Object.fromEntries(TABLES.map(({ name, file }) => [name, file])),
        model: "customer_features",
        steps: [["map and K-Means"], ["dim_segment", "dim_customer_segmented"]],
      }),
    },
  ];
}

/** Those that are not what they must be. */
export async function staleFiles(workspace: Workspace): Promise<readonly Generated[]> {
  const files = await generatedFiles(workspace);
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
