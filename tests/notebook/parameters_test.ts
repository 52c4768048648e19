import assert from "node:assert/strict";
import fc from "fast-check";
import { type Parameter, parseParameters, resolveParameters } from "feira/notebook";

const one = (line: string): Parameter => parseParameters(line)[0]!;

Deno.test("parseParameters() reads names, types, defaults and descriptions", () => {
  const source = `// how it is trained
const preset: "guide" | 'tuned' = "tuned"; // which settings

const k: number = 1_000;
const sigma = -1.5e-3
let raw: string = 'it\\'s "here"';
const quick: boolean = false;`;
  assert.deepEqual(parseParameters(source), [
    {
      name: "preset",
      type: "string",
      choices: ["guide", "tuned"],
      default: "tuned",
      description: "which settings",
    },
    { name: "k", type: "number", default: 1000, description: "" },
    { name: "sigma", type: "number", default: -0.0015, description: "" },
    { name: "raw", type: "string", default: `it's "here"`, description: "" },
    { name: "quick", type: "boolean", default: false, description: "" },
  ]);
});

Deno.test("parseParameters() refuses what is no declaration, at its line", () => {
  const where = { notebook: "07.ipynb", position: 3 };
  const cases: [string, RegExp][] = [
    [
      "const k = 1;\nk += 1;",
      /^Cannot read 07\.ipynb, cell at position 3, line 2: found "k \+= 1;"/,
    ],
    ["const k = other;", /must be const name: type = literal;$/],
    ["const k: number = '3';", /parameter k is '3', must be a number$/],
    ["const k: string = 3;", /parameter k is 3, must be a string$/],
    ['const k: "a" | "b" = "c";', /parameter k is "c", must be a or b$/],
    ["const k = 1;\nconst k = 2;", /line 2: parameter k is there twice, must be once$/],
  ];
  for (const [source, message] of cases) {
    assert.throws(() => parseParameters(source, where), { message }, source);
  }
});

Deno.test("resolveParameters() reads texts by declared type and refuses others", () => {
  const value = (line: string, given: string | number | boolean) =>
    resolveParameters([one(line)], { x: given }).x;
  assert.equal(value("const x = 1;", "-2.5"), -2.5);
  assert.equal(value("const x = 1;", 7), 7);
  assert.equal(value("const x = true;", "false"), false);
  assert.equal(value('const x = "a";', "1"), "1");
  assert.equal(value('const x = "a";', ""), "");
  const refused: [string, string | number | boolean][] = [
    ["const x = 1;", ""],
    ["const x = 1;", " "],
    ["const x = 1;", "1e999"],
    ["const x = 1;", NaN],
    ["const x = 1;", true],
    ["const x = true;", "yes"],
    ["const x = true;", 1],
    ['const x = "a";', 1],
    ['const x: "a" | "b" = "a";', "A"],
  ];
  for (const [line, given] of refused) {
    assert.throws(() => value(line, given), { kind: "usage" }, `${line} given ${given}`);
  }
});

Deno.test("resolveParameters() keeps every text and number that it is given", () => {
  const text = one('const x = "";');
  const number = one("const x = 0;");
  fc.assert(fc.property(fc.string(), (given) => {
    assert.equal(resolveParameters([text], { x: given }).x, given);
  }));
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (given) => {
    assert.equal(resolveParameters([number], { x: String(given) }).x, given === 0 ? 0 : given);
  }));
});

Deno.test("resolveParameters() does not take inherited names for given ones", () => {
  assert.deepEqual(resolveParameters([one("const constructor = 1;")], {}), { constructor: 1 });
});
