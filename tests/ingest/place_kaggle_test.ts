import assert from "node:assert/strict";
import { strToU8, zipSync } from "fflate";
import { placeRawData } from "feira/ingest";
import { makePlace, readTree, smallFiles } from "./_raw_folder.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** A server on this machine that stands in for Kaggle. */
function serve(handler: Handler): AsyncDisposable & { url: string } {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  return {
    url: `http://127.0.0.1:${server.addr.port}/archive`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function zipFiles(changes: Record<string, string | undefined> = {}): Uint8Array<ArrayBuffer> {
  const files = Object.fromEntries(smallFiles());
  const entries = Object.entries({ ...files, ...changes })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>;
}

function zipResponse(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { "content-type": "application/zip" } });
}

Deno.test("placeRawData() downloads and unzips the dataset, and names both checksums", async () => {
  await using kaggle = serve(() => zipResponse(zipFiles({ "readme.txt": "hello" })));
  await using place = await makePlace();
  const { ws, effects, logged, root } = place;
  const source = await placeRawData(ws, { kaggleUrl: kaggle.url, effects });
  assert.deepEqual([source.kind, source.from], ["kaggle", kaggle.url]);
  const tree = await readTree(root);
  for (const [file, text] of smallFiles()) assert.equal(tree[`data/raw/test/${file}`], text);
  assert.equal(Object.keys(tree).length, 9 + 1 + 1, "the nine files, source.json, the seed");
  const log = logged.join("\n");
  assert.match(log, /SHA-256 is [0-9a-f]{64}, known is 967e41e04fc3/);
  assert.match(log, /readme\.txt is not one of the dataset's files/);
});

Deno.test("placeRawData() follows redirects", async () => {
  await using kaggle = serve((request) =>
    request.url.endsWith("/archive")
      ? new Response(null, { status: 302, headers: { location: "/store" } })
      : zipResponse(zipFiles())
  );
  await using place = await makePlace();
  const { ws, effects } = place;
  assert.equal((await placeRawData(ws, { kaggleUrl: kaggle.url, effects })).kind, "kaggle");
});

Deno.test("placeRawData() shows Kaggle an account that is set, and nobody else", async () => {
  const seen: (string | null)[] = [];
  const see = (request: Request) => seen.push(request.headers.get("authorization"));
  await using store = serve((request) => {
    see(request);
    return zipResponse(zipFiles());
  });
  const elsewhere = store.url.replace("127.0.0.1", "localhost");
  await using kaggle = serve((request) => {
    see(request);
    return new Response(null, { status: 302, headers: { location: elsewhere } });
  });
  const account: Record<string, string> = { KAGGLE_USERNAME: "ana", KAGGLE_KEY: "chave-ç" };
  for (const variables of [account, { KAGGLE_USERNAME: "ana" } as typeof account]) {
    await using place = await makePlace();
    const effects = { ...place.effects, env: (name: string) => variables[name] };
    await placeRawData(place.ws, { kaggleUrl: kaggle.url, effects });
    assert.doesNotMatch(place.logged.join("\n"), /ana|chave|Basic/);
  }
  assert.deepEqual(seen, ["Basic YW5hOmNoYXZlLcOn", null, null, null]);
});

/** Answers that are not the dataset, with the error they must end in. */
const FAULTS: [what: string, answer: Handler, message: RegExp][] = [
  [
    "HTML comes instead of a zip",
    () => new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } }),
    /sent a web page, must be the dataset's zip archive: download the dataset by hand/,
  ],
  [
    "HTML comes that calls itself a zip",
    () => new Response("<html>", { headers: { "content-type": "application/zip" } }),
    /sent something that is no zip/,
  ],
  ["nothing comes", () => new Response(new Uint8Array()), /sent nothing/],
  [
    "an entry leads out of the folder",
    () => zipResponse(zipFiles({ "../evil.csv": "x" })),
    /entry "\.\.\/evil\.csv" that leads out of its folder/,
  ],
  [
    "an entry is absolute",
    () => zipResponse(zipFiles({ "/etc/evil.csv": "x" })),
    /leads out of its folder/,
  ],
  [
    "an entry leads out on Windows",
    () => zipResponse(zipFiles({ "..\\evil.csv": "x" })),
    /leads out of its folder/,
  ],
  [
    "the archive lacks a file",
    () => zipResponse(zipFiles({ "olist_orders_dataset.csv": undefined })),
    /^Cannot take the raw data: olist_orders_dataset\.csv missing from /,
  ],
  [
    "a file in it breaks the contract",
    () => zipResponse(zipFiles({ "olist_orders_dataset.csv": "order_id\n1\n" })),
    /^Cannot read orders: columns "customer_id", /,
  ],
  [
    "the archive is cut",
    () => zipResponse(zipFiles().slice(0, 3_000)),
    /^Cannot (download|take)/,
  ],
];

for (const [what, answer, message] of FAULTS) {
  Deno.test(`placeRawData() throws and leaves nothing behind when ${what}`, async () => {
    await using kaggle = serve(answer);
    await using place = await makePlace();
    const { ws, effects, root } = place;
    await assert.rejects(placeRawData(ws, { kaggleUrl: kaggle.url, effects }), {
      name: "IngestError",
      kind: "data",
      message,
    });
    assert.deepEqual(await readTree(root), {});
  });
}

Deno.test("placeRawData() throws an environment error when the download breaks off", async () => {
  // Promises 1,000 bytes, sends ten and hangs up.
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const answered = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(1_000));
    const head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
    await connection.write(new TextEncoder().encode(`${head}PK34567890`));
  })();
  const kaggle = { url: `http://127.0.0.1:${listener.addr.port}/archive` };
  await using place = await makePlace();
  const { ws, effects, root } = place;
  await assert.rejects(placeRawData(ws, { kaggleUrl: kaggle.url, effects }), {
    kind: "environment",
    message: /broke after 10 bytes .*, must be whole: run again, or download .* --raw$/,
  });
  await answered;
  listener.close();
  assert.deepEqual(await readTree(root), {});
});

Deno.test("placeRawData() asks Kaggle anew for files of its own that are too old", async () => {
  let archive = zipFiles();
  let asked = 0;
  await using kaggle = serve(() => {
    asked++;
    return asked > 2 ? new Response("no", { status: 503 }) : zipResponse(archive);
  });
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const placeAt = (hours: number, env: Record<string, string> = {}) =>
    placeRawData(ws, {
      kaggleUrl: kaggle.url,
      effects: {
        ...effects,
        now: () => Temporal.Now.instant().add({ hours }),
        env: (name) => env[name],
      },
    });
  const first = await placeAt(0);
  const day = { FEIRA_MAX_AGE_SECONDS: "86400" };
  assert.deepEqual(await placeAt(1000), first, "without a limit it stays");
  assert.deepEqual(await placeAt(23, day), first);
  assert.equal(asked, 1);

  const [name, text] = [...smallFiles()].find(([name]) => name.includes("sellers"))!;
  const changed = text.replace(/\n.*\n?$/, "\n");
  archive = zipFiles({ [name]: changed });
  const second = await placeAt(25, day);
  assert.equal(asked, 2);
  assert.notDeepEqual(second, first);
  assert.equal(await Deno.readTextFile(`${ws.rawDir}/${name}`), changed);

  assert.deepEqual(await placeAt(50, day), second, "Kaggle fails: what is placed stays");
  assert.equal(asked, 3);
  assert.match(logged.at(-2)!, /Kaggle does not give the dataset: .*\. What is placed stays$/);
});

Deno.test("placeRawData() asks nobody anew for a market or for a folder's files", async () => {
  await using place = await makePlace();
  const { ws, effects } = place;
  const made = await placeRawData(ws, { syntheticOrders: 2, effects });
  const spec = { kaggleUrl: "http://127.0.0.1:9/", maxAgeSeconds: 0, effects };
  const later = { ...effects, now: () => Temporal.Now.instant().add({ hours: 1 }) };
  assert.deepEqual(await placeRawData(ws, { ...spec, effects: later }), made);
});

async function assertStandIn(
  kaggleUrl: string,
  { reason, ...spec }: { reason: RegExp; standInOrders?: number },
): Promise<void> {
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const source = await placeRawData(ws, { ...spec, kaggleUrl, connectMs: 300, effects });
  assert.deepEqual([source.kind, source.orders, source.seed], [
    "synthetic",
    spec.standInOrders ?? 20_000,
    42,
  ]);
  assert.match(logged[0]!, reason);
  assert.match(logged[0]!, /synthetic market stands in/);
  assert.equal(logged.at(-1), source.banner);
}

Deno.test("placeRawData() makes a market when the connection is refused", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  listener.close();
  await assertStandIn(`http://127.0.0.1:${port}/`, { reason: /cannot be reached \(.*refused/ });
});

Deno.test("placeRawData() makes a market when Kaggle does not answer in time", async () => {
  const silence = Promise.withResolvers<Response>();
  await using kaggle = serve(() => silence.promise);
  const reason = /cannot be reached \(no answer from http.* within 0\.3 seconds\)/;
  await assertStandIn(kaggle.url, { reason, standInOrders: 2 });
  silence.resolve(new Response());
});

Deno.test("placeRawData() makes a market when Kaggle refuses", async () => {
  await using kaggle = serve(() => new Response("no", { status: 403, statusText: "Forbidden" }));
  await assertStandIn(kaggle.url, { reason: /answered 403 Forbidden/, standInOrders: 2 });
});

Deno.test("placeRawData() passes on the signal's reason instead of making a market", async () => {
  const silence = Promise.withResolvers<Response>();
  await using kaggle = serve(() => silence.promise);
  await using place = await makePlace();
  const { ws, effects, root } = place;
  const signal = AbortSignal.timeout(50);
  await assert.rejects(placeRawData(ws, { kaggleUrl: kaggle.url, effects, signal }), {
    name: "TimeoutError",
  });
  silence.resolve(new Response());
  assert.deepEqual(await readTree(root), {});
});
