import assert from "node:assert/strict";
import { printPages } from "feira/report";
import { FeiraError } from "feira/workspace";
import { isMissing, titled } from "./_browser.ts";
import { build } from "./_fixtures.ts";
import { SAMPLE } from "./_sample.ts";

/** Effects that know no variable but Chromium's place. */
const effectsWith = (chromium?: string) => {
  const lines: string[] = [];
  const env = (name: string) => name === "FEIRA_CHROMIUM" ? chromium : undefined;
  return { lines, effects: { env, log: (line: string) => void lines.push(line) } };
};

Deno.test({
  name: titled("printPages() writes a PDF beside each page, and nothing else"),
  ignore: isMissing,
  fn: async () => {
    const { dir, outDir } = await build({ "01 a": SAMPLE }, { banner: "Synthetic data" });
    try {
      const { effects, lines } = effectsWith();
      const pdfs = await printPages({ pages: [`${outDir}/01 a.html`], effects });
      assert.deepEqual(pdfs, [`${outDir}/01 a.pdf`]);
      assert.deepEqual(lines, pdfs);
      const text = new TextDecoder("latin1").decode(await Deno.readFile(pdfs[0]!));
      assert.match(text, /^%PDF-/);
      assert.match(text, /\/MediaBox \[0 0 59[45][\d.]* 84[12]/, "A4");
      assert.ok((text.match(/\/Type \/Page\b/g)?.length ?? 0) >= 2);
      const names = [...Deno.readDirSync(outDir)].map(({ name }) => name).sort();
      assert.deepEqual(names, ["01 a.html", "01 a.pdf", "index.html"]);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});

Deno.test("printPages() says what to install where there is no Chromium", async () => {
  const { effects } = effectsWith("/no/such/chromium");
  await assert.rejects(printPages({ pages: [], effects }), (error) => {
    assert.ok(error instanceof FeiraError && error.kind === "environment");
    assert.match(
      error.message,
      /^Cannot print: found no Chromium at \/no\/such\/chromium, must be/,
    );
    return true;
  });
});

Deno.test({
  name: "printPages() leaves the earlier PDF when the program prints none",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const dir = await Deno.makeTempDir();
    try {
      const program = `${dir}/chromium`;
      const script = '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "cannot draw" >&2\n';
      await Deno.writeTextFile(program, script, { mode: 0o755 });
      await Deno.writeTextFile(`${dir}/a.pdf`, "earlier");
      const { effects } = effectsWith(program);
      await assert.rejects(
        printPages({ pages: [`${dir}/a.html`], effects }),
        /Cannot print .*a\.html: found cannot draw, must be a PDF/,
      );
      assert.equal(await Deno.readTextFile(`${dir}/a.pdf`), "earlier");
      const names = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
      assert.deepEqual(names, ["a.pdf", "chromium"]);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
