import { openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";
import { dirname, join } from "node:path";

const { root } = openWorkspace();
const DOCS = [
  ...["README.md", "CONTRIBUTING.md"],
  ...[...Deno.readDirSync(join(root, "docs"))].map(({ name }) => `docs/${name}`),
];
const read = (name: string) => Deno.readTextFileSync(join(root, name));

Deno.test("every link of the documentation leads to a file that is there", () => {
  for (const name of DOCS) {
    const links = [...read(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1]!);
    for (const link of links) {
      const path = join(root, dirname(name), decodeURI(link));
      assert.ok(Deno.statSync(path), `${name}: ${link}`);
    }
  }
});

Deno.test("docs/commands.md names every task and every option of run", async () => {
  const text = read("docs/commands.md");
  const { tasks } = JSON.parse(read("deno.json"));
  for (const task of Object.keys(tasks)) {
    assert.match(text, new RegExp(`deno task ${task}\\b`), task);
  }
  const help = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "lib/cli/run.ts", "--help"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const options = [...new TextDecoder().decode(help.stdout).matchAll(/^ {2}(--[a-z]+)/gm)];
  assert.ok(options.length >= 9);
  for (const [, option] of options) assert.ok(text.includes(`\`${option!}`), option);
});

Deno.test("the README's commands name the Deno that CI runs, and notebooks the ones they list", () => {
  const pins = [...DOCS.map(read), read(".ci/run")].flatMap((text) =>
    [...text.matchAll(/deno@(\d+\.\d+\.\d+)/g)].map((match) => match[1]!)
  );
  assert.equal(new Set(pins).size, 1);
  assert.equal(pins[0], Deno.version.deno);
});

Deno.test("every room of lib is in docs/architecture.md, and the other way round", () => {
  const text = read("docs/architecture.md");
  const table = [...text.matchAll(/^\| ((?:`\w+`(?:, )?)+) +\|/gm)]
    .flatMap((match) => [...match[1]!.matchAll(/`(\w+)`/g)].map((name) => name[1]!))
    .filter((name) => !["usage", "environment", "data", "failed"].includes(name));
  const rooms = [...Deno.readDirSync(join(root, "lib"))].map(({ name }) => name);
  assert.deepEqual(table.toSorted(), rooms.toSorted());
});
