import {
  type CellJson,
  code,
  display,
  FACTS,
  failure,
  FIGURE,
  figure,
  markdown,
  NOTE,
  raw,
  stream,
  TABLE,
} from "./_fixtures.ts";

/** Texts that run something where a page takes them for markup. */
export const HOSTILE = [
  `<script>alert(1)</script>`,
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `<svg/onload=alert(1)>`,
  `<iframe srcdoc="<script>alert(1)</script>">`,
  `<a href="javascript:alert(1)">x</a>`,
  `<a href="java\tscript:alert(1)">x</a>`,
  `[x](javascript:alert(1)) [y](<java\tscript:alert(1)>) ![z](https://evil.example/z.png)`,
  `[d](data:text/html;base64,PHNjcmlwdD4=) ![p](//evil.example/p.png) <https://ok.example>`,
  `<style>body{display:none}@import "https://evil.example/a.css"</style>`,
  `<div style="background:url(https://evil.example/x);position:fixed;width:expression(alert(1))">x</div>`,
  `<link rel=stylesheet href=https://evil.example/x.css><base href=https://evil.example/>`,
  `<meta http-equiv=refresh content="0;url=https://evil.example/">`,
  `<form action=https://evil.example/><input name=q><button>go</button></form>`,
  `<object data=x></object><embed src=x><video src=https://evil.example/v></video>`,
  `<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  `\x1b[31m<img src=x onerror=alert(1)>\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07`,
  `--><script>alert(1)</script><!--`,
  "$\\href{javascript:alert(1)}{x}\\htmlData{x=1}{y}$ $\\text{<script>alert(1)</script>}$\n\n$$\n\\includegraphics{https://evil.example/x.png}\n$$",
  "a[^1] b^[<img src=x onerror=alert(1)>]\n\n[^1]: [x](javascript:alert(1))",
  "```ts\n</code></pre><script>alert(1)</script>\n```",
];

const HOSTILE_SVG = (hostile: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)">
<script>alert(1)</script><style>*{fill:url(https://evil.example/)}</style>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>
<a href="javascript:alert(1)"><text>x</text></a>
<image href="https://evil.example/x.png" width="1" height="1"/>
<image href="data:image/svg+xml;base64,PHN2Zz4=" /><image xlink:href="javascript:alert(1)"/>
<use href="https://evil.example/#a"/><use href="data:image/svg+xml,x"/>
<animate attributeName="href" to="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>
<rect fill="url(https://evil.example/#p)" style="fill:url(//evil.example/p);position:fixed" onclick="alert(1)" width="9"/>
<title>${hostile}</title><desc>${hostile}</desc><text>${hostile}</text></svg>`;

/** Every kind of cell and output with the hostile text in every place that takes text. */
export function cellsWith(hostile: string): CellJson[] {
  return [
    raw(`---\ntitle: ${JSON.stringify(hostile)}\n---`),
    markdown(`# ${hostile}\n\n${hostile}\n\n## ${hostile}\n\n### Plain\n\n${hostile}\n`, {
      attachments: { [hostile]: { [hostile]: hostile, "image/png": hostile } },
    }),
    code(hostile, [
      stream(hostile),
      stream(hostile.repeat(3) + "\n".repeat(50) + hostile, "stderr"),
      failure(hostile, hostile, [hostile]),
      figure(HOSTILE_SVG(hostile), { title: hostile, caption: hostile, alt: hostile }),
      figure(hostile),
      figure(`<svg viewBox="0 0 9 9" data-feira="explorer"><rect data-tip="${hostile}"/></svg>`, {
        interaction: { kind: "explorer", data: { [hostile]: hostile } },
        sql: hostile,
      }),
      figure("<svg></svg>", { interaction: { kind: hostile, data: hostile } }),
      display(FIGURE, { svg: { toString: hostile }, width: hostile, minWidth: hostile }),
      display(TABLE, {
        title: hostile,
        caption: hostile,
        columns: [
          { key: hostile, label: hostile, type: "text", align: hostile },
          { key: "n", label: hostile, type: "number" },
        ],
        rows: Array.from({ length: 15 }, () => [hostile, hostile]),
        sort: [[hostile, 1], [hostile, hostile]],
        totalRows: hostile,
        sql: hostile,
      }),
      display(NOTE, { kind: hostile, title: hostile, text: hostile }),
      display(FACTS, {
        title: hostile,
        facts: [{ label: hostile, value: hostile, note: hostile }],
      }),
      ...["text/html", "text/markdown", "text/plain", "image/png", "image/svg+xml"]
        .map((type) => display(type, hostile)),
      display("image/svg+xml", HOSTILE_SVG(hostile)),
      display("application/json", { [hostile]: hostile }),
    ], [hostile]),
    code(hostile, [], ["injected-parameters"]),
  ];
}
