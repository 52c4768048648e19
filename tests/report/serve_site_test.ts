import assert from "node:assert/strict";
import { serveSite } from "feira/report";
import { FeiraError } from "feira/workspace";

/** A folder `site` with a page and a folder, and beside it what nobody may see. */
async function withSite(work: (url: string, dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  await Deno.mkdir(`${dir}/site/grid/08 a`, { recursive: true });
  await Deno.writeTextFile(`${dir}/secret.html`, "secret");
  await Deno.mkdir(`${dir}/site2`);
  await Deno.writeTextFile(`${dir}/site2/index.html`, "secret");
  await Deno.writeTextFile(`${dir}/site/index.html`, "index");
  await Deno.writeTextFile(`${dir}/site/.hidden.html`, "secret");
  await Deno.writeTextFile(`${dir}/site/k%3D3.html`, "odd name");
  await Deno.writeTextFile(`${dir}/site/run.json`, "{}");
  await Deno.writeTextFile(`${dir}/site/grid/08 a/index.html`, "inner");
  await Deno.symlink(`${dir}/secret.html`, `${dir}/site/link.html`);
  await Deno.symlink(`${dir}/site2`, `${dir}/site/folder`);
  await Deno.symlink(`${dir}/site/index.html`, `${dir}/site/own.html`);
  const site = await serveSite(`${dir}/site`);
  try {
    await work(site.url, dir);
  } finally {
    await site.stop();
    await Deno.remove(dir, { recursive: true });
  }
}

/** A request as it is written, which `fetch` would tidy. */
async function ask(url: string, head: string): Promise<string> {
  // Read to its end it closes itself.
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await connection.write(new TextEncoder().encode(`${head}\r\nConnection: close\r\n\r\n`));
  return new Response(connection.readable).text();
}

Deno.test("serveSite() gives files with their types, and a folder's index", async () => {
  await withSite(async (url) => {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const cases = [
      ["", "index", "text/html; charset=utf-8"],
      ["own.html", "index", "text/html; charset=utf-8"],
      ["k%253D3.html", "odd name", "text/html; charset=utf-8"],
      ["run.json?x=1", "{}", "application/json; charset=utf-8"],
      ["grid/08%20a/", "inner", "text/html; charset=utf-8"],
      ["grid/08%20a", "inner", "text/html; charset=utf-8"],
    ];
    for (const [path, text, type] of cases) {
      const response = await fetch(url + path);
      assert.equal(await response.text(), text, path);
      assert.equal(response.headers.get("content-type"), type);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    }
    const moved = await fetch(`${url}grid/08%20a`, { redirect: "manual" });
    assert.deepEqual([moved.status, moved.headers.get("location")], [301, "/grid/08%20a/"]);
    await moved.body?.cancel();
    const head = await fetch(url, { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [200, ""]);
  });
});

Deno.test("serveSite() lets nobody out of the folder, by no path and no link", async () => {
  await withSite(async (url) => {
    const paths = "/../secret.html /%2e%2e/secret.html /..%2fsecret.html /grid/../../secret.html " +
      "/..%5csecret.html /link.html /folder/ /folder/index.html /.hidden.html /%00 /%ff /missing.html " +
      "/grid/ /index.html/x //../secret.html /C:/secret.html /../site2/index.html";
    for (const path of paths.split(" ")) {
      const text = await ask(url, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1`);
      assert.match(text, /^HTTP\/1\.1 404 /, path);
      assert.doesNotMatch(text, /secret/);
    }
  });
});

Deno.test("serveSite() answers this machine's own names and reading alone", async () => {
  await withSite(async (url) => {
    const foreign = await ask(url, "GET / HTTP/1.1\r\nHost: evil.example");
    assert.match(foreign, /^HTTP\/1\.1 403 /, "a name of the web that leads to 127.0.0.1");
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const response = await fetch(url, { method });
      assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
      await response.body?.cancel();
    }
  });
});

Deno.test("serveSite() says when its port is taken or its folder missing", async () => {
  await withSite(async (url, dir) => {
    const port = Number(new URL(url).port);
    await assert.rejects(serveSite(dir, { port }), (error) => {
      assert.ok(error instanceof FeiraError && error.kind === "environment");
      assert.match(error.message, new RegExp(`^Cannot serve .* at port ${port}, must be free`));
      return true;
    });
    await assert.rejects(serveSite(`${dir}/none`), FeiraError);
  });
});
