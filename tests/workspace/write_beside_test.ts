import { FeiraError, replaceDirBeside, writeFileBeside, writeJsonBeside } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";

async function inTempDir(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await test(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const namesIn = (dir: string) => [...Deno.readDirSync(dir)].map((entry) => entry.name).sort();

Deno.test("writeFileBeside() writes into folders it makes and leaves nothing beside", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "a", "b.txt");
    await writeFileBeside(path, "first");
    await writeFileBeside(path, new TextEncoder().encode("second"));
    assert.equal(await Deno.readTextFile(path), "second");
    assert.deepEqual(namesIn(join(dir, "a")), ["b.txt"]);
  }));

Deno.test("writeFileBeside() keeps the earlier file when the content breaks off", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "b.txt");
    await writeFileBeside(path, "good");
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("half"));
        controller.error(new Error("cut"));
      },
    });
    await assert.rejects(writeFileBeside(path, broken), /cut/);
    assert.equal(await Deno.readTextFile(path), "good");
    assert.deepEqual(namesIn(dir), ["b.txt"]);
  }));

Deno.test("writeFileBeside() says which place cannot be written to", () =>
  inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "file"), "");
    await assert.rejects(
      writeFileBeside(join(dir, "file", "below.txt"), ""),
      (error) =>
        error instanceof FeiraError && error.kind === "environment" &&
        error.message.includes(join(dir, "file")),
    );
  }));

Deno.test("writeJsonBeside() ends with a newline", () =>
  inTempDir(async (dir) => {
    await writeJsonBeside(join(dir, "x.json"), { a: 1 });
    assert.equal(await Deno.readTextFile(join(dir, "x.json")), '{\n  "a": 1\n}\n');
  }));

Deno.test("replaceDirBeside() swaps the whole folder", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "out");
    const fill = (name: string) => (beside: string) => Deno.writeTextFile(join(beside, name), name);
    await replaceDirBeside(path, fill("old.txt"));
    await replaceDirBeside(path, fill("new.txt"));
    assert.deepEqual(namesIn(path), ["new.txt"]);
    assert.deepEqual(namesIn(dir), ["out"]);
  }));

Deno.test("replaceDirBeside() leaves the earlier folder when filling fails", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "out");
    await replaceDirBeside(path, (beside) => Deno.writeTextFile(join(beside, "a.txt"), "a"));
    await assert.rejects(
      replaceDirBeside(path, async (beside) => {
        await Deno.writeTextFile(join(beside, "half.txt"), "");
        throw new RangeError("bad row");
      }),
      RangeError,
    );
    assert.deepEqual(namesIn(path), ["a.txt"]);
    assert.deepEqual(namesIn(dir), ["out"]);
  }));
