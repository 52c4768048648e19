import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { buildSite, ReportError } from "feira/report";
import {
  build,
  code,
  display,
  failure,
  figure,
  markdown,
  raw,
  SITE,
  stream,
  table,
} from "./_fixtures.ts";

const BANNER = "Synthetic data: 200 made-up orders";

const documentOf = (page: string) => parseHTML(page).document;

Deno.test("buildSite() says the banner on every page, for the screen and for paper", async () => {
  const { page } = await build({ a: [markdown("# A")], b: [] }, { banner: BANNER });
  for (const name of ["a", "b", "index"]) {
    const text = await page(name);
    assert.equal(documentOf(text).querySelector("section.banner")!.textContent, `▲ ${BANNER}`);
    assert.match(text, /@top-center\{content:"Synthetic data: 200 made-up orders"/);
  }
  const { page: without } = await build({ a: [] });
  assert.doesNotMatch(await without("a"), /role="note"|@top-center/);
});

Deno.test("buildSite() lists headings whose anchors are there, once each", async () => {
  const cells = [
    markdown(
      "# T\n\nAbstract.\n\n## One\n\n### Two & <three>\n\n## One\n\n## Figure 1\n\n## Content",
    ),
  ];
  const { page } = await build({ a: [...cells, code("", [figure("<svg></svg>")])] });
  const document = documentOf(await page("a"));
  const links = [...document.querySelectorAll(".contents a")];
  assert.deepEqual(links.map((link) => link.textContent), [
    "One",
    "Two & <three>",
    "One",
    "Figure 1",
    "Content",
  ]);
  for (const link of document.querySelectorAll("a[href^='#']")) {
    const id = link.getAttribute("href")!.slice(1);
    assert.equal(document.querySelectorAll(`[id="${id}"]`).length, 1, `one #${id}`);
  }
});

Deno.test("buildSite() honours tags and the audience of a notebook", async () => {
  const cells = [
    raw("---\ntitle: From the front matter\naudience: stakeholder\n---"),
    markdown("# From the heading\n\nWhat it is."),
    code("shown()", [stream("out")]),
    code("closed()", [stream("out")], ["hide-input"]),
    code("folded()", [stream("in a fold")], ["hide-output"]),
    code("no_output()", [stream("not-there"), failure("E", "stays")], ["remove-output"]),
    code("no_input()", [stream("kept")], ["remove-input"]),
    code("not_there()", [stream("not-there")], ["remove-cell"]),
  ];
  const { page } = await build({ a: cells, b: [code("x"), code("y", [], ["hide-input"])] });
  const text = await page("a");
  const document = documentOf(text);
  assert.equal(document.documentElement.getAttribute("data-code"), "hidden");
  assert.equal(documentOf(await page("b")).documentElement.getAttribute("data-code"), "shown");
  assert.equal(document.querySelector("h1")!.textContent, "From the front matter");
  assert.equal(document.querySelector(".abstract")!.textContent, "What it is.");
  assert.doesNotMatch(text, /not_there|not-there|no_input/);
  const inputs = [...document.querySelectorAll("details.code")];
  const areOpen = (inputs: Iterable<Element>) => [...inputs].map((one) => one.hasAttribute("open"));
  assert.deepEqual(areOpen(inputs), [false, false, false, false]);
  assert.deepEqual(areOpen(documentOf(await page("b")).querySelectorAll("details.code")), [
    true,
    false,
  ]);
  assert.equal(document.querySelector(".hidden-output pre")!.textContent, "in a fold");
  assert.match(text, /E: stays/);
});

Deno.test("buildSite() shows a failed notebook's error with its cell and section", async () => {
  const cells = [
    markdown("# A\n\n## The elbow"),
    code("const k = 9;", [], ["parameters"]),
    code("const k = 9;", [], ["injected-parameters"]),
    code("f()", [
      failure("RangeError", "k is 9", ["Cannot run a: RangeError: k is 9", "\x1b[31mat f\x1b[0m"]),
    ]),
    code("g()", [failure("DbtError", "Cannot build: no table", ["Cannot build: no table"])]),
  ];
  const notebooks = [{ name: "a", state: "failed" as const, seconds: 2, why: "k is 9 at cell 2" }];
  const { page } = await build({ a: cells }, { run: { ...SITE.run, notebooks } });
  const document = documentOf(await page("a"));
  assert.equal(document.querySelector(".error-title")!.textContent, "Cell 2, “The elbow” failed");
  const [message, trace, own, ...more] = document.querySelectorAll(".error pre");
  assert.equal(message!.textContent, "RangeError: k is 9");
  assert.equal(trace!.innerHTML, `<span class="ansi-red-fg">at f</span>`);
  assert.equal(own!.textContent, "Cannot build: no table");
  assert.deepEqual(more, []);
  assert.match(document.querySelector("#failed")!.textContent!, /k is 9 at cell 2/);
  assert.match(
    documentOf(await page("index")).querySelector(".state.failed")!.textContent!,
    /failed, 2.0 s/,
  );
});

Deno.test("buildSite() shows what tells of the run in the footer, and nowhere else", async () => {
  const cells = [
    code("f()", [stream("the same\n"), table(2)]),
    code("took()", [stream("1.2 s\n"), table(1)], ["hide-input", "provenance"]),
    markdown("## Afterwards"),
  ];
  const { page } = await build({ a: cells });
  const document = documentOf(await page("a"));
  const [main, footer] = [document.querySelector("main")!, document.querySelector("footer")!];
  assert.match(main.textContent!, /the same/);
  assert.doesNotMatch(main.textContent!, /1\.2 s|took/);
  assert.match(footer.textContent!, /1\.2 s/);
  assert.match(footer.textContent!, /Table 2/);
});

Deno.test("buildSite() folds long output after 40 lines and keeps what a carriage return left", async () => {
  const lines = (n: number) =>
    Array.from({ length: n }, (_, i) => `line ${i + 1}`).join("\n") + "\n";
  const { page } = await build({
    a: [code("", [stream(lines(40))]), code("", [stream(lines(41) + "1%\r99%\n")])],
  });
  const [short, long] = documentOf(await page("a")).querySelectorAll(".cell");
  assert.equal(short!.querySelector("details"), null);
  assert.equal(long!.querySelector("summary")!.textContent, "18 more lines");
  assert.match(long!.querySelector("details pre")!.textContent!, /line 41\n99%$/);
});

Deno.test("buildSite() takes the best media type it can read, and the next where it is malformed", async () => {
  const bundle = (data: Record<string, unknown>) =>
    code("", [{ output_type: "display_data", metadata: {}, data }]);
  const { page } = await build({
    a: [
      bundle({ "text/plain": "no", "text/html": "<p>no</p>", "image/png": "AAAA" }),
      bundle({ "text/plain": "no", "image/png": "not base64!", "text/html": "<p>yes</p>" }),
      bundle({ "application/vnd.unknown": {}, "text/plain": ["pla", "in"] }),
    ],
  });
  const [png, fallback, plain] = documentOf(await page("a")).querySelectorAll(".output");
  assert.equal(png!.querySelector("img")!.getAttribute("src"), "data:image/png;base64,AAAA");
  assert.equal(fallback!.querySelector("p")!.textContent, "yes");
  assert.equal(plain!.textContent, "plain");
});

Deno.test("buildSite() makes accessible tables and figures, numbered through the page", async () => {
  const { page } = await build({
    a: [code("", [figure("<svg></svg>"), table(3)]), code("", [table(13), figure("<svg></svg>")])],
  });
  const document = documentOf(await page("a"));
  assert.deepEqual([...document.querySelectorAll("figure")].map(({ id }) => id), [
    "figure-1",
    "table-1",
    "table-2",
    "figure-2",
  ]);
  assert.equal(
    document.querySelector("#figure-2 [role=img]")!.getAttribute("aria-label"),
    "A line",
  );
  const [small, large] = document.querySelectorAll("figure.table table");
  assert.deepEqual([small!.hasAttribute("data-sort"), large!.hasAttribute("data-filter")], [
    false,
    true,
  ]);
  assert.equal(large!.querySelectorAll("th[scope=row]").length, 13);
  assert.equal(large!.querySelector("td")!.getAttribute("class"), "n");
  assert.equal(large!.querySelector("td")!.getAttribute("data-v"), "0.25");
  for (const region of document.querySelectorAll("[role=region]")) {
    assert.equal(region.getAttribute("tabindex"), "0");
    const label = region.getAttribute("aria-labelledby");
    assert.ok(region.getAttribute("aria-label") || document.getElementById(label!));
  }
});

Deno.test("buildSite() tells run, model, segments and neighbours", async () => {
  const run = {
    ...SITE.run,
    notebooks: [{ name: "01_a", state: "ran" as const, seconds: 61, why: "first run" }],
    tests: { passed: 12, warned: 1, failed: 0 },
    model: {
      preset: "tuned",
      qe: 0.2,
      te: 0.1,
      silhouette: 0.7,
      dbi: 0.6,
      k: 3,
      gate: "failed" as const,
    },
    segments: [{ id: 0, name: "Loyal", customers: 3 }, { id: 1, name: "New", customers: 1 }],
  };
  const provenance = [{ label: "Commit", value: "abc1234" }];
  const { page } = await build({ "01_a": [markdown("# First\n\nIt begins.")], "02_b": [] }, {
    run,
    provenance,
  });
  const index = documentOf(await page("index"));
  const text = index.body.textContent!.replace(/\s+/g, " ");
  for (
    const part of [
      "31 January 2026, 12:05 UTC, in 1 min 5 s",
      "Loyal3 75.0%",
      "The gate failed",
      "12 passed, 1 warned, none failed",
      "abc1234",
      "It begins.",
    ]
  ) {
    assert.ok(text.includes(part), part);
  }
  assert.deepEqual([...index.querySelectorAll(".state")].map((p) => p.textContent), [
    "executed, 1 min 1 s",
    "from an earlier run",
  ]);
  assert.equal(
    documentOf(await page("01_a")).querySelector("[rel=next]")!.getAttribute("href"),
    "02_b.html",
  );
  assert.match(await page("01_a"), /executed in 1 min 1 s \(first run\)/);
});

Deno.test("buildSite() leads to documents that lie beside the index", async () => {
  const documents = [{ file: "dbt docs.html", title: "Tables & keys", about: "every table" }];
  const { page } = await build({ "01_a": [] }, { documents });
  const link = documentOf(await page("index")).querySelector("#documents ~ p a")!;
  assert.equal(link.getAttribute("href"), "dbt%20docs.html");
  assert.equal(link.textContent, "Tables & keys");
});

Deno.test("buildSite() names the file when an executed notebook is missing or not one", async () => {
  const notebooks = [{ name: "07_x", state: "ran" as const, seconds: 1 }];
  const cases: [string, () => Promise<unknown>, RegExp][] = [
    [
      "missing",
      () => build({}, { run: { ...SITE.run, notebooks } }),
      /07_x\.ipynb, must be its executed copy/,
    ],
    ["no JSON", () => build({ a: "{" }), /a\.ipynb, must be JSON/],
    ["nbformat 3", () => build({ a: `{"nbformat": 3}` }), /found nbformat 3 in .*a\.ipynb/],
    ["no cells", () => build({ a: `{"nbformat": 4}` }), /found no list of cells in .*a\.ipynb/],
    [
      "cell type",
      () => build({ a: [{ cell_type: "heading" }] }),
      /found cell type "heading" at cell 1 in .*a\.ipynb/,
    ],
    [
      "source",
      () => build({ a: [{ cell_type: "code", source: 1 }] }),
      /found no source at cell 1 in .*a\.ipynb/,
    ],
    [
      "front matter",
      () => build({ a: [raw("---\na: [\n---")] }),
      /at cell 1 in .*a\.ipynb, must be YAML front matter/,
    ],
  ];
  for (const [name, work, message] of cases) {
    await assert.rejects(work(), (error) => {
      assert.ok(error instanceof ReportError, name);
      assert.match(error.message, message);
      assert.match(error.file, /\.ipynb$/);
      return true;
    });
  }
});

Deno.test("buildSite() leaves the earlier site as it was when a notebook is broken", async () => {
  const { dir, outDir, page } = await build({ a: [markdown("# Old")] });
  const before = await page("a");
  await Deno.writeTextFile(
    `${dir}/a.ipynb`,
    (await Deno.readTextFile(`${dir}/a.ipynb`)).replace("Old", "New"),
  );
  await Deno.writeTextFile(`${dir}/b.ipynb`, "{");
  await assert.rejects(buildSite({ executedDir: dir, outDir, site: SITE }), ReportError);
  assert.equal(await page("a"), before);
});

Deno.test("buildSite() gives the same bytes when it is built again, under 60 KB without figures", async () => {
  const cells = [
    markdown("# A\n\nB.\n\n## C"),
    code("const a = 1;", [table(20), stream("x\n".repeat(60)), display("text/html", "<b>x</b>")]),
  ];
  const first = await build({ a: cells }, { banner: BANNER });
  const second = await build({ a: cells }, { banner: BANNER });
  assert.equal(await first.page("a"), await second.page("a"));
  assert.equal(await first.page("index"), await second.page("index"));
  assert.ok(first.bytes.a! < 60_000, `${first.bytes.a} bytes`);
  const names = [...Deno.readDirSync(first.outDir)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["a.html", "index.html"], "nothing is left beside the pages");
});

Deno.test("buildSite() turns a link to a notebook into one to its page, other hosts' pictures into their text", async () => {
  const source =
    "[next](02_b.ipynb#here) [out](https://x.example) ![a chart](https://x.example/c.png) ![own](attachment:p.png)";
  const attachments = { "p.png": { "image/png": "AAAA" } };
  const { page } = await build({ a: [markdown("x"), markdown(source, { attachments })] });
  const document = documentOf(await page("a"));
  const prose = document.querySelectorAll(".prose")[1]!;
  assert.deepEqual([...prose.querySelectorAll("a")].map((a) => a.getAttribute("href")), [
    "02_b.html#here",
    "https://x.example",
  ]);
  assert.deepEqual([...prose.querySelectorAll("img")].map((img) => img.getAttribute("alt")), [
    "own",
  ]);
  assert.match(prose.textContent!, /\[a chart\]/);
});
