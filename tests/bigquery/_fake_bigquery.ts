import { type BigQueryOptions, openBigQuery, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";

/** A request as the service would see it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly search: Readonly<Record<string, string>>;
  // deno-lint-ignore no-explicit-any -- tests look into it as far as they like
  readonly json: any;
  readonly headers: Headers;
  /** The body's length, where it is a part of a file. */
  readonly bytes: number;
}

export type Respond = (request: Seen, index: number) => Response | Promise<Response>;

/**
 * BigQuery, played by a function: answers every request of the engine, and
 * keeps what was asked. Nothing goes over the network, and no credentials are
 * looked for.
 */
export async function openFakeBigQuery(
  respond: Respond,
  options: BigQueryOptions = {},
): Promise<{ warehouse: Warehouse; seen: Seen[] }> {
  const seen: Seen[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const request: Seen = {
      method: init?.method ?? "GET",
      path: url.pathname,
      search: Object.fromEntries(url.searchParams),
      json: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
      headers: new Headers(init?.headers),
      bytes: init?.body instanceof Uint8Array ? init.body.length : 0,
    };
    seen.push(request);
    if (request.method === "POST" && url.pathname.endsWith("/tables")) return json(request.json);
    return await Promise.race([respond(request, seen.length - 1), aborted(init?.signal)]);
  };
  const warehouse = await openBigQuery(openWorkspace({ project: "demo" }), {
    projectId: "my-project",
    endpoint: "http://bigquery.test",
    patience: { totalMs: 2000, pauseMs: 1, attempts: 3 },
    ...options,
    effects: { ...systemEffects, env: () => undefined, ...options.effects, fetch: fake },
  });
  return { warehouse, seen };
}

/** Rejects as a real request does; never settles otherwise. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export function errorResponse(status: number, reason: string, message = reason): Response {
  return json({ error: { code: status, message, errors: [{ reason, message }] } }, status);
}

/** A finished job with the id that was asked for. */
export function doneJob(request: Seen, rest: Record<string, unknown> = {}): Response {
  return json({
    jobReference: request.json?.jobReference ?? { jobId: request.path.split("/").at(-1) },
    status: { state: "DONE" },
    statistics: { query: { statementType: "SELECT" } },
    ...rest,
  });
}

/** A result of one row, `n` = 1. */
export function oneRow(): Response {
  return json({
    jobComplete: true,
    totalRows: "1",
    schema: { fields: [{ name: "n", type: "INTEGER", mode: "NULLABLE" }] },
    rows: [{ f: [{ v: "1" }] }],
  });
}
