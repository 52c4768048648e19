import { portraitFigure, showProse, spreadsFigure } from "feira/plots";
import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { parseXml } from "./_svg.ts";

const some = { p5: 1, q25: 2, median: 3, q75: 5, p95: 9 };
const none = { p5: NaN, q25: NaN, median: NaN, q75: NaN, p95: NaN };
const spread = { label: "Orders", unit: "orders", own: some, others: none };
const portrait = { name: "few", color: "#0072b2", spreads: [spread], lists: [] };
const share = {
  name: "toys",
  share: 0.2,
  low: 0.1,
  high: 0.3,
  everyoneShare: 0.1,
  isDistinct: true,
};
const title = "t";

Deno.test("portraitFigure() refuses no spreads, four lists, and a share that is no number", () => {
  const list = { label: "Bought", shares: [share] };
  assert.throws(
    () => portraitFigure({ ...portrait, spreads: [] }, { title }),
    /^RangeError: Cannot draw a portrait: spreads is empty/,
  );
  assert.throws(
    () => portraitFigure({ ...portrait, lists: [list, list, list, list] }, { title }),
    /^RangeError: Cannot draw a portrait: found 4 lists, must be 3 at most$/,
  );
  for (const key of ["share", "low", "high", "everyoneShare"]) {
    const lists = [{ label: "Bought", shares: [{ ...share, [key]: NaN }] }];
    assert.throws(
      () => portraitFigure({ ...portrait, lists }, { title }),
      new RegExp(`${key} of toys is NaN`),
    );
  }
});

Deno.test("spreadsFigure() refuses nothing to draw and a spread that is missing", () => {
  const features = [{ label: "Orders", unit: "orders" }];
  const group = { name: "few", color: "#0072b2", spreads: [some] };
  assert.throws(() => spreadsFigure([], [group], { title }), /features is empty/);
  assert.throws(() => spreadsFigure(features, [], { title }), /groups is empty/);
  assert.throws(
    () => spreadsFigure(features, [{ ...group, spreads: [] }], { title }),
    /^RangeError: Cannot draw spreads: few has 0 spreads, must have 1$/,
  );
});

Deno.test("both figures draw whom nobody has a value of, and one value of all", () => {
  const same = { p5: 1, q25: 1, median: 1, q75: 1, p95: 1 };
  for (const own of [none, same, { ...same, p5: 0 }, { ...some, p95: 1e7 }]) {
    for (const log of [false, true]) {
      const figures = [
        portraitFigure({ ...portrait, spreads: [{ ...spread, own, log }] }, { title }),
        spreadsFigure([{ ...spread, log }], [{ ...portrait, spreads: [own] }], { title }),
      ];
      for (const { svg } of figures) {
        assert.ok(parseXml(svg).length > 5);
        assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
      }
    }
  }
});

Deno.test("both figures take any text as text", () => {
  const name = `<script>"'&]]> 😀 ação`;
  const list = { label: name, shares: [{ ...share, name }] };
  const figures = [
    portraitFigure({
      ...portrait,
      name,
      spreads: [{ ...spread, label: name, unit: name }],
      lists: [list],
    }, { title }),
    spreadsFigure([{ label: name, unit: name }], [{ ...portrait, name, spreads: [some] }], {
      title,
    }),
  ];
  for (const { svg } of figures) {
    assert.ok(!parseXml(svg).some((element) => element.name === "script"));
  }
});

function markdownOf(prose: ReturnType<typeof showProse>): string {
  const display = (prose as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  return display["text/markdown"]!;
}

Deno.test("showProse() sets every text as it is, whatever Markdown would make of it", () => {
  const texts = [
    "*a* _b_ `c` [d](https://e.f) <b>g</b> # h | i ~j~ $k$ &amp; \\",
    "- no list",
    "1. no list",
    "2) no list",
    "+ no list",
    "# no heading",
    "> no quote",
    "12.3% of all (7,688)",
  ];
  const markdown = new MarkdownIt({ html: false });
  for (const text of texts) {
    const tokens = markdown.parse(markdownOf(showProse([text])), {});
    assert.deepEqual(tokens.map(({ type }) => type), [
      "paragraph_open",
      "inline",
      "paragraph_close",
    ]);
    const inline = tokens[1]!.children!.map(({ content }) => content).join("");
    assert.equal(inline, text);
  }
});

Deno.test("showProse() has a heading of its level, leaves out what is empty, and refuses other levels", () => {
  const prose = showProse(["", " one\ntwo "], { heading: "Who? #1", level: 2 });
  assert.equal(markdownOf(prose), "## Who? \\#1\n\none two");
  assert.deepEqual(prose.paragraphs, ["one\ntwo"]);
  for (const level of [0, 1, 5, 2.5, NaN]) {
    assert.throws(() => showProse([], { level }), /^RangeError: Cannot show prose: level is/);
  }
});
