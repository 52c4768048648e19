import { relative } from "node:path";
export { fileURLToPath as fromFileUrl, pathToFileURL as toFileUrl } from "node:url";

/** A path as seen from a folder, with `/` between its parts. */
export function relativeTo(dir: string, path: string): string {
  return relative(dir, path).replaceAll("\\", "/");
}
