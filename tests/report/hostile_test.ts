import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { build, code, figure } from "./_fixtures.ts";
import { cellsWith, HOSTILE } from "./_hostile.ts";

const ELEMENTS = new Set(
  ("html head meta title style body a p strong span div aside nav ol ul li main header h1 h2 h3 details summary section " +
    "pre code figure figcaption table thead tbody tr th td dl dt dd small footer time img br em hr blockquote " +
    "svg g rect path text image use desc b i u s input sup sub " +
    "math semantics annotation mrow mi mo mn mtext mstyle mspace mfrac msub msup mpadded mphantom menclose")
    .split(" "),
);
const ATTRIBUTES = new Set(
  ("lang class id href rel role tabindex title alt src style name content charset http-equiv open scope datetime " +
    "aria-label aria-labelledby aria-hidden data-code data-sort data-filter data-number data-provenance data-v data-feira data-tip start encoding mathcolor mathbackground display xmlns viewBox width height d x y rx text-anchor")
    .split(" "),
);

/** Fails on anything in a page that could run, load or hide something. */
function assertHarmless(page: string): void {
  const { document } = parseHTML(page);
  const scripts = [...document.querySelectorAll("script:not([type])")];
  assert.equal(scripts.length, 2, "a page has two scripts, ours");
  const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const hashes = scripts.map((script) => hash(script.textContent!));
  assert.ok(policy.includes(`script-src ${hashes.join(" ")};`), "the policy has our scripts");
  const style = document.querySelector("style")!.textContent!;
  assert.ok(policy.includes(`style-src-elem ${hash(style)};`), "the policy has our style sheet");
  assert.match(policy, /^default-src 'none'; img-src data:;/);
  assert.equal(document.querySelectorAll("style").length, 1);
  assert.equal(document.querySelectorAll("meta[http-equiv]").length, 1);
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (scripts.includes(element)) continue;
    if (name === "script") {
      assert.equal(element.getAttribute("type"), "application/json");
      assert.doesNotMatch(element.textContent!, /</);
      JSON.parse(element.textContent!);
      continue;
    }
    assert.ok(ELEMENTS.has(name), `<${name}> in the page: ${element.outerHTML.slice(0, 200)}`);
    for (const { name: attribute, value } of element.attributes) {
      const where = `${attribute}="${value.slice(0, 120)}" of <${name}>`;
      assert.ok(ATTRIBUTES.has(attribute), where);
      if (attribute === "href") {
        assert.match(
          value,
          name === "a" ? /^(#|https?:|mailto:|[\w%.-]+$)/ : /^(#|data:image\/png)/,
          where,
        );
        if (/^https?:/.test(value)) {
          assert.equal(element.getAttribute("rel"), "noopener noreferrer");
        }
      }
      if (attribute === "src") assert.match(value, /^data:image\//, where);
      if (attribute === "style") {
        assert.doesNotMatch(value, /url|expression|position|@import/i, where);
      }
    }
  }
}

for (const [i, hostile] of HOSTILE.entries()) {
  Deno.test(`buildSite() lets nothing run when every text is hostile string ${i + 1}`, async () => {
    const site = {
      title: hostile,
      abstract: hostile,
      banner: hostile,
      run: {
        started: hostile,
        seconds: 1,
        source: hostile,
        warehouse: hostile,
        notebooks: [
          { name: "01_a", state: "failed" as const, seconds: 1, why: hostile },
          { name: hostile, state: "failed" as const, seconds: 1, why: hostile, title: hostile },
        ],
        tests: { passed: 1, warned: 1, failed: 1 },
        model: {
          preset: hostile,
          qe: 1,
          te: 1,
          silhouette: NaN,
          dbi: 1,
          k: 3,
          gate: "failed" as const,
        },
        segments: [{ id: 0, name: hostile, customers: 1, color: hostile }],
      },
      provenance: [{ label: hostile, value: hostile }],
      status: {
        notebooks: [
          { name: hostile, title: hostile, upstream: [], state: "stale" as const, why: hostile },
        ],
        runs: [{
          started: hostile,
          seconds: 1,
          end: "failed" as const,
          asked: hostile,
          error: hostile,
          notebooks: [{ name: hostile, state: "ran" as const, seconds: 1 }],
        }],
      },
    };
    const { page } = await build({ "01_a": cellsWith(hostile) }, site);
    assertHarmless(await page("01_a"));
    assertHarmless(await page("index"));
    assertHarmless(await page("status"));
  });
}

Deno.test("buildSite() keeps what is harmless in a drawing, its ids apart from the next one's", async () => {
  const svg =
    `<svg viewBox="0 0 2 1"><defs><clipPath id="c"><rect width="1" height="1"/></clipPath></defs>
<g clip-path="url(#c)"><use href="#c"/><image href="data:image/png;base64,AAAA" width="2" height="1" style="image-rendering: pixelated"/></g></svg>`;
  const { page } = await build({ a: [code("", [figure(svg), figure(svg)])] });
  const { document } = parseHTML(await page("a"));
  for (const n of [1, 2]) {
    const drawing = document.querySelector(`#figure-${n} svg`)!;
    assert.ok(drawing.querySelector(`clipPath#f${n}-c`));
    assert.equal(drawing.querySelector("g")!.getAttribute("clip-path"), `url(#f${n}-c)`);
    assert.equal(drawing.querySelector("use")!.getAttribute("href"), `#f${n}-c`);
    assert.equal(
      drawing.querySelector("image")!.getAttribute("href"),
      "data:image/png;base64,AAAA",
    );
    assert.equal(
      drawing.querySelector("image")!.getAttribute("style"),
      "image-rendering:pixelated",
    );
  }
});
