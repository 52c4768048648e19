import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { THEME } from "../../lib/plots/theme.ts";
import { build, type CellJson, code, display, FACTS, figure, TABLE } from "./_fixtures.ts";

async function documentWith(...outputs: CellJson[]) {
  const { page } = await build({ a: [code("", outputs)] });
  return parseHTML(await page("a")).document;
}

const tableOf = (rows: string[][], more: CellJson = {}) =>
  display(TABLE, {
    columns: rows[0]!.map((_, i) => ({ key: `c${i}`, label: `c${i}`, type: "text" })),
    rows,
    totalRows: rows.length,
    ...more,
  });

Deno.test("buildSite() takes a column of formatted numbers for numbers", async () => {
  const rows = [
    ["a", "0.6191", "1,234", "−12.5%", "01310", "2018-03", "–"],
    ["b", "33", "–", "5%", "20040", "2018-04", "–"],
  ];
  const document = await documentWith(tableOf(rows));
  const isNumber = [...document.querySelectorAll("th[scope=col]")].map((head) =>
    head.hasAttribute("data-number") && head.classList.contains("n")
  );
  assert.deepEqual(isNumber, [false, true, true, true, false, false, false]);
});

Deno.test("buildSite() says that a table has no rows", async () => {
  const columns = [{ key: "a", label: "A", type: "text" }];
  const document = await documentWith(display(TABLE, { columns, rows: [], totalRows: 0 }));
  assert.equal(document.querySelector("figcaption")!.textContent.trim(), "No rows.");
  assert.equal(document.querySelectorAll("tbody tr").length, 0, "none in its CSV either");
});

Deno.test("buildSite() leaves a missing value out of the CSV", async () => {
  const document = await documentWith(tableOf([["a", "–"], ["b", "2"]], { sort: [["a", null]] }));
  const cells = [...document.querySelectorAll("td")];
  assert.deepEqual(cells.map((cell) => cell.getAttribute("data-v")), ["", null]);
  assert.equal(cells[0]!.textContent, "–");
});

Deno.test("buildSite() folds away the query behind a figure and a table", async () => {
  const svg = `<svg viewBox="0 0 1 1"></svg>`;
  const sql = "select count(*) from a where b < 1";
  const document = await documentWith(figure(svg, { sql }), tableOf([["a"]], { sql }), figure(svg));
  const queries = [...document.querySelectorAll("details.sql")];
  assert.deepEqual(queries.map((query) => query.querySelector("code")!.textContent), [sql, sql]);
  assert.ok(queries.every((query) => !query.hasAttribute("open")));
  assert.equal(queries[0]!.querySelector(".hljs-keyword")!.textContent, "select");
});

Deno.test("buildSite() lets a drawing shrink until its smallest text has 11 px, and not below", async () => {
  const widths = async (svg: string, more: CellJson) => {
    const document = await documentWith(figure(svg, more));
    return /min-width:(\d+)px/.exec(
      document.querySelector(".plot > div")!.getAttribute("style")!,
    )![1];
  };
  const drawn = (size: number) =>
    `<svg font-size="13" viewBox="0 0 650 9"><text font-size="${size}">x</text></svg>`;
  assert.equal(await widths(drawn(13), { width: 650 }), "550");
  assert.equal(await widths(drawn(12), { width: 600 }), "550");
  assert.equal(await widths(drawn(9), { width: 650 }), "650", "never wider than it is");
  assert.equal(await widths(drawn(22), { width: 650, minWidth: 600 }), "600");
});

Deno.test("buildSite() gives rows of key figures equal length", async () => {
  const columnsOf = async (n: number) => {
    const facts = Array.from({ length: n }, (_, i) => ({ label: `l${i}`, value: `${i}` }));
    const document = await documentWith(display(FACTS, { facts }));
    return document.querySelector(".facts")!.getAttribute("style");
  };
  const columns = await Promise.all([1, 4, 5, 6, 7, 9, 11].map(columnsOf));
  assert.deepEqual(columns, [1, 4, 5, 3, 4, 5, 4].map((n) => `--columns:${n}`));
});

Deno.test("page.css knows the inks and the paper that drawings have", async () => {
  const css = await Deno.readTextFile(new URL("../../assets/report/page.css", import.meta.url));
  for (const color of [THEME.ink, THEME.quietInk, THEME.grid, THEME.paper]) {
    assert.ok(css.includes(`[fill="${color}"]`), color);
  }
});

Deno.test("buildSite() carries the script of an interactive figure where there is one", async () => {
  const svg = `<svg viewBox="0 0 1 1"><rect data-n="3" data-feira="x" width="1"/></svg>`;
  const data = { text: "</script><script>alert(1)</script>" };
  const withKind = (kind: string) => documentWith(figure(svg, { interaction: { kind, data } }));
  const document = await withKind("explorer");
  assert.equal(document.querySelector("figure")!.getAttribute("data-feira"), "explorer");
  const block = document.querySelector("script[type='application/json']")!.textContent!;
  assert.deepEqual(JSON.parse(block), data);
  assert.match(document.querySelector("body > script")!.textContent!, /feira\.enhance\("explorer"/);
  const rect = document.querySelector("svg rect")!;
  assert.equal(rect.getAttribute("data-n"), "3");
  assert.equal(
    rect.getAttribute("data-feira"),
    null,
    "which figures a script takes, the page says",
  );

  const plain = await withKind("unknown");
  assert.equal(plain.querySelectorAll("script[type], figure[data-feira]").length, 0);
  assert.doesNotMatch(plain.querySelector("body > script")!.textContent!, /"explorer"/);
});
