import { join } from "node:path";
import { formatNotebook } from "feira/notebook";

/** A notebook's source, where its executed copy goes, and what its cells must show. */
export interface Crafted {
  readonly source: string;
  readonly target: string;
  /** By cell, each output's mark: a text that stands nowhere else. */
  readonly marks: readonly (readonly string[])[];
}

/** Kinds of cell in turns; each shows its marks, and a notebook has as many of each. */
const KINDS: readonly ((mark: string) => { source: string; marks: string[] })[] = [
  (mark) => ({ source: `console.log("${mark} log");`, marks: [`${mark} log`] }),
  (mark) => ({
    source: `console.log("${mark} log");\n"${mark} value"`,
    marks: [`${mark} log`, `${mark} value`],
  }),
  (mark) => ({
    source: `await Deno.jupyter.display({ "text/html": "${mark} html" }, { raw: true });`,
    marks: [`${mark} html`],
  }),
  (mark) => ({
    source: `await new Promise((done) => setTimeout(done, 1));\nconsole.error("${mark} late");`,
    marks: [`${mark} late`],
  }),
];

/** Writes notebooks of which every output is known. */
export async function craftNotebooks(
  dir: string,
  { notebooks, cells }: { readonly notebooks: number; readonly cells: number },
): Promise<Crafted[]> {
  return await Promise.all(Array.from({ length: notebooks }, async (_, n) => {
    const made = Array.from({ length: cells }, (_, c) => KINDS[c % KINDS.length]!(`<${n}:${c}>`));
    const source = join(dir, `outputs_${n}.ipynb`);
    await writeNotebook(source, made.map(({ source }) => source));
    return {
      source,
      target: join(dir, `outputs_${n}.executed.ipynb`),
      marks: made.map(({ marks }) => marks),
    };
  }));
}

const FRONT_MATTER = {
  cell_type: "raw" as const,
  id: "front-matter",
  metadata: {},
  source: "---\ntitle: Crafted\njob: elt\nreads: []\nwrites: []\n---",
};

/** Writes a notebook of code cells on Deno's kernel. */
export async function writeNotebook(path: string, sources: readonly string[]): Promise<void> {
  const cells = sources.map((source, i) => ({
    cell_type: "code" as const,
    id: `cell-${i}`,
    metadata: {},
    source,
  }));
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  await Deno.writeTextFile(
    path,
    formatNotebook({ cells: [FRONT_MATTER, ...cells], metadata: { kernelspec } }),
  );
}
