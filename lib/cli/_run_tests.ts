import { print } from "./_main.ts";

/** Reads the tallies of `deno test`'s closing line. */
const TALLY = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed(?:.*? \| (\d+) ignored)?/m;

/** How a run of tests ended. */
export interface TestsEnd {
  readonly ok: boolean;
  /** `N passed, N failed, N skipped`. */
  readonly tally: string;
}

/** How to run tests. */
export interface RunTestsOptions {
  /** Added to the tests' environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Have tests store what they find instead of comparing it. Default: false. */
  readonly update?: boolean;
}

/**
 * Runs tests and shows their output as it comes. They get a folder, named by
 * `FEIRA_TEST_RUN`, for what is made once and used by several test files.
 *
 * @param where files or folders, relative to `root`.
 */
export async function runTests(
  root: string,
  where: readonly string[],
  options: RunTestsOptions = {},
): Promise<TestsEnd> {
  print(`— tests in ${where.join(", ")}`);
  const shared = await Deno.makeTempDir({ prefix: "feira-tests-" });
  try {
    const env = { ...options.env, FEIRA_TEST_RUN: shared };
    return await testsEnd(root, where, { ...options, env });
  } finally {
    await Deno.remove(shared, { recursive: true });
  }
}

async function testsEnd(
  root: string,
  where: readonly string[],
  { env, update = false }: RunTestsOptions,
): Promise<TestsEnd> {
  const told = update ? ["--", "--update"] : [];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--doc", "--parallel", "--quiet", ...where, ...told],
    cwd: root,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    await Deno.stdout.write(new TextEncoder().encode(text));
  }
  const tally = output.match(TALLY);
  const [passed, failed, skipped] = tally ? tally.slice(1).map((n) => Number(n ?? 0)) : [0, 1, 0];
  return {
    ok: (await child.status).success,
    tally: `${passed} passed, ${failed} failed, ${skipped} skipped`,
  };
}
