import type { Workspace } from "feira/workspace";

/**
 * The commit that the project's code is at, twelve digits, and whether it was
 * changed since; undefined where there is no git or no repository.
 */
export async function maybeCommit({ root }: Pick<Workspace, "root">): Promise<string | undefined> {
  const head = await git(root, ["rev-parse", "--short=12", "HEAD"]);
  if (head === undefined) return undefined;
  const changes = await git(root, ["status", "--porcelain", "--untracked-files=no"]);
  return changes === "" ? head : `${head}, with changes`;
}

/** What git says; undefined when it fails, as outside of a repository. */
async function git(cwd: string, args: string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command("git", { args, cwd, stdout: "piped", stderr: "null" });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
