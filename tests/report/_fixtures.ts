import { buildSite, type Site } from "feira/report";

/** A cell as nbformat has it. */
export type CellJson = Record<string, unknown>;

export const markdown = (source: string, more: CellJson = {}): CellJson => ({
  cell_type: "markdown",
  metadata: {},
  source,
  ...more,
});

export const raw = (source: string): CellJson => ({ cell_type: "raw", metadata: {}, source });

export const code = (
  source: string,
  outputs: CellJson[] = [],
  tags: string[] = [],
): CellJson => ({
  cell_type: "code",
  execution_count: 1,
  metadata: { tags },
  source,
  outputs,
});

export const stream = (text: string, name = "stdout"): CellJson => ({
  output_type: "stream",
  name,
  text,
});

export const display = (type: string, value: unknown): CellJson => ({
  output_type: "display_data",
  metadata: {},
  data: { [type]: value },
});

export const failure = (ename: string, evalue: string, traceback: string[] = []): CellJson => ({
  output_type: "error",
  ename,
  evalue,
  traceback,
});

export const FIGURE = "application/vnd.feira.figure+json";
export const TABLE = "application/vnd.feira.table+json";
export const NOTE = "application/vnd.feira.note+json";
export const FACTS = "application/vnd.feira.facts+json";

export const figure = (svg: string, more: CellJson = {}): CellJson =>
  display(FIGURE, { svg, title: "A finding", caption: "How to read it", alt: "A line", ...more });

/** A table of numbers 1..n with their names, as feira/plots sends it. */
export const table = (rows: number): CellJson =>
  display(TABLE, {
    title: "Numbers",
    columns: [
      { key: "name", label: "name", type: "text", align: "left" },
      { key: "value", label: "value", type: "number", align: "right" },
    ],
    rows: Array.from({ length: rows }, (_, i) => [`row ${i + 1}`, `${(i * 1500).toFixed(0)}`]),
    sort: Array.from({ length: rows }, (_, i) => [`row ${i + 1}`, i * 1500 + 0.25]),
    totalRows: rows,
  });

export const SITE: Site = {
  title: "A market",
  run: {
    started: "2026-01-31T12:05:00Z",
    seconds: 65,
    source: "folder",
    warehouse: "duckdb",
    notebooks: [],
  },
  provenance: [],
};

export const toJson = (cells: CellJson[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

/** Builds a site in a temporary folder of its own; `files` are names → cells or the file's text. */
export async function build(
  files: Record<string, CellJson[] | string>,
  site: Partial<Site> = {},
): Promise<{
  dir: string;
  outDir: string;
  page: (name: string) => Promise<string>;
  bytes: Record<string, number>;
}> {
  const dir = await Deno.makeTempDir();
  for (const [name, cells] of Object.entries(files)) {
    const text = typeof cells === "string" ? cells : toJson(cells);
    await Deno.writeTextFile(`${dir}/${name}.ipynb`, text);
  }
  const outDir = `${dir}/site`;
  const { pages } = await buildSite({ executedDir: dir, outDir, site: { ...SITE, ...site } });
  return {
    dir,
    outDir,
    page: (name) => Deno.readTextFile(`${outDir}/${name}.html`),
    bytes: Object.fromEntries(pages.map(({ name, bytes }) => [name, bytes])),
  };
}
