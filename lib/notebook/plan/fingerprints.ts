import { join } from "node:path";
import { hashFile, hashText } from "feira/workspace";
import { isPath, type Resource } from "../resource.ts";

/** What is known of a file, so that an unchanged one is not read again. */
export type FileMemo = Record<string, { stamp: string; hash: string }>;

/** Tells whether a table is as it was; undefined when there is none. */
export type TableFingerprint = (table: string) => Promise<string | undefined>;

/** Fingerprints of resources by content; each is taken once until `forget`. */
export class Fingerprints {
  /** What was seen in this one; to be kept for the next. */
  readonly files: FileMemo = {};
  readonly #before: FileMemo;
  readonly #root: string;
  readonly #ofTable: TableFingerprint;
  readonly #known = new Map<Resource, Promise<string | undefined>>();

  /** @param before what an earlier one saw. */
  constructor(root: string, ofTable: TableFingerprint, before: FileMemo) {
    this.#root = root;
    this.#ofTable = ofTable;
    this.#before = before;
  }

  /** undefined when there is nothing of that name. */
  of(resource: Resource): Promise<string | undefined> {
    let known = this.#known.get(resource);
    if (known === undefined) {
      known = isPath(resource) ? this.#ofPath(resource) : this.#ofTable(resource);
      this.#known.set(resource, known);
    }
    return known;
  }

  /** Anything may have changed: look again. */
  forget(): void {
    this.#known.clear();
  }

  async #ofPath(resource: Resource): Promise<string | undefined> {
    const path = resource.startsWith("/") ? resource : join(this.#root, resource);
    let info: Deno.FileInfo;
    try {
      info = await Deno.stat(path);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
    return info.isDirectory ? this.#ofFolder(path) : this.#ofFile(path, info);
  }

  async #ofFolder(dir: string): Promise<string> {
    const lines: string[] = [];
    const visit = async (below: string): Promise<void> => {
      for await (const entry of Deno.readDir(join(dir, below))) {
        const name = `${below}${entry.name}`;
        if (entry.isDirectory) await visit(`${name}/`);
        else {
          const path = join(dir, name);
          lines.push(`${name} ${await this.#ofFile(path, await Deno.stat(path))}`);
        }
      }
    };
    await visit("");
    return hashText(lines.sort().join("\n"));
  }

  async #ofFile(path: string, info: Deno.FileInfo): Promise<string> {
    const stamp = [info.size, info.mtime?.getTime(), info.ctime?.getTime(), info.ino].join(" ");
    const known = this.files[path] ?? this.#before[path];
    const hash = known?.stamp === stamp ? known.hash : await hashFile(path);
    this.files[path] = { stamp, hash };
    return hash;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}
