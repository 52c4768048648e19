import assert from "node:assert/strict";
import { measurePage } from "../../bench/report/measure_page.ts";
import { isMissing, titled, withBrowser } from "../report/_browser.ts";

Deno.test({
  name: titled("measurePage() finds requests, violations and what is wider than a phone"),
  ignore: isMissing,
  fn: async () => {
    const dir = await Deno.makeTempDir();
    try {
      const page = `<!doctype html><html><head><meta name="viewport" content="width=device-width">
<title>x</title><script src="https://cdn.example/x.js"></script></head>
<body><main><h1>Text</h1><div style="width:590px">wide</div><img src="https://cdn.example/y.png"></main></body></html>`;
      const path = `${dir}/a b.html`;
      await Deno.writeTextFile(path, page);
      await withBrowser(async (browser) => {
        const measured = await measurePage(browser, path, { tries: 1 });
        assert.equal(measured.kb, page.length / 1024);
        assert.equal(measured.requests, 2);
        assert.deepEqual(measured.axeRules, ["html-has-lang", "image-alt"]);
        assert.equal(measured.axeElements, 2);
        assert.ok(measured.phoneOverflowPx >= 200, `${measured.phoneOverflowPx} px`);
        assert.ok(measured.firstPaintMs > 0 && measured.loadedMs > 0);
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
