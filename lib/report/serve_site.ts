import { join } from "node:path";
import { FeiraError } from "feira/workspace";

/** A site that is served until it is stopped. */
export interface ServedSite {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves a folder to this machine alone, at 127.0.0.1: files of it by GET and
 * HEAD, `index.html` for a folder, nothing outside it by whatever path or link,
 * no name that begins with a dot. Requests for another host's name are refused,
 * so that no page of the web reaches it by a name of its own.
 *
 * @param port 0, the default, takes one that is free.
 * @throws {FeiraError} `environment` when the port is taken or the folder is missing.
 *
 * @example
 * ```ts
 * import { serveSite } from "feira/report";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${dir}/index.html`, "<h1>Hello</h1>");
 * const site = await serveSite(dir);
 * const response = await fetch(site.url);
 * assert.equal(await response.text(), "<h1>Hello</h1>");
 * await site.stop();
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function serveSite(
  dir: string,
  { port = 0 }: { readonly port?: number } = {},
): Promise<ServedSite> {
  try {
    const root = await Deno.realPath(dir);
    const server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => answer(root, request),
    );
    return { url: `http://127.0.0.1:${server.addr.port}/`, stop: () => server.shutdown() };
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot serve ${dir}: found ${
        (cause as Error).message
      } at port ${port}, must be free, and the folder there`,
      { cause },
    );
  }
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  ipynb: "application/x-ipynb+json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  pdf: "application/pdf",
};

async function answer(root: string, request: Request): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return refuse(403);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
  const parts = maybeParts(pathname);
  const found = parts && await maybeFile(root, parts);
  if (!found) return refuse(404);
  // A link within a folder's page leads on from the folder.
  if (found.isFolder && !pathname.endsWith("/")) {
    const location = `/${parts.map(encodeURIComponent).join("/")}/`;
    return new Response(null, { status: 301, headers: { location } });
  }
  const type = TYPES[found.file.slice(found.file.lastIndexOf(".") + 1)];
  const headers = { ...HEADERS, "content-type": type ?? "application/octet-stream" };
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response((await Deno.open(found.file)).readable, { headers });
}

const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function refuse(status: 403 | 404 | 405): Response {
  const words = { 403: "Forbidden", 404: "Not found", 405: "Method not allowed" };
  return new Response(`${words[status]}\n`, {
    status,
    headers: {
      ...HEADERS,
      "content-type": TYPES.txt!,
      ...(status === 405 && { allow: "GET, HEAD" }),
    },
  });
}

/** A path's names below the folder, none for itself; undefined where no file of a site is. */
function maybeParts(pathname: string): string[] | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const parts = path.split("/").filter((part) => part !== "");
  const isOdd = (part: string) => part.startsWith(".") || /[\\\0:]/.test(part);
  return parts.some(isOdd) ? undefined : parts;
}

async function maybeFile(
  root: string,
  parts: readonly string[],
): Promise<{ readonly file: string; readonly isFolder: boolean } | undefined> {
  try {
    const asked = join(root, ...parts);
    const isFolder = (await Deno.stat(asked)).isDirectory;
    const file = await Deno.realPath(isFolder ? join(asked, "index.html") : asked);
    const isInside = file.startsWith(join(root, "/"));
    return isInside && (await Deno.stat(file)).isFile ? { file, isFolder } : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
