import { dirname, join } from "node:path";
import { hashText } from "feira/workspace";
import { fromFileUrl, relativeTo } from "../_paths.ts";

/** What code depends on: `lib/som/batch.ts` → hash of its content, `import ml-kmeans` → its pin. */
export type ModuleHashes = Record<string, string>;

const STATIC = /\b(?:import|export)\b(?!\s+type\b)[^;'"()]*?\bfrom\s*["']([^"']+)["']/g;
const TYPES = /\b(?:import|export)\s+type\b[^;'"()]*?\bfrom\s*["']([^"']+)["']/g;
const BARE = /\bimport\s*["']([^"']+)["']/g;
const DYNAMIC = /\bimport\s*\(\s*["']([^"']+)["']/g;
const BESIDE = /\bnew\s+URL\s*\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url/g;
// Examples in documentation import what the module itself does not.
const COMMENT_LINE = /^\s*(\*|\/\*\*|\/\/).*$/gm;

/**
 * Walks the modules that code imports, through deno.json's import map and
 * relative specifiers, workers and other files named by `new URL(…,
 * import.meta.url)` too. Each file is read once.
 */
export class ModuleWalk {
  readonly #root: string;
  readonly #imports: Readonly<Record<string, string>>;
  readonly #patterns: readonly RegExp[];
  readonly #files = new Map<string, Promise<{ hash: string; specifiers: string[] }>>();

  private constructor(root: string, imports: Record<string, string>, patterns: RegExp[]) {
    this.#root = root;
    this.#imports = imports;
    this.#patterns = patterns;
  }

  /** @param options `withTypes` follows `import type` too: it changes what is checked, not what runs. */
  static async open(root: string, options: { withTypes?: boolean } = {}): Promise<ModuleWalk> {
    const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
    const patterns = [STATIC, BARE, DYNAMIC, ...(options.withTypes ? [TYPES] : [])];
    return new ModuleWalk(root, config.imports ?? {}, patterns);
  }

  /** Everything that this code, standing in that folder, imports, transitively. */
  async hashesOf(code: string, dir: string): Promise<ModuleHashes> {
    const hashes: ModuleHashes = {};
    const visit = async (specifiers: readonly string[], from: string): Promise<void> => {
      for (const specifier of specifiers) {
        const target = this.#resolve(specifier, from);
        if (target.entry) hashes[target.entry[0]] = target.entry[1];
        if (target.path === undefined) continue;
        const key = relativeTo(this.#root, target.path);
        if (key in hashes) continue;
        const file = await this.#read(target.path);
        hashes[key] = file.hash;
        await visit(file.specifiers, dirname(target.path));
      }
    };
    await visit(this.#specifiersOf(code), dir);
    return hashes;
  }

  #resolve(specifier: string, dir: string): { path?: string; entry?: [string, string] } {
    if (/^\.{0,2}\//.test(specifier)) return { path: join(dir, specifier) };
    if (specifier.startsWith("file:")) return { path: fromFileUrl(specifier) };
    if (/^[a-z]+:/.test(specifier)) {
      return /^node:|^data:/.test(specifier) ? {} : { entry: [`import ${specifier}`, specifier] };
    }
    const name = Object.hasOwn(this.#imports, specifier) ? specifier : Object.keys(this.#imports)
      .filter((key) => specifier.startsWith(key.endsWith("/") ? key : `${key}/`))
      .sort((a, b) => b.length - a.length)[0];
    if (name === undefined) return {};
    const target = this.#imports[name]!;
    const rest = name.endsWith("/") ? specifier.slice(name.length) : "";
    return {
      entry: [`import ${name}`, target],
      ...(target.startsWith(".") ? { path: join(this.#root, target + rest) } : {}),
    };
  }

  #read(path: string): Promise<{ hash: string; specifiers: string[] }> {
    let file = this.#files.get(path);
    if (file === undefined) this.#files.set(path, file = this.#readNow(path));
    return file;
  }

  async #readNow(path: string): Promise<{ hash: string; specifiers: string[] }> {
    try {
      const bytes = await Deno.readFile(path);
      const isCode = /\.[cm]?[jt]sx?$/.test(path);
      const specifiers = isCode ? this.#specifiersOf(new TextDecoder().decode(bytes)) : [];
      return { hash: hashText(bytes), specifiers };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return { hash: "missing", specifiers: [] };
      if (error instanceof Deno.errors.IsADirectory) return { hash: "folder", specifiers: [] };
      throw error;
    }
  }

  #specifiersOf(code: string): string[] {
    const text = code.replace(COMMENT_LINE, "");
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);
    return [
      ...this.#patterns.flatMap(all),
      // A URL is relative to its module even where it has no dot before it.
      ...all(BESIDE).map((url) => /^(\.{0,2}\/|[a-z]+:)/.test(url) ? url : `./${url}`),
    ];
  }
}
