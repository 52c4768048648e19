import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { build, code, markdown } from "./_fixtures.ts";

async function proseOf(...sources: string[]) {
  const { page } = await build({ a: [markdown("# A"), ...sources.map((text) => markdown(text))] });
  const { document } = parseHTML(await page("a"));
  return { document, prose: [...document.querySelectorAll(".prose")] };
}

Deno.test("buildSite() makes MathML of what stands between dollars, and leaves money alone", async () => {
  const money = "R$ 5, R$100 and R$200, $5 to $9, a \\$b$, $ x $, US$1.";
  const { document, prose: [first, second] } = await proseOf(
    `A $x_1$, ($\\alpha$).\n\n${money}\n\n$$\n\\frac{a}{b}\n$$\n\n$$c$$`,
    "`$x$` $\\frac{$ and $$ open",
  );
  const sources = [...document.querySelectorAll("annotation")].map((tex) =>
    tex.textContent!.trim()
  );
  assert.deepEqual(sources, ["x_1", "\\alpha", "\\frac{a}{b}", "c"]);
  assert.equal(first!.querySelectorAll(".formula math[display=block]").length, 2);
  assert.ok(first!.textContent!.includes(money.replace("\\$", "$")));
  assert.equal(second!.querySelectorAll("math").length, 0);
  assert.equal(second!.querySelector(".bad-formula")!.textContent, "\\frac{");
  assert.equal(document.querySelectorAll("math [href], math [class], math [id]").length, 0);
});

Deno.test("buildSite() numbers footnotes through the page, each with a way there and back", async () => {
  const { document, prose } = await proseOf(
    "One[^a], again[^a].\n\n[^a]: First.",
    "No note.",
    "Two^[Second *note*.] and three[^a].\n\n[^a]: Third.",
  );
  const refs = [...document.querySelectorAll(".footnote-ref a")];
  assert.deepEqual(refs.map((ref) => ref.textContent), ["1", "1", "2", "3"]);
  for (const ref of document.querySelectorAll(".footnote-ref a, .footnote-backref")) {
    assert.ok(document.getElementById(ref.getAttribute("href")!.slice(1)), ref.outerHTML);
  }
  assert.match(document.getElementById("fn2")!.textContent!, /Second note\./);
  assert.deepEqual(prose.map((text) => text.querySelector("ol")?.getAttribute("start")), [
    "1",
    undefined,
    "2",
  ]);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("buildSite() gives a heading no id that a footnote or a figure has", async () => {
  const { document } = await proseOf("## fn1\n\n## fnref1\n\n## Figure 1\n\nA[^1]\n\n[^1]: note");
  const ids = [...document.querySelectorAll("h2[id]")].map(({ id }) => id);
  assert.deepEqual(ids, ["fn1-2", "fnref1-2", "figure-1-2"]);
});

Deno.test("buildSite() loads nothing of a formula's address", async () => {
  const { page } = await build({
    a: [code(""), markdown("$\\includegraphics{https://evil.example/x}$")],
  });
  const { document } = parseHTML(await page("a"));
  assert.equal(document.querySelectorAll(".prose img, mglyph").length, 0);
});
