/** An answer, to be sent on. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ForwardedCall {
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  /** The endpoint that the client knows, for the URLs that answers name. */
  readonly here: string;
}

/**
 * Sends calls on to the emulator with what Google documents of job ids and the
 * emulator leaves out: a second job of an id is refused with 409 and not run
 * again, an uploaded job has the id it was given, and a failed job is found.
 * https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid
 */
export class JobContract {
  readonly #target: string;
  /** By project and job id; the promise, so that a second start waits for the first. */
  readonly #jobs = new Map<string, Promise<Reply>>();
  /** Which job an upload session is for. */
  readonly #uploads = new Map<string, string>();

  constructor(target: string) {
    this.#target = target;
  }

  async forward(call: ForwardedCall): Promise<Reply> {
    const path = call.url.split("?")[0]!;
    const project = /\/projects\/([^/]+)\//.exec(path)?.[1] ?? "";
    const found = /\/projects\/[^/]+\/jobs\/([^/]+)$/.exec(path)?.[1];
    if (call.method === "GET" && found) {
      const job = await this.#jobs.get(`${project}/${found}`);
      return job ?? await this.#send(call);
    }
    if (call.method === "POST" && path.endsWith("/jobs")) {
      const { jobReference } = JSON.parse(new TextDecoder().decode(call.body));
      const id = `${project}/${jobReference.jobId}`;
      if (this.#jobs.has(id)) {
        await this.#jobs.get(id);
        return duplicate(id);
      }
      return path.startsWith("/upload/") ? await this.#open(call, id) : await this.#start(call, id);
    }
    if (call.method === "PUT" && path.startsWith("/upload/")) return await this.#upload(call);
    return await this.#send(call);
  }

  #start(call: ForwardedCall, id: string): Promise<Reply> {
    const job = this.#send(call);
    this.#jobs.set(id, job);
    // What was refused is no job.
    job.then(({ status }) => status === 200 || this.#jobs.delete(id), () => this.#jobs.delete(id));
    return job;
  }

  async #open(call: ForwardedCall, id: string): Promise<Reply> {
    const reply = await this.#send(call);
    const session = sessionOf(reply.headers["location"] ?? "");
    if (session) this.#uploads.set(session, id);
    return reply;
  }

  async #upload(call: ForwardedCall): Promise<Reply> {
    const reply = await this.#send(call);
    const id = this.#uploads.get(sessionOf(call.url) ?? "");
    if (reply.status !== 200 || id === undefined) return reply;
    const job = JSON.parse(reply.body);
    const jobReference = { ...job.jobReference, jobId: id.split("/")[1] };
    const named = { ...reply, body: JSON.stringify({ ...job, jobReference }) };
    this.#jobs.set(id, Promise.resolve(named));
    return named;
  }

  async #send({ method, url, body, headers, here }: ForwardedCall): Promise<Reply> {
    const response = await fetch(`${this.#target}${url}`, {
      method,
      headers,
      redirect: "manual",
      ...(method === "GET" || method === "DELETE" ? {} : { body }),
    });
    const kept = ["content-type", "location", "range"];
    return {
      status: response.status,
      body: await response.text(),
      headers: Object.fromEntries(
        kept.filter((name) => response.headers.has(name))
          .map((name) => [name, response.headers.get(name)!.replace(this.#target, here)]),
      ),
    };
  }
}

function sessionOf(url: string): string | undefined {
  return /upload_id=([^&]+)/.exec(url)?.[1];
}

function duplicate(id: string): Reply {
  const message = `Already Exists: Job ${id}`;
  const errors = [{ domain: "global", reason: "duplicate", message }];
  return {
    status: 409,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ error: { code: 409, message, errors } }),
  };
}
