import {
  BigQueryFailure,
  ConnectionLost,
  credentialsError,
  type ErrorProto,
  exhausted,
  mayPass,
} from "./errors.ts";
import type { Patience } from "./patience.ts";

/** One request to BigQuery's REST interface. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Statuses that are answers beside 200 to 299. */
  readonly accept?: readonly number[];
  /** Default: as many as the patience has. 1 where the caller must look before it asks again. */
  readonly attempts?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body's JSON; undefined where it is empty. */
  readonly body: unknown;
}

/** What a transport needs from outside. */
export interface TransportSpec {
  readonly fetch: typeof fetch;
  /** Gives the headers that a request to a URL needs, from the credentials. */
  readonly authorize: (url: string) => Promise<Headers>;
}

/**
 * Sends requests, and sends them again where the connection was lost or Google
 * says that trying again may help. A request may thus arrive twice: callers make
 * sure that this does no harm (a job has an id of ours).
 *
 * It takes the place of the client's own transport, which has no time limit
 * under Deno, does not retry a lost connection of a POST, and cannot be aborted.
 */
export class Transport {
  readonly #spec: TransportSpec;

  constructor(spec: TransportSpec) {
    this.#spec = spec;
  }

  /**
   * @throws {BigQueryFailure} when BigQuery refuses, or still fails at the last attempt.
   * @throws {ConnectionLost} when there was no whole answer at the only attempt.
   * @throws {FeiraError} `environment` when there are no credentials, or no
   * whole answer came at the last of several attempts.
   * @throws the signal's reason when it is aborted.
   */
  async send(call: Call, patience: Patience): Promise<Answer> {
    const attempts = call.attempts ?? patience.attempts;
    for (let attempt = 1;; attempt++) {
      patience.signal.throwIfAborted();
      let atLeastMs = 0;
      try {
        const answer = await this.#attempt(call, patience);
        const isGood = answer.status >= 200 && answer.status < 300;
        if (isGood || call.accept?.includes(answer.status)) return answer;
        atLeastMs = retryAfterMs(answer.headers);
        throw new BigQueryFailure(answer.status, errorOf(answer.body));
      } catch (error) {
        patience.signal.throwIfAborted();
        if (!mayPass(error) || attempts === 1) throw error;
        if (attempt >= attempts) throw exhausted(error, attempts);
      }
      await patience.pause(attempt, atLeastMs);
    }
  }

  async #attempt({ method, url, headers = {}, body }: Call, patience: Patience): Promise<Answer> {
    const all = await this.#headers(url);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    // One that is let go of: what depends on the operation's own signal lives as long as it.
    const end = new AbortController();
    const abort = () => end.abort(patience.signal.reason);
    patience.signal.addEventListener("abort", abort);
    const timer = setTimeout(() => end.abort(), patience.attemptMs);
    try {
      const response = await this.#spec.fetch(url, {
        method,
        headers: all,
        // A resumable upload answers 308, which is no redirection here.
        redirect: "manual",
        signal: end.signal,
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: parse(text, response.status),
      };
    } catch (cause) {
      if (cause instanceof ConnectionLost || patience.signal.aborted) throw cause;
      const why = end.signal.aborted
        ? `no answer within ${patience.attemptMs / 1000} s`
        : (cause as Error).message;
      throw new ConnectionLost(why, { cause });
    } finally {
      clearTimeout(timer);
      patience.signal.removeEventListener("abort", abort);
    }
  }

  async #headers(url: string): Promise<Headers> {
    try {
      return new Headers(await this.#spec.authorize(url));
    } catch (cause) {
      throw credentialsError(cause);
    }
  }
}

/** A cut-off answer is a lost connection; an error page of something between is no JSON. */
function parse(text: string, status: number): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (status >= 400) {
      return { error: { message: `HTTP status ${status}: ${text.slice(0, 200)}` } };
    }
    throw new ConnectionLost("the answer was cut off", { cause });
  }
}

function errorOf(body: unknown): ErrorProto {
  const { error } = (body ?? {}) as { error?: { message?: string; errors?: ErrorProto[] } };
  const message = error?.message ?? error?.errors?.[0]?.message;
  return { ...error?.errors?.[0], ...(message === undefined ? {} : { message }) };
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get("retry-after"));
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}
