import { join } from "node:path";
import { type Effects, systemEffects } from "feira/workspace";

/** A folder that stands in for the machine: only what is put on its PATH is found. */
export interface FakeMachine extends AsyncDisposable {
  readonly root: string;
  readonly venvDir: string;
  /** Effects on this machine, with these variables, that keep what is logged in `lines`. */
  listen(env?: Readonly<Record<string, string>>): { effects: Effects; lines: string[] };
  /** Writes a requirements file and returns its path. */
  requirements(text: string): Promise<string>;
  /** How often each of python's and uv's modes was called, in order. */
  calls(): Promise<string[]>;
}

// The stand-in for Python answers its version, makes an environment by copying itself into it,
// and refuses to install what the requirements call bad.
const PYTHON = (version: string, root: string) =>
  `#!/bin/sh
PATH=/usr/bin:/bin
here="${root}"
case "$1 $2" in
  "-c "*) echo ${version} ;;
  "-m venv") echo venv >> "$here/calls"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip")
    echo pip >> "$here/calls"
    for last; do :; done
    if grep -q slow "$last"; then sleep 1; fi
    if grep -q hang "$last"; then exec sleep 60; fi
    if grep -q bad "$last"; then echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES" >&2; exit 1; fi ;;
  "-m compileall") echo compileall >> "$here/calls" ;;
  *) echo "unexpected: $*" >&2; exit 64 ;;
esac
`;

const UV = (root: string) =>
  `#!/bin/sh
PATH=/usr/bin:/bin
here="${root}"
case "$1 $2" in
  "--version "*) echo "uv 0.0.0" ;;
  "venv "*)
    echo "uv venv" >> "$here/calls"
    for last; do :; done
    mkdir -p "$last/bin"; cp "$here/spare-python" "$last/bin/python" ;;
  "pip install") echo "uv pip" >> "$here/calls" ;;
esac
`;

/** Makes one; nothing of this process's own environment changes, which other tests share. */
export async function fakeMachine(
  { python, uv = false }: { python?: string; uv?: boolean },
): Promise<FakeMachine> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "feira python " }));
  const bin = join(root, "bin");
  await Deno.mkdir(bin);
  const write = (path: string, text: string) => Deno.writeTextFile(path, text, { mode: 0o755 });
  await write(join(root, "spare-python"), PYTHON("3.12.0", root));
  if (python !== undefined) await write(join(bin, "python3"), PYTHON(python, root));
  if (uv) await write(join(bin, "uv"), UV(root));
  return {
    root,
    venvDir: join(root, ".venv"),
    listen(env = {}) {
      const lines: string[] = [];
      const variables: Record<string, string> = { PATH: bin, ...env };
      const log = (line: string) => void lines.push(line);
      return { lines, effects: { ...systemEffects, env: (name) => variables[name], log } };
    },
    async requirements(text) {
      const path = join(root, "requirements.txt");
      await Deno.writeTextFile(path, text);
      return path;
    },
    async calls() {
      const text = await Deno.readTextFile(join(root, "calls")).catch(() => "");
      return text.split("\n").filter((line) => line !== "");
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(root, { recursive: true });
    },
  };
}
