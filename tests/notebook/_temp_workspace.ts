import { join } from "node:path";

/** A code cell in short: its source, or its source and tags. */
export type Code = string | { readonly code: string; readonly tags: readonly string[] } | {
  readonly markdown: string;
};

/** What a test's notebook says about itself; the rest is filled in. */
export interface Front {
  readonly title?: string;
  readonly job?: string;
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
}

/** A folder with a deno.json, notebooks/ and what a test puts there; gone when disposed. */
export class TempWorkspace implements AsyncDisposable {
  readonly root: string;
  private constructor(root: string) {
    this.root = root;
  }

  static async make(imports: Record<string, string> = {}): Promise<TempWorkspace> {
    const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "feira-notebook-test-" }));
    const workspace = new TempWorkspace(root);
    await workspace.write("deno.json", JSON.stringify({ imports, exclude: ["data"] }));
    await Deno.mkdir(workspace.path("notebooks"));
    return workspace;
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  async write(path: string, text: string): Promise<string> {
    const file = this.path(path);
    await Deno.mkdir(join(file, ".."), { recursive: true });
    await Deno.writeTextFile(file, text);
    return file;
  }

  read(path: string): Promise<string> {
    return Deno.readTextFile(this.path(path));
  }

  /** Writes notebooks/<name>.ipynb with these cells. */
  notebook(name: string, cells: readonly Code[], front: Front = {}): Promise<string> {
    return this.write(`notebooks/${name}.ipynb`, notebookText(cells, { title: name, ...front }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

/** The text of a notebook of these cells; ids are `c1`, `c2`, … */
export function notebookText(cells: readonly Code[], front: Front = {}): string {
  const { title = "T", job = "elt", reads = [], writes = [] } = front;
  const yaml = `---\n${
    Object.entries({ title, job, reads, writes })
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n")
  }\n---`;
  const first = { cell_type: "raw", id: "c0", metadata: {}, source: yaml };
  const rest = cells.map((cell, i) => {
    const id = `c${i + 1}`;
    if (typeof cell === "object" && "markdown" in cell) {
      return { cell_type: "markdown", id, metadata: {}, source: cell.markdown };
    }
    const { code, tags } = typeof cell === "string" ? { code: cell, tags: [] } : cell;
    const metadata = tags.length > 0 ? { tags } : {};
    return { cell_type: "code", id, metadata, source: code, outputs: [], execution_count: null };
  });
  const content = { cells: [first, ...rest], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return JSON.stringify(content);
}
