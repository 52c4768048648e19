/** `deno task format:sql`: one style for the SQL of dbt/, by sqlfmt. */
import { join } from "node:path";
import { ensurePython } from "feira/python";
import { openWorkspace } from "feira/workspace";
import { main } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("format:sql", "Format the SQL of dbt/")
    .option("--check", "write nothing; end with 1 and a diff where SQL is in another style");
  if (!parseArguments(command, args)) return 0;
  const { check } = command.opts<{ check?: boolean }>();
  const { dbtDir, requirementsDir, venvDir } = openWorkspace();
  const environment = await ensurePython({
    name: "sqlfmt",
    requirements: join(requirementsDir, "sqlfmt.txt"),
    venvDir,
  });
  const { code } = await new Deno.Command(environment.program("sqlfmt"), {
    args: [...(check ? ["--diff", "--quiet"] : []), "--no-progressbar", dbtDir],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return code;
});
