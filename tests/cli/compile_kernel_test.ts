import assert from "node:assert/strict";
import { FeiraError } from "feira/workspace";
import { compileKernel, findKernels } from "../../lib/cli/_compile_kernel.ts";
import { ModuleWalk } from "../../lib/notebook/plan/modules.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

Deno.test("compileKernel() gives, byte for byte, the modules that are committed", async (t) => {
  const kernels = await findKernels(ROOT);
  assert.ok(kernels.some(({ name }) => name === "som/search"));
  for (const kernel of kernels) {
    await t.step(kernel.name, async () => {
      const committed = await Deno.readTextFile(`${ROOT}/${kernel.module}`);
      const isSame = await compileKernel(ROOT, kernel) === committed;
      assert.ok(isSame, `${kernel.module} differs, run \`deno task build:kernel\``);
    });
  }
});

Deno.test("a kernel that changes makes notebook 08 stale, and another model of every fit", async () => {
  const cells = await Deno.readTextFile(`${ROOT}/notebooks/08_segment.ipynb`);
  const code = JSON.parse(cells).cells
    .filter((cell: { cell_type: string }) => cell.cell_type === "code")
    .map((cell: { source: string[] | string }) => [cell.source].flat().join("")).join("\n");
  const walk = await ModuleWalk.open(ROOT);
  const modules = Object.keys(await walk.hashesOf(code, `${ROOT}/notebooks`));
  for (const { module } of await findKernels(ROOT)) {
    assert.ok(modules.includes(module), module);
    // `modelIdOf` of segments hashes what stands at the top of these two rooms.
    assert.match(module, /^lib\/(som|cluster)\/\w+\.ts$/);
  }
});

Deno.test("compileKernel() says where the source is wrong", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/lib/room/kernel`, { recursive: true });
  await Deno.writeTextFile(`${root}/lib/room/kernel/_part.ts`, "export const one: i32 = 1;");
  await Deno.writeTextFile(
    `${root}/lib/room/kernel/broken.ts`,
    `import { one } from "./_part";\nexport function f(): i32 { return one + two; }`,
  );
  const kernels = await findKernels(root);
  assert.deepEqual(kernels, [{
    name: "room/broken",
    source: "lib/room/kernel/broken.ts",
    module: "lib/room/_broken_wasm.ts",
  }]);
  await assert.rejects(compileKernel(root, kernels[0]!), (error) => {
    assert.ok(error instanceof FeiraError);
    assert.match(error.message, /Cannot compile lib\/room\/kernel\/broken\.ts: .*two/);
    assert.match(error.message, /broken\.ts\(2,/);
    return true;
  });
  await Deno.remove(root, { recursive: true });
});
