import { basename, join } from "node:path";
import { writeFileBeside, writeJsonBeside } from "feira/workspace";
import type { CheckModule } from "./check_module.ts";
import { fromFileUrl, relativeTo, toFileUrl } from "../_paths.ts";
import type { Problem } from "../problem.ts";
import { tellRedeclared } from "./redeclared.ts";

/** Type-checks and lints modules with Deno's own tools, one process each. */
export async function checkModules(
  modules: readonly CheckModule[],
  options: { readonly root: string; readonly dir: string },
): Promise<Problem[]> {
  const { root, dir } = options;
  await writeConfig(root, dir);
  const files = modules.map(({ notebook }) => `${notebook.name}.ts`);
  await Promise.all(modules.map(({ text }, i) => writeFileBeside(join(dir, files[i]!), text)));
  const [check, lint] = await Promise.all([
    deno(dir, ["check", ...files]),
    deno(dir, ["lint", "--json", ...files]),
  ]);
  const locate = toLocator(modules, root);
  return [
    ...check.success ? [] : tellRedeclared(toTypeProblems(check.stderr, locate)),
    ...toLintProblems(lint.stdout, locate),
  ];
}

/** deno.json keeps data/ out of its own commands: the modules there get one that does not. */
async function writeConfig(root: string, dir: string): Promise<void> {
  const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const base = toFileUrl(root + "/").href;
  const imports = Object.entries<string>(config.imports ?? {}).map(([name, target]) => [
    name,
    target.startsWith(".") ? new URL(target, base).href : target,
  ]);
  const rules = config.lint?.rules ?? {};
  const hasLock = await Deno.stat(join(root, "deno.lock")).then(() => true, () => false);
  await writeJsonBeside(join(dir, "deno.json"), {
    imports: Object.fromEntries(imports),
    ...(config.compilerOptions ? { compilerOptions: config.compilerOptions } : {}),
    // In a notebook console.log is the output.
    lint: { rules: { ...rules, exclude: [...rules.exclude ?? [], "no-console"] } },
    lock: hasLock ? { path: join(root, "deno.lock"), frozen: true } : false,
    // Else it would fetch every package that deno.json names, those of the tests too.
    ...(config.unstable ? { unstable: config.unstable } : {}),
    ...(config.nodeModulesDir ? { nodeModulesDir: config.nodeModulesDir } : {}),
  });
}

async function deno(cwd: string, args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: text(stdout), stderr: text(stderr) };
}

/** A place in a module: line and columns, each from 1. */
interface Range {
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number;
}

type Place = Pick<Problem, "file" | "cell" | "position" | "title" | "text"> & Partial<Range>;

type Locate = (url: string, range: Range) => Place | undefined;

/** Brings a place in a module back to its notebook; undefined for what is between cells. */
function toLocator(modules: readonly CheckModule[], root: string): Locate {
  const byName = new Map(modules.map((module) => [module.notebook.name, module]));
  return (url, range) => {
    const path = fromFileUrl(url);
    const module = byName.get(basename(path, ".ts"));
    if (module === undefined) return { file: relativeTo(root, path), ...range };
    const place = module.placeOf(range.line);
    return place && { file: `${module.notebook.name}.ipynb`, ...range, ...place };
  };
}

const PLACE = /at (file:\/\/\S+?):(\d+):(\d+)/;

function toTypeProblems(stderr: string, locate: Locate): Problem[] {
  const blocks = stderr.split(/^(?=TS\d+ \[ERROR\]: )/m).slice(1);
  if (blocks.length > 0) {
    return blocks.map((block) => {
      const [, rule = "", message = ""] = block.match(/^(TS\d+) \[ERROR\]: (.*)/) ?? [];
      return { ...placeIn(block, locate), rule, message: toMessage(message) };
    });
  }
  // No types were looked at: something could not be parsed or found.
  const [, text = stderr.trim()] = stderr.match(/error: ([\s\S]*?)(?:\n\s+at |\n\nStack|$)/) ?? [];
  const message = toMessage(text.split("\n")[0]!);
  return [{ ...placeIn(stderr, locate), rule: "module", message }];
}

/** The tool's words without what only holds for the written module. */
function toMessage(text: string): string {
  return text
    .replace(/^(The module's source code could not be parsed: )?(SyntaxError: )?/, "")
    .replace(/ (from|at) "?file:\S+/, "")
    .replace(/\.$/, "")
    .trim();
}

function placeIn(text: string, locate: Locate): Place {
  const match = text.match(PLACE);
  const marks = text.match(/^\s*([~^]+)$/m)?.[1]?.length ?? 1;
  const [line, column] = [Number(match?.[2]), Number(match?.[3])];
  return (match && locate(match[1]!, { line, column, endColumn: column + marks })) ??
    { file: "notebooks" };
}

function toLintProblems(stdout: string, locate: Locate): Problem[] {
  interface Point {
    line: number;
    col: number;
  }
  interface Diagnostic {
    filename: string;
    range: { start: Point; end: Point };
    message: string;
    code: string;
  }
  // A module that cannot be parsed is the type check's to tell.
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(stdout);
  return diagnostics.flatMap(({ filename, range: { start, end }, message, code }) => {
    const isOneLine = start.line === end.line;
    const place = locate(filename, {
      ...{ line: start.line, column: start.col + 1 },
      ...(isOneLine && { endColumn: end.col + 1 }),
    });
    return place ? [{ ...place, rule: code, message }] : [];
  });
}
