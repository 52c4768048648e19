/** Inside the kernel: what its own words about an error leave out. */

/** An error as it was thrown. */
export interface ErrorDetails {
  readonly name: string;
  readonly message: string;
  /** V8's text; cells are named as the runner named them. */
  readonly stack: string;
  /** A FeiraError's. */
  readonly kind?: string;
  readonly cause?: ErrorDetails;
  /** An AggregateError's. */
  readonly errors?: readonly ErrorDetails[];
}

interface CallSite {
  getFileName(): string | null;
  getScriptNameOrSourceURL(): string | null;
}

const REMEMBERED = 64;
const MAX_DEPTH = 8;
const MAX_ERRORS = 10;
/** More of a message is not told. */
export const MAX_MESSAGE = 100_000;

const { Error, Reflect, String, WeakRef } = globalThis;
const ERROR_TO_STRING = Error.prototype.toString;
const { inspect } = Deno;

/** The errors whose stacks were last asked for, and what was said besides their message. */
const recent: { error: WeakRef<object>; remark: string }[] = [];

/** Keeps an error to be described later; `remark` was added to its message when it was told. */
export function remember(error: object, remark = ""): void {
  recent.push({ error: new WeakRef(error), remark });
  if (recent.length > REMEMBERED) recent.shift();
}

/**
 * Has stacks name cells by their `sourceURL`, where V8 itself says `<anonymous>`
 * for each of them, and remembers the errors that are thrown: the kernel asks
 * for a thrown error's stack, and so it comes by here.
 */
export function nameCellsInStacks(): void {
  Reflect.set(Error, "prepareStackTrace", (error: object, sites: readonly CallSite[]) => {
    remember(error);
    return toText(error) + sites.map((site) => `\n    at ${toPlace(site)}`).join("");
  });
}

/** The newest error of this name whose message begins so; undefined if there is none. */
export function describeError(name: string, message: string): ErrorDetails | undefined {
  for (const { error, remark } of recent.toReversed()) {
    const target = error.deref();
    if (target === undefined) continue;
    try {
      const details = describe(target, 0);
      if (details.name === name && (details.message + remark).startsWith(message)) {
        return { ...details, message: details.message + remark };
      }
    } catch {
      // an error whose own properties throw says no more than the kernel told
    }
  }
  return undefined;
}

function describe(value: unknown, depth: number): ErrorDetails {
  if (!(value instanceof Error)) {
    return { name: "", message: inspect(value).slice(0, MAX_MESSAGE), stack: "" };
  }
  const { kind, errors } = value as { kind?: unknown; errors?: unknown };
  const isDeep = depth < MAX_DEPTH;
  return {
    name: String(value.name),
    message: String(value.message).slice(0, MAX_MESSAGE),
    stack: String(value.stack ?? "").slice(0, 2 * MAX_MESSAGE),
    ...(typeof kind === "string" ? { kind } : {}),
    ...(isDeep && value.cause !== undefined ? { cause: describe(value.cause, depth + 1) } : {}),
    ...(isDeep && Array.isArray(errors)
      ? { errors: errors.slice(0, MAX_ERRORS).map((error) => describe(error, depth + 1)) }
      : {}),
  };
}

function toText(error: object): string {
  try {
    return ERROR_TO_STRING.call(error);
  } catch {
    return "Error";
  }
}

/** As V8 writes it, but modules by their URL, which Deno's call sites have as paths. */
function toPlace(site: CallSite): string {
  const text = String(site);
  const file = site.getFileName();
  const url = site.getScriptNameOrSourceURL();
  return file && url?.startsWith("file:") ? text.replace(file, () => url) : text;
}
