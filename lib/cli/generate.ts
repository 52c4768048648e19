/** `deno task generate`: writes the files that are made from other files of the repository. */
import { relative } from "node:path";
import { openWorkspace, writeFileBeside } from "feira/workspace";
import { staleFiles } from "./_generated.ts";
import { main, print } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("generate", "Write dbt's sources and the diagrams of the marts")
    .option("--check", "write nothing; end with 1 where a file is not what it must be");
  if (!parseArguments(command, args)) return 0;
  const { check } = command.opts<{ check?: boolean }>();
  const workspace = openWorkspace();
  const stale = await staleFiles(workspace);
  for (const { path, content } of stale) {
    if (!check) await writeFileBeside(path, content);
    print(`${check ? "stale" : "wrote"} ${relative(workspace.root, path)}`);
  }
  if (stale.length === 0) print("all is as it must be");
  return check && stale.length > 0 ? 1 : 0;
});
