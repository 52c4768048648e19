import assert from "node:assert/strict";
import { lineageDiagram, martDiagram, type SchemaManifest, starSchema } from "feira/dbt";

const NODE = { description: "", columns: {}, fqn: [] as string[] };

function column(name: string, ...types: string[]) {
  return { [name]: { name, constraints: types.map((type) => ({ type })) } };
}

function relationship(model: string, from: string, [to, field]: [string, string]) {
  return {
    ...NODE,
    unique_id: `test.${model}.${from}`,
    name: `relationships_${from}`,
    resource_type: "test",
    attached_node: model,
    depends_on: { nodes: [to, model] },
    test_metadata: { name: "relationships", kwargs: { column_name: from, to, field } },
  };
}

/** Orders with items; an item has a product or none; states are a seed. */
const nodes = [
  {
    ...NODE,
    unique_id: "model.stg_items",
    name: "stg_items",
    resource_type: "model",
    fqn: ["feira", "staging", "stg_items"],
    depends_on: { nodes: ["source.items"] },
  },
  {
    ...NODE,
    unique_id: "model.fact_sales",
    name: "fact_sales",
    resource_type: "model",
    fqn: ["feira", "marts", "sales", "fact_sales"],
    description: "One row per item of an order (order_id, item). More is\nsaid here.",
    columns: {
      ...column("item", "not_null"),
      ...column("order_id", "not_null"),
      ...column("product_id"),
      ...column("state", "not_null"),
      ...column("price"),
    },
    constraints: [{ type: "primary_key", columns: ["order_id", "item"] }],
    depends_on: { nodes: ["model.stg_items"] },
  },
  {
    ...NODE,
    unique_id: "model.dim_product",
    name: "dim_product",
    resource_type: "model",
    fqn: ["feira", "marts", "core", "dim_product"],
    description: "One row per product.",
    columns: { ...column("product_id", "not_null", "primary_key"), ...column("weight") },
  },
  {
    ...NODE,
    unique_id: "seed.states",
    name: "states",
    resource_type: "seed",
    fqn: ["feira", "states"],
    columns: column("state"),
  },
  relationship("model.fact_sales", "product_id", ["model.dim_product", "product_id"]),
  relationship("model.fact_sales", "state", ["seed.states", "state"]),
  relationship("model.stg_items", "product_id", ["model.dim_product", "product_id"]),
];
const MANIFEST: SchemaManifest = {
  nodes: Object.fromEntries(nodes.map((node) => [node.unique_id, node])),
  sources: {
    "source.items": { ...NODE, unique_id: "source.items", name: "items", resource_type: "source" },
  },
};

Deno.test("starSchema() reads keys from constraints and relationships of the marts", () => {
  const [product, sales, states] = starSchema(MANIFEST);
  assert.deepEqual(sales, {
    name: "fact_sales",
    mart: "sales",
    grain: "One row per item of an order (order_id, item)",
    keys: [
      { name: "item", isPrimary: true, isNullable: false },
      { name: "order_id", isPrimary: true, isNullable: false },
      {
        name: "product_id",
        isPrimary: false,
        isNullable: true,
        target: "dim_product",
        targetColumn: "product_id",
      },
      {
        name: "state",
        isPrimary: false,
        isNullable: false,
        target: "states",
        targetColumn: "state",
      },
    ],
    countColumns: 5,
  });
  assert.equal(product!.mart, "core");
  assert.deepEqual([states!.mart, states!.keys], ["seeds", []]);
});

Deno.test("martDiagram() draws the mart's tables, their targets, and each end of a line", () => {
  const svg = martDiagram("sales", starSchema(MANIFEST));
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]);
  assert.deepEqual(texts.slice(0, 2), [
    "fact_sales",
    "One row per item of an order (order_id, item)",
  ]);
  for (const name of ["dim_product", "states", "and 1 other columns"]) {
    assert.ok(texts.includes(name), name);
  }
  assert.ok(!texts.includes("weight"));
  assert.equal(svg.match(/<path class="line c[01]/g)?.length, 2);
  // One for the product that may be missing, one in the legend.
  assert.equal(svg.match(/<circle/g)?.length, 2);
  assert.match(svg, /fact_sales.product_id refers to dim_product/);
  assert.equal(svg, martDiagram("sales", starSchema(MANIFEST)));
});

Deno.test("lineageDiagram() leads from files to what becomes of a model", () => {
  const svg = lineageDiagram(MANIFEST, {
    files: { items: "items<1>.csv" },
    model: "fact_sales",
    steps: [["map"], ["segments"]],
  });
  for (
    const step of [
      "items&#60;1&#62;.csv goes into stg_items",
      "stg_items goes into fact_sales",
      "fact_sales goes into map",
      "map goes into segments",
    ]
  ) assert.ok(svg.includes(step), step);
  assert.throws(() => lineageDiagram(MANIFEST, { files: {}, model: "none", steps: [] }), TypeError);
});

Deno.test("the diagrams in assets/ have no text that leaves its box, and no boxes that overlap", async () => {
  const folder = new URL("../../assets/marts/", import.meta.url);
  let count = 0;
  for await (const { name } of Deno.readDir(folder)) {
    const svg = await Deno.readTextFile(new URL(name, folder));
    const number = (tag: string, key: string) =>
      Number(new RegExp(` ${key}="([\\d.-]+)"`).exec(tag)![1]);
    const boxes = [...svg.matchAll(/<rect class="(?:box|guest)"[^>]*>/g)].map(([tag]) => ({
      left: number(tag, "x"),
      right: number(tag, "x") + number(tag, "width"),
      top: number(tag, "y"),
      bottom: number(tag, "y") + number(tag, "height"),
    }));
    for (const [, tag, text] of svg.matchAll(/(<text [^>]*>)([^<]*)</g)) {
      const [x, y] = [number(tag!, "x"), number(tag!, "y")];
      const width = text!.replace(/&#\d+;/g, "x").length * 0.602 * number(tag!, "font-size");
      const [left, right] = tag!.includes(`"end"`) ? [x - width, x] : [x, x + width];
      assert.ok(left >= 0 && right <= 900, `${name}: ${text}`);
      const box = boxes.find((box) =>
        box.top < y && y < box.bottom && box.left <= x && x <= box.right
      );
      if (box) assert.ok(box.left < left && right < box.right, `${name}: ${text}`);
    }
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        // A head lies in its box: it begins where the box begins.
        if (a.left === b.left && a.top === b.top) continue;
        const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
        assert.ok(apart, `${name}: boxes ${i}`);
      }
    }
    count++;
  }
  assert.equal(count, 6);
});
