import { join } from "node:path";
import {
  type Effects,
  FeiraError,
  hashText,
  systemEffects,
  writeJsonBeside,
} from "feira/workspace";
import {
  type FoundPython,
  hasUv,
  maybePython,
  missingPython,
  OLDEST_PYTHON,
  pathOf,
} from "./_find_python.ts";
import { waitForLock } from "./_wait_for_lock.ts";
import { runProgram } from "./run_program.ts";

/** Which environment is wanted. */
export interface PythonEnvironmentSpec {
  /** Names the environment's folder, and it in messages. */
  readonly name: string;
  /** A requirements file in which every package is pinned with hashes. */
  readonly requirements: string;
  /** The folder that holds all environments; this one goes into `<venvDir>/<name>`. */
  readonly venvDir: string;
  readonly effects?: Effects;
  readonly signal?: AbortSignal | undefined;
}

/** An environment that is there. */
export interface PythonEnvironment {
  /** The environment's Python. */
  readonly python: string;
  /** Where one of its programs is, `dbt` for example. */
  program(name: string): string;
}

/** Written last, so that a cut-off installation is never taken for a whole one. */
interface Marker {
  /** SHA-256 of the requirements file. */
  readonly requirements: string;
  /** Environments hold absolute paths: one that was moved is made anew. */
  readonly path: string;
  /** `FEIRA_PYTHON`, where it chose the Python. */
  readonly chosen: string | null;
  /** The version it was made with, for people. */
  readonly python: string;
}

const IS_WINDOWS = Deno.build.os === "windows";
const MARKER = "feira.json";

/**
 * Makes sure that a Python environment is there and holds exactly what its
 * requirements file pins: at once (a few milliseconds) where it is, else made
 * with uv where uv is installed (seconds), else with venv and pip (half a
 * minute). Its modules are compiled once, which makes dbt start in 3 s where it
 * takes 8 to 12 s without.
 *
 * Two processes may ask at the same time: the second waits for the first.
 *
 * @param spec `requirements` is installed with `--require-hashes`.
 * @throws {FeiraError} `environment` where there is no Python 3.10 or newer and
 * no uv, or where an installation fails; the message has the installer's words.
 */
export async function ensurePython(spec: PythonEnvironmentSpec): Promise<PythonEnvironment> {
  const { effects = systemEffects, name, signal } = spec;
  const path = join(spec.venvDir, name);
  const wanted = {
    requirements: hashText(await readRequirements(spec.requirements)),
    path,
    chosen: effects.env("FEIRA_PYTHON") ?? null,
  };
  if (!(await isFresh(path, wanted))) {
    const options = { what: `the Python environment ${name}`, effects, signal };
    using _lock = await waitForLock(join(spec.venvDir, `.${name}.lock`), options);
    if (!(await isFresh(path, wanted))) {
      await Deno.remove(path, { recursive: true }).catch(ignoreNotFound);
      const python = await install(spec, path, effects);
      await writeJsonBeside(join(path, MARKER), { ...wanted, python } satisfies Marker);
    }
  }
  return { python: programIn(path, "python"), program: (program) => programIn(path, program) };
}

function programIn(path: string, program: string): string {
  return IS_WINDOWS ? join(path, "Scripts", `${program}.exe`) : join(path, "bin", program);
}

async function readRequirements(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot read ${path}: ${(cause as Error).message}, must be a requirements file`,
      { cause },
    );
  }
}

async function isFresh(path: string, wanted: Omit<Marker, "python">): Promise<boolean> {
  try {
    const marker: Marker = JSON.parse(await Deno.readTextFile(join(path, MARKER)));
    // A link to a system Python that has gone does not count.
    await Deno.stat(programIn(path, "python"));
    return marker.requirements === wanted.requirements && marker.path === wanted.path &&
      marker.chosen === wanted.chosen;
  } catch {
    return false;
  }
}

/** Returns the version of the Python that the environment was made with. */
async function install(
  { name, requirements, signal }: PythonEnvironmentSpec,
  path: string,
  effects: Effects,
): Promise<string> {
  const started = effects.now();
  const found = await maybePython(effects, signal);
  const withUv = await hasUv(effects, signal);
  if (found === undefined && !withUv) throw missingPython(name);
  effects.log(
    `Making the Python environment ${name} with ${withUv ? "uv" : "venv and pip"} ` +
      `(${found === undefined ? "a Python of uv's own" : `Python ${found.version}`})`,
  );
  const python = programIn(path, "python");
  const steps = withUv
    ? uvSteps(path, python, requirements, found)
    : pipSteps(path, python, requirements, found!);
  for (const [command, ...args] of steps) {
    const end = await runProgram(command, args, { env: pathOf(effects), signal });
    if (!end.success) throw installFailed(name, [command, ...args], end.lastLines);
  }
  // Modules that only other Pythons can read do not compile and are not used.
  await runProgram(python, [
    "-m",
    "compileall",
    "-q",
    "-j",
    "0",
    join(path, IS_WINDOWS ? "Lib" : "lib"),
  ], { env: pathOf(effects), signal });
  const seconds = Math.round(effects.now().since(started).total("seconds"));
  effects.log(`Made the Python environment ${name} in ${seconds} s`);
  return found?.version ?? "uv's own";
}

type Step = [string, ...string[]];

function uvSteps(path: string, python: string, requirements: string, found?: FoundPython): Step[] {
  const version = found?.command.length === 1 ? found.command[0] : `>=${OLDEST_PYTHON.join(".")}`;
  return [
    ["uv", "venv", "--quiet", "--no-project", "--python", version!, path],
    ["uv", "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", requirements],
  ];
}

function pipSteps(path: string, python: string, requirements: string, found: FoundPython): Step[] {
  const pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"] as const;
  return [
    [...found.command, "-m", "venv", path],
    [...pip, "install", "--quiet", "--no-compile", "--require-hashes", "-r", requirements],
  ];
}

function installFailed(name: string, command: Step, lastLines: readonly string[]): FeiraError {
  const words = lastLines.slice(-6).join("\n");
  // Debian and Ubuntu ship Python without the module that venv needs.
  const hint = /ensurepip|python3-venv/.test(words)
    ? "must have Python's venv module (on Debian and Ubuntu: the package python3-venv) or uv"
    : "must be able to reach a package index";
  return new FeiraError(
    "environment",
    `Cannot make the Python environment ${name}: ${
      command.slice(0, 4).join(" ")
    } failed, ${hint}\n${words}`,
  );
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
