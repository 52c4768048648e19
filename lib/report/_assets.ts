/** Reads the look and the scripts that every page carries inside. */

/** What makes the figures of one kind interactive. */
export interface Enhancement {
  readonly js: string;
  /** Rules of its own; `""` for none. */
  readonly css: string;
}

/** The look and the scripts of all pages. */
export interface PageAssets {
  readonly css: string;
  /** Runs before anything is drawn. */
  readonly head: string;
  readonly js: string;
  /** By the kind of figure that they are for; a page carries those of its figures. */
  readonly enhancements: ReadonlyMap<string, Enhancement>;
}

const ASSETS = new URL("../../assets/report/", import.meta.url);

/** In the order of the page's script; the first is for all others. */
const SCRIPTS = ["shared", "theme", "code", "contents", "tables", "tips", "wide", "print"];

/** Kinds are file names and stand in selectors. */
const SCRIPT = /^([a-z][a-z0-9-]*)\.js$/;

/**
 * Reads `page.css`, `page/*.js` and `enhance/*.js` with the `.css` beside each,
 * all of assets/report.
 */
export async function readAssets(): Promise<PageAssets> {
  const [css, head, ...scripts] = await Promise.all([
    read("page.css"),
    read("page/head.js"),
    ...SCRIPTS.map((name) => read(`page/${name}.js`)),
  ]);
  const names = new Set(await namesIn("enhance/"));
  const kinds = [...names].flatMap((name) => SCRIPT.exec(name)?.[1] ?? []);
  const enhancements = await Promise.all(kinds.map(async (kind) => {
    // A large one has its parts in a folder of its name; they come first, in the names' order.
    const parts = names.has(kind) ? await namesIn(`enhance/${kind}/`) : [];
    const files = [...parts.map((part) => `enhance/${kind}/${part}`), `enhance/${kind}.js`];
    const js = (await Promise.all(files.map(read))).map(bareScript).map(inBlock).join("\n");
    const rules = names.has(`${kind}.css`) ? bareStyle(await read(`enhance/${kind}.css`)) : "";
    return [kind, { js, css: rules }] as const;
  }));
  const [shared, ...others] = scripts.map(bareScript);
  return {
    css: bareStyle(css!),
    head: bareScript(head!),
    js: [shared!, ...others.map(inBlock)].join("\n"),
    enhancements: new Map(enhancements),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(folder, ASSETS)));
  return entries.map(({ name }) => name).sort();
}

function read(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, ASSETS));
}

/** Its names are its own, for all scripts of a page are one. */
function inBlock(script: string): string {
  return `{\n${script}\n}`;
}

// Comments and indents are for the reader of the file, not of the page.

function bareStyle(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s*\n\s*/g, "\n").trim();
}

function bareScript(js: string): string {
  return js.replaceAll("\r", "").replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, "")
    .replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "").trim();
}
