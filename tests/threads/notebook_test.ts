import assert from "node:assert/strict";
import { Kernel } from "feira/notebook";

Deno.test("Threads have their workers help in a notebook's kernel too", async () => {
  const root = new URL("../../", import.meta.url);
  const module = new URL("_module.ts", import.meta.url);
  await using kernel = await Kernel.start({ cwd: root.pathname });
  const texts: unknown[] = [];
  const code = `
    import { Arena, Threads } from "feira/threads";
    const { MODULE } = await import(${JSON.stringify(module.href)});
    const arena = new Arena({ words: ["i32", 100] });
    const threads = new Threads({ module: MODULE, memory: arena.memory, count: 2 });
    let runs = 0;
    while (!arena.views.words.subarray(1).includes(2) && runs++ < 500) {
      await threads.run({ name: "sign", tasks: 99, args: [arena.at.words, 10_000] });
    }
    await threads[Symbol.asyncDispose]();
    console.log([...new Set(arena.views.words.subarray(1))].sort().join());
  `;
  const { error } = await kernel.execute(code, (output) => texts.push(output.content.text));
  assert.equal(error, undefined);
  assert.match(texts.join(""), /^(1,)?2\n$/);
});
