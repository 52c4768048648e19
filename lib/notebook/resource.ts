import { isAbsolute } from "node:path";
import { FeiraError } from "feira/workspace";
import { relativeTo } from "./_paths.ts";

/**
 * What a notebook reads or writes, as one normal text: a path from the
 * workspace's root (absolute when outside of it; a folder ends with `/`), or
 * `dataset.table`, or `dataset.*`.
 */
export type Resource = string;

/** Whether a resource is a file or folder; else it is a table. */
export function isPath(resource: Resource): boolean {
  return resource.includes("/");
}

/**
 * Fills the placeholders of a front matter's resources and brings them to their
 * normal form. One with an empty value in it is dropped: a notebook that reads
 * `{raw}/` reads nothing there when its parameter `raw` is empty.
 *
 * @param values of the placeholders by name.
 * @throws {FeiraError} `data` for a placeholder that has no value.
 *
 * @example
 * ```ts
 * import { toResources } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const values = { project: "olist", raw: "" };
 * const written = ["data/clean/{project}/", "raw_{project}.orders", "{raw}/"];
 * assert.deepEqual(toResources(written, { values, root: "/w", notebook: "02_clean" }), [
 *   "data/clean/olist/",
 *   "raw_olist.orders",
 * ]);
 * ```
 */
export function toResources(
  texts: readonly string[],
  options: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly root: string;
    readonly notebook: string;
  },
): Resource[] {
  const { values, root, notebook } = options;
  const resources = texts.flatMap((text) => {
    let isDropped = false;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (!Object.hasOwn(values, name)) {
        throw new FeiraError(
          "data",
          `Cannot read ${notebook}.ipynb: "${text}" has the placeholder {${name}}, must be one of ${
            Object.keys(values).sort().join(", ")
          }`,
        );
      }
      const value = String(values[name] ?? "");
      isDropped ||= value === "";
      return value;
    });
    return isDropped ? [] : [toNormal(filled, root)];
  });
  return [...new Set(resources)];
}

/** Whether one of the two is the other or holds it. */
export function overlaps(a: Resource, b: Resource): boolean {
  return covers(a, b) || covers(b, a);
}

function covers(whole: Resource, part: Resource): boolean {
  if (whole === part) return true;
  if (isPath(whole)) return whole.endsWith("/") && part.startsWith(whole);
  return whole.endsWith(".*") && !isPath(part) && part.startsWith(whole.slice(0, -1));
}

function toNormal(text: string, root: string): Resource {
  if (!isPath(text)) return text;
  const path = text.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/{2,}/g, "/");
  if (!isAbsolute(path)) return path;
  const inside = relativeTo(root, path);
  if (inside === "" || inside.startsWith("..")) return path;
  return path.endsWith("/") ? `${inside}/` : inside;
}
