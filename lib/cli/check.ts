/** `deno task check`: types, lint and rules of the notebooks, without running them. */
import { basename, join, relative } from "node:path";
import {
  checkNotebooks,
  formatProblem,
  listNotebooks,
  type Problem,
  stripNotebook,
} from "feira/notebook";
import { openWorkspace, type Workspace, writeFileBeside } from "feira/workspace";
import { main, print } from "./_main.ts";
import { checkFileOf } from "./_pipeline.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

/** Rules that `--fix` makes good. */
const FIXED = ["outputs", "execution-count", "missing-id"];

await main(async (args) => {
  const command = defineCommand("check", "Check the notebooks without running them")
    .option("--json", "the problems as one JSON object, for editors", false)
    .option("--fix", "first take outputs and execution counts out, give cells ids", false);
  if (!parseArguments(command, args)) return 0;
  const { json, fix } = command.opts<{ json: boolean; fix: boolean }>();
  const workspace = openWorkspace();
  const fixed = fix ? await fixNotebooks(workspace.notebooksDir) : [];
  const { problems, notebooks, codeCells } = await checkNotebooks(workspace.notebooksDir, {
    root: workspace.root,
    cacheFile: checkFileOf(workspace),
  });
  if (json) {
    const told = problems.map((problem) => ({ path: pathOf(workspace, problem), ...problem }));
    print(JSON.stringify({ notebooks, codeCells, fixed, problems: told }, null, 1));
  } else {
    for (const name of fixed) print(`${name}: stored without what a run left in it`);
    for (const problem of problems) print(formatProblem(problem));
    if (problems.some(({ rule }) => FIXED.includes(rule))) {
      print("deno task check --fix takes outputs and execution counts out, and gives cells ids");
    }
    print(`${notebooks} notebooks, ${codeCells} code cells, ${problems.length} problems`);
  }
  return problems.length === 0 ? 0 : 1;
});

/** Where an editor finds the file, from the root. */
function pathOf({ root, notebooksDir }: Workspace, { file }: Problem): string {
  return file.endsWith(".ipynb") ? relative(root, join(notebooksDir, file)) : file;
}

/** Rewrites the notebooks that hold what a run leaves; returns their names. */
async function fixNotebooks(dir: string): Promise<string[]> {
  const fixed: string[] = [];
  for (const path of await listNotebooks(dir)) {
    const text = await Deno.readTextFile(path);
    const stripped = stripOrKeep(text);
    if (stripped === text) continue;
    await writeFileBeside(path, stripped);
    fixed.push(basename(path));
  }
  return fixed;
}

/** What is no notebook is the check's to tell. */
function stripOrKeep(text: string): string {
  try {
    return stripNotebook(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return text;
    throw error;
  }
}
