import { join } from "node:path";
import { openWorkspace } from "feira/workspace";

/** What a workspace consists of; what a run makes is not among it. */
const PARTS = [
  ...["deno.json", "deno.lock", "lib", "notebooks", "dbt", "seeds", "requirements", "assets"],
  "orchestration",
];

/** What programs leave among the sources. */
const BY_PRODUCTS = ["target", "logs", "__pycache__"];

/** How a command ended. */
export interface CommandEnd {
  readonly code: number;
  /** Standard output and standard error, in that order. */
  readonly text: string;
}

/** A workspace of its own in a temporary folder, gone when disposed. */
export interface WorkspaceCopy extends AsyncDisposable {
  readonly root: string;
  /** Where something of it is. */
  path(...parts: string[]): string;
  /** Runs one of lib/cli's commands in it and waits for its end. */
  command(name: string, ...args: string[]): Promise<CommandEnd>;
  /** Starts one of lib/cli's commands in it. */
  start(name: string, args: readonly string[], env?: Record<string, string>): Deno.ChildProcess;
}

/**
 * Copies this workspace's sources, not its data, so that a test may break what
 * it likes. Python environments are shared, for they take half a minute.
 *
 * @param dir in which the copy's folder is made; default: that of temporary files.
 */
export async function copyWorkspace(dir?: string): Promise<WorkspaceCopy> {
  const original = openWorkspace();
  const root = await Deno.makeTempDir({ prefix: "feira-", ...(dir === undefined ? {} : { dir }) });
  for (const part of PARTS) await copyAll(join(original.root, part), join(root, part));
  await Deno.remove(join(root, "seeds", "product_category_name_translation.csv")).catch(() => {});
  return openCopy(root);
}

/** Copies a copy together with what was run in it. */
export async function copyOfCopy(from: string): Promise<WorkspaceCopy> {
  const root = await Deno.makeTempDir({ prefix: "feira-" });
  for await (const { name } of Deno.readDir(from)) {
    await copyAll(join(from, name), join(root, name), []);
  }
  return openCopy(root);
}

function openCopy(root: string): WorkspaceCopy {
  const { venvDir } = openWorkspace();
  const shared = { FEIRA_VENV: venvDir, PROJECT_NAME: "olist", NO_COLOR: "1" };
  const start: WorkspaceCopy["start"] = (name, args, env = {}) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", `lib/cli/${name}.ts`, ...args],
      cwd: root,
      env: { ...shared, ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  return {
    root,
    path: (...parts) => join(root, ...parts),
    start,
    command: (name, ...args) => endOf(start(name, args)),
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Waits for a command to end. */
export async function endOf(child: Deno.ChildProcess): Promise<CommandEnd> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/**
 * Waits for a command to end, and does something when its standard output first
 * shows the pattern.
 */
export async function endOfReading(
  child: Deno.ChildProcess,
  pattern: RegExp,
  act: () => void | Promise<void>,
): Promise<CommandEnd> {
  const stderr = new Response(child.stderr).text();
  let text = "";
  let acting: void | Promise<void>;
  let hasActed = false;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (hasActed || !pattern.test(text)) continue;
    hasActed = true;
    acting = act();
  }
  await acting!;
  const { code } = await child.status;
  return { code, text: text + await stderr };
}

async function copyAll(from: string, to: string, without = BY_PRODUCTS): Promise<void> {
  if ((await Deno.stat(from)).isFile) return Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    if (!without.includes(name)) await copyAll(join(from, name), join(to, name), without);
  }
}
