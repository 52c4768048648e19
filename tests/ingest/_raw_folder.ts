import { join } from "node:path";
import { syntheticMarket, type TableName, tableOf } from "feira/olist";
import { type Effects, openWorkspace, systemEffects, type Workspace } from "feira/workspace";

/** A workspace in a temporary folder, a log of its own, and what removes it all. */
export interface TestPlace extends AsyncDisposable {
  readonly ws: Workspace;
  readonly root: string;
  readonly logged: string[];
  readonly effects: Effects;
}

export async function makePlace(): Promise<TestPlace> {
  const root = await Deno.makeTempDir();
  const logged: string[] = [];
  return {
    root,
    logged,
    ws: openWorkspace({ root, project: "test", engine: "duckdb" }),
    effects: { ...systemEffects, log: (line) => logged.push(line) },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

const FILES = syntheticMarket({ orders: 3, seed: 1 }).tables
  .map(({ file, csv }) => [file, [...csv()].join("")] as const);

/** The nine files of a small market, by name. */
export function smallFiles(): Map<string, string> {
  return new Map(FILES);
}

/** Writes a folder with the nine files, after changes to some of them; undefined removes one. */
export async function writeRaw(
  dir: string,
  changes: Partial<Record<TableName, string | Uint8Array | undefined>> = {},
): Promise<string> {
  await Deno.mkdir(dir, { recursive: true });
  const files = new Map<string, string | Uint8Array | undefined>(FILES);
  for (const [name, content] of Object.entries(changes)) {
    files.set(tableOf(name as TableName).file, content);
  }
  for (const [file, content] of files) {
    if (content === undefined) continue;
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(join(dir, file), bytes);
  }
  return dir;
}

/** Everything below a folder as text by path, to compare before and after. */
export async function readTree(dir: string, below = ""): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(join(dir, below))) {
    const path = join(below, name);
    if (isDirectory) Object.assign(tree, await readTree(dir, path));
    else tree[path] = await Deno.readTextFile(join(dir, path));
  }
  return tree;
}
