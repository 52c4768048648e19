/** `deno task check`: types and lint of the notebooks' cells, outputs left in them. */
import { checkNotebooks, formatProblem } from "feira/notebook";
import { openWorkspace } from "feira/workspace";
import { main, print } from "./_main.ts";
import { checkFileOf } from "./_pipeline.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("check", "Check the notebooks' cells without running them");
  if (!parseArguments(command, args)) return 0;
  const workspace = openWorkspace();
  const { problems, notebooks, codeCells } = await checkNotebooks(workspace.notebooksDir, {
    root: workspace.root,
    cacheFile: checkFileOf(workspace),
  });
  for (const problem of problems) print(formatProblem(problem));
  print(`${notebooks} notebooks, ${codeCells} code cells, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
});
