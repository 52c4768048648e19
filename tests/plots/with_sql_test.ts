import assert from "node:assert/strict";
import { barFigure, DISPLAY, FIGURE_MIME, showTable, TABLE_MIME, withSql } from "feira/plots";
import { parseXml } from "./_svg.ts";

const figure = barFigure([{ state: "SP", orders: 3 }], { x: "state", y: "orders", title: "t" });
const HOSTILE = `select '</code></details><script>alert(1)</script>' as "a&b"`;

Deno.test("withSql() folds the query away under a figure and a table, as text", () => {
  for (
    const [shown, mime] of [[figure, FIGURE_MIME], [showTable([{ n: 1 }]), TABLE_MIME]] as const
  ) {
    const { sql, [DISPLAY]: display } = withSql(shown, HOSTILE);
    assert.equal(sql, HOSTILE);
    const bundle = display();
    assert.equal((bundle[mime] as { sql: string }).sql, HOSTILE);
    const names = parseXml(bundle["text/html"] as string).map(({ name }) => name);
    assert.ok(names.includes("details") && names.includes("summary"));
    assert.ok(!names.includes("script"));
  }
});

Deno.test("withSql() keeps all else, and the figure it was given", () => {
  const { sql: _, [DISPLAY]: __, ...rest } = withSql(figure, "select 1");
  const { [DISPLAY]: ___, ...before } = figure;
  assert.deepEqual(rest, before);
  assert.ok(!("sql" in figure));
});

Deno.test("withSql() takes off the indent that a literal's lines share, and no more", () => {
  const indented = `
    select month,
        revenue
    from months
  `;
  assert.equal(withSql(figure, indented).sql, "select month,\n    revenue\nfrom months");
  assert.equal(withSql(figure, "select 1\n      from a\n        b").sql, "select 1\nfrom a\n  b");
});

Deno.test("withSql() refuses a query of nothing but space", () => {
  for (const sql of ["", " \n\t"]) assert.throws(() => withSql(figure, sql), RangeError);
});
