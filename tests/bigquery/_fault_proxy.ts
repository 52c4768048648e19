import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { JobContract, type Reply } from "./_job_contract.ts";

/** What may happen to a request on its way. */
export const FAULTS = [
  "drop", // the connection ends before the request is heard
  "deaf", // the request is done, and its answer lost
  "delay", // it is heard late, perhaps after the client has given up
  "repeat", // it is done twice
  "truncate", // the answer is cut off in the middle
  "unavailable", // 503, as Google documents it
  "tooMany", // 429, with a time to wait
] as const;

export type Fault = typeof FAULTS[number];

/** Decides what happens to the request that is next. */
export type Chooser = (
  request: { method: string; url: string; index: number },
) => Fault | undefined;

export interface FaultProxy extends AsyncDisposable {
  readonly endpoint: string;
  /** How often each fault has happened. */
  readonly faults: ReadonlyMap<Fault, number>;
  /** Requests that have come, faulty or not. */
  readonly requests: number;
}

const LATE_MS = 350;

/**
 * Stands between a client and the emulator, keeps Google's contract of job ids
 * (the emulator does not), and disturbs the requests that are chosen.
 */
export async function startFaultProxy(target: string, choose: Chooser): Promise<FaultProxy> {
  const contract = new JobContract(target);
  const faults = new Map<Fault, number>();
  const working = new Set<Promise<void>>();
  let requests = 0;
  const server = createServer((request, response) => {
    const work = answer(request, response).catch(() => void response.destroy());
    working.add(work);
    work.finally(() => working.delete(work));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const fault = choose({ method, url, index: requests++ });
    if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    if (fault === "drop") return void request.socket.destroy();
    const body = await read(request);
    if (fault === "unavailable") return send(response, errorReply(503, "backendError"));
    if (fault === "tooMany") return send(response, errorReply(429, "rateLimitExceeded"));
    if (fault === "delay") await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    const call = { method, url, body, headers: headersOf(request), here: endpoint };
    const first = await contract.forward(call);
    if (fault === "deaf") return void request.socket.destroy();
    const reply = fault === "repeat" ? await contract.forward(call) : first;
    send(response, reply, fault === "truncate");
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    endpoint,
    faults,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(working);
    },
  };
}

async function read(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** Those that say what the body is; the others are the connection's. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const kept = ["content-type", "content-range", "x-upload-content-type"];
  return Object.fromEntries(
    kept.filter((name) => request.headers[name] !== undefined)
      .map((name) => [name, String(request.headers[name])]),
  );
}

function send(response: ServerResponse, reply: Reply, isCut = false): void {
  const bytes = new TextEncoder().encode(reply.body);
  response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length });
  if (!isCut || bytes.length < 2) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

/** https://cloud.google.com/bigquery/docs/error-messages */
function errorReply(status: number, reason: string): Reply {
  const errors = [{ domain: "global", reason, message: "Try again later" }];
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(status === 429 ? { "retry-after": "0" } : {}),
    },
    body: JSON.stringify({ error: { code: status, message: "Try again later", errors } }),
  };
}
