import assert from "node:assert/strict";
import { FIGURES } from "./_figures.ts";
import { normalise } from "./_svg.ts";

const FOLDER = new URL("../fixtures/plots/", import.meta.url);
/** `deno test -A tests/plots -- --update` takes the figures as they are. */
const UPDATE = Deno.args.includes("--update");

async function maybeRead(file: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function compare(name: string, svg: string): Promise<void> {
  const file = new URL(`${name}.svg`, FOLDER);
  const changed = new URL(`${name}-changed.svg`, FOLDER);
  if (UPDATE) await Deno.writeTextFile(file, svg.replaceAll("><", ">\n<") + "\n");
  const expected = await maybeRead(file);
  if (expected !== undefined && normalise(expected) === normalise(svg)) return;
  await Deno.writeTextFile(changed, svg.replaceAll("><", ">\n<") + "\n");
  assert.equal(
    normalise(svg),
    expected === undefined ? undefined : normalise(expected),
    `see ${changed.pathname}; if it is right, run with -- --update`,
  );
}

for (const [name, draw] of Object.entries(FIGURES)) {
  Deno.test(`${name} looks as in fixtures/plots/${name}.svg`, async () => {
    const { svg, narrow } = draw();
    await compare(name, svg);
    if (narrow !== undefined) await compare(`${name}_narrow`, narrow.svg);
  });
}

Deno.test("every snapshot belongs to a figure and is below 60 KB", async () => {
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (!name.endsWith(".svg") || name.endsWith("-changed.svg")) continue;
    assert.ok(
      name.replace(/(_narrow)?\.svg$/, "") in FIGURES,
      `fixtures/plots/${name} has no figure`,
    );
    const { size } = await Deno.stat(new URL(name, FOLDER));
    assert.ok(size < 60_000, `fixtures/plots/${name} has ${size} bytes`);
  }
});
