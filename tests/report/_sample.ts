import { code, display, FACTS, figure, markdown, NOTE, stream, table } from "./_fixtures.ts";
import type { CellJson } from "./_fixtures.ts";

const DRAWING =
  `<svg viewBox="0 0 640 300" width="640" height="300" fill="#1b1e23" font-size="13" role="img" aria-labelledby="t">
<title id="t">The whole</title><rect width="640" height="300" fill="#ffffff"/>
<g><rect id="mark" x="40" y="40" width="120" height="200" fill="#0072b2"><title>São Paulo: 41,746 orders</title></rect></g>
<text x="40" y="280">SP</text></svg>`;

/** A notebook with one of everything that a page knows. */
export const SAMPLE: CellJson[] = [
  markdown(
    "# Page\n\nAbstract.\n\n## One\n\nA mean $\\bar d$ of the distances[^1].\n\n[^1]: Euclidean.\n\n" +
      "$$\n\\bar d = \\frac{1}{n} \\sum_i d_i\n$$\n\n### Part\n\n> quoted\n\n- a list\n\n" +
      "| a | b |\n|---|---|\n| 1 | 2 |\n",
  ),
  code("const x: number = 1; // one", [
    table(30),
    figure(DRAWING, { width: 640, height: 300, minWidth: 480, sql: "select 1 as one" }),
  ]),
  markdown("## Two\n\n" + "A paragraph.\n\n".repeat(40)),
  code("folded()", [stream("a line\n")], ["hide-input"]),
  code("await show()", [
    display(NOTE, { kind: "warning", title: "Mind", text: "A note." }),
    display(FACTS, { facts: [{ label: "orders", value: "8,135", note: "of all" }] }),
  ]),
  markdown("## Three\n\nThe end."),
];
