/**
 * The side effects that tests want to replace: the clock, the environment's
 * variables, the network and the log. Files are not among them; tests give
 * functions a temporary folder instead.
 */
export interface Effects {
  /** The present moment. */
  readonly now: () => Temporal.Instant;
  /** The value of an environment variable, if it is set and not empty. */
  readonly env: (name: string) => string | undefined;
  /** Tells the user one line of progress. */
  readonly log: (line: string) => void;
  readonly fetch: typeof fetch;
}

/** The real ones. */
export const systemEffects: Effects = {
  now: () => Temporal.Now.instant(),
  env: (name) => Deno.env.get(name) || undefined,
  // deno-lint-ignore no-console -- the one place where library code reaches the terminal or a cell's output
  log: (line) => console.log(line),
  fetch: globalThis.fetch,
};

/** The same effects with these environment variables over their own. */
export function withVariables(
  effects: Effects,
  variables: Readonly<Record<string, string>>,
): Effects {
  return { ...effects, env: (name) => variables[name] ?? effects.env(name) };
}
