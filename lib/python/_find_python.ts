import { type Effects, FeiraError } from "feira/workspace";
import { runProgram } from "./run_program.ts";

/** The oldest Python that the files of requirements/ install on; the benches' peers want 3.11. */
export const OLDEST_PYTHON = [3, 10] as const;

const WANTED = `must be Python ${OLDEST_PYTHON.join(".")} or newer, or uv`;
const ASK_VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])";

/** A Python that environments can be made with. */
export interface FoundPython {
  /** The command and its first arguments (`py -3` on Windows). */
  readonly command: readonly [string, ...string[]];
  /** For example `3.11.7`. */
  readonly version: string;
}

/**
 * The first of `FEIRA_PYTHON`, else `python3`, `python` and, on Windows, `py`,
 * that is new enough; undefined where there is none.
 *
 * @throws {FeiraError} `environment` when `FEIRA_PYTHON` names something else.
 */
export async function maybePython(
  effects: Effects,
  signal: AbortSignal | undefined,
): Promise<FoundPython | undefined> {
  const chosen = effects.env("FEIRA_PYTHON");
  const found: string[] = [];
  for (const command of candidates(chosen)) {
    const version = await versionOf(command, effects, signal);
    if (version !== undefined && isNewEnough(version)) return { command, version };
    found.push(`${command.join(" ")} is ${version ?? "no Python that runs"}`);
  }
  if (chosen === undefined) return undefined;
  throw new FeiraError(
    "environment",
    `Cannot use FEIRA_PYTHON: ${found.join(", ")}, ${WANTED}`,
  );
}

/** What is said where neither a Python that is new enough nor uv is found. */
export function missingPython(purpose: string): FeiraError {
  return new FeiraError(
    "environment",
    `Cannot make the Python environment ${purpose}: found neither uv nor a Python that is new ` +
      `enough as python3 or python, ${WANTED}, on the PATH or named by FEIRA_PYTHON`,
  );
}

/** Whether uv is there to be run. */
export async function hasUv(
  effects: Effects,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return (await maybeOutput(["uv", "--version"], effects, signal)) !== undefined;
}

/** The variables that a program of the PATH is found and run with. */
export function pathOf(effects: Effects): Readonly<Record<string, string>> {
  const path = effects.env("PATH");
  return path === undefined ? {} : { PATH: path };
}

function candidates(chosen: string | undefined): [string, ...string[]][] {
  if (chosen !== undefined) return [[chosen]];
  return Deno.build.os === "windows"
    ? [["py", "-3"], ["python"], ["python3"]]
    : [["python3"], ["python"]];
}

async function versionOf(
  [command, ...args]: readonly [string, ...string[]],
  effects: Effects,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const output = await maybeOutput([command, ...args, "-c", ASK_VERSION], effects, signal);
  return output?.match(/^\d+\.\d+\.\d+$/) ? output : undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

async function maybeOutput(
  [command, ...args]: readonly [string, ...string[]],
  effects: Effects,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const end = await runProgram(command, args, { env: pathOf(effects), signal });
    return end.success ? end.lastLines.join("\n").trim() : undefined;
  } catch (error) {
    if (error instanceof FeiraError) return undefined;
    throw error;
  }
}
