import { BigQuery } from "@google-cloud/bigquery";
import type { Patience } from "./patience.ts";
import { Transport } from "./transport.ts";

/** Where BigQuery is and who asks. */
export interface ClientSpec {
  readonly projectId: string;
  readonly location: string;
  /** Default: Google's. */
  readonly apiEndpoint?: string | undefined;
  readonly fetch: typeof fetch;
}

type Request = Parameters<BigQuery["request"]>[0];
type Callback = Parameters<BigQuery["request"]>[1];

/**
 * Google's client with its requests sent by a {@linkcode Transport}: with time
 * limits, retries for lost connections, and an end when aborted.
 *
 * One instance serves one operation, whose patience it has; `during` makes the
 * next one, on the same credentials.
 */
export class BigQueryClient extends BigQuery {
  readonly #spec: ClientSpec;
  readonly #transport: Transport;
  readonly #patience: Patience | undefined;

  constructor(spec: ClientSpec, transport?: Transport, patience?: Patience) {
    const { projectId, location, apiEndpoint } = spec;
    super({ projectId, location, ...(apiEndpoint === undefined ? {} : { apiEndpoint }) });
    this.#spec = spec;
    this.#patience = patience;
    this.#transport = transport ??
      new Transport({ fetch: spec.fetch, authorize: (url) => this.#authorize(url) });
  }

  /** The client of one operation. */
  during(patience: Patience): BigQueryClient {
    return new BigQueryClient(this.#spec, this.#transport, patience);
  }

  get patience(): Patience {
    if (this.#patience) return this.#patience;
    throw new TypeError("Cannot send a request: the client has no patience, must be of during()");
  }

  get transport(): Transport {
    return this.#transport;
  }

  /** Where files are uploaded to. */
  get uploadUrl(): string {
    return `${this.apiEndpoint}/upload/bigquery/v2/projects/${this.#spec.projectId}/jobs`;
  }

  /** Every call of the client's objects (jobs, tables, datasets) comes through here. */
  override request(request: Request, callback: Callback): void {
    // The client looks into an answer as it comes: one it cannot read is an error too.
    this.#send(request).then((body) => callback(null, body))
      .catch((error) => callback(error));
  }

  async #send({ method = "GET", uri, qs, json }: Request): Promise<unknown> {
    const path = [this.baseUrl, "projects", this.#spec.projectId, uri.replace(/^\/+/, "")];
    const answer = await this.#transport.send({
      method,
      url: `${path.join("/")}${toSearch(qs)}`,
      ...(json === undefined
        ? {}
        : { body: JSON.stringify(json), headers: { "content-type": "application/json" } }),
    }, this.patience);
    return answer.body ?? {};
  }

  /** Credentials go over encrypted connections only; an emulator has no use for them. */
  async #authorize(url: string): Promise<Headers> {
    if (!url.startsWith("https://")) return new Headers();
    return new Headers(await this.authClient.getRequestHeaders(url));
  }
}

/** Settings of the client's own that it leaves among the parameters it sends. */
const NOT_SENT = new Set(["autoPaginate", "skipParsing"]);

function toSearch(qs: Request["qs"]): string {
  const pairs = Object.entries((qs ?? {}) as Record<string, unknown>)
    .filter(([name, value]) => value !== undefined && !NOT_SENT.has(name))
    .map(([name, value]) => [name, String(value)]);
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}
