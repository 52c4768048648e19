import assert from "node:assert/strict";
import { join } from "node:path";
import { maybeCommit } from "../../lib/cli/_commit.ts";

Deno.test("maybeCommit() tells the commit, changes since, and nothing outside of a repository", async () => {
  const root = await Deno.makeTempDir();
  try {
    const git = async (...args: string[]) => {
      const author = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
      const command = new Deno.Command("git", { args: [...author, ...args], cwd: root });
      assert.ok((await command.output()).success, args.join(" "));
    };
    assert.equal(await maybeCommit({ root }), undefined);
    await git("init", "-q");
    assert.equal(await maybeCommit({ root }), undefined, "no commit yet");
    await Deno.writeTextFile(join(root, "a"), "1");
    await git("add", "a");
    await git("commit", "-q", "-m", "a");
    assert.match((await maybeCommit({ root }))!, /^[0-9a-f]{12}$/);
    await Deno.writeTextFile(join(root, "a"), "2");
    assert.match((await maybeCommit({ root }))!, /^[0-9a-f]{12}, with changes$/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
