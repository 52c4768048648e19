import assert from "node:assert/strict";
import { segmentColor, stateMapFigure } from "feira/plots";
import { BRAZIL_TILES } from "../../lib/plots/_brazil_tiles.ts";
import { paletteOf } from "../../lib/plots/_palette.ts";

type Rgb = readonly [number, number, number];

const linear = (channel: number) =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

/** How eyes without one kind of cone see, on linear RGB (Machado et al. 2009, severity 1). */
const BLINDNESS = {
  protanopia: [
    0.152286,
    1.052583,
    -0.204868,
    0.114503,
    0.786281,
    0.099216,
    -0.003882,
    -0.048116,
    1.051998,
  ],
  deuteranopia: [
    0.367322,
    0.860646,
    -0.227968,
    0.280085,
    0.672501,
    0.047413,
    -0.01182,
    0.04294,
    0.968881,
  ],
  tritanopia: [
    1.255528,
    -0.076749,
    -0.178779,
    -0.078411,
    0.930809,
    0.147602,
    0.004733,
    0.691367,
    0.3039,
  ],
} as const;

/** CIE L*a*b* of linear RGB under D65. */
function labOf([red, green, blue]: Rgb): Rgb {
  const xyz = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
  ].map((t) => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116);
  return [116 * xyz[1]! - 16, 500 * (xyz[0]! - xyz[1]!), 200 * (xyz[1]! - xyz[2]!)];
}

const seen = (rgb: Rgb, kind?: keyof typeof BLINDNESS): Rgb => {
  const [red, green, blue] = rgb.map(linear) as [number, number, number];
  if (kind === undefined) return labOf([red, green, blue]);
  const m = BLINDNESS[kind];
  const row = (i: number) =>
    Math.min(1, Math.max(0, m[i]! * red + m[i + 1]! * green + m[i + 2]! * blue));
  return labOf([row(0), row(3), row(6)]);
};

const apart = (a: Rgb, b: Rgb) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const rgbOf = (color: string) =>
  [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)) as unknown as Rgb;

for (const kind of Object.keys(BLINDNESS) as (keyof typeof BLINDNESS)[]) {
  Deno.test(`the first four segments' colours stay apart under ${kind}`, () => {
    const colors = [0, 1, 2, 3].map((id) => seen(rgbOf(segmentColor(id)), kind));
    for (const [i, a] of colors.entries()) {
      for (const b of colors.slice(i + 1)) assert.ok(apart(a, b) > 12, `${apart(a, b)} at ${i}`);
    }
  });

  Deno.test(`both palettes keep their order under ${kind}`, () => {
    for (const name of ["cividis", "greys"] as const) {
      const lightness = paletteOf(name).map((rgb) => seen(rgb, kind)[0]);
      const sign = Math.sign(lightness.at(-1)! - lightness[0]!);
      for (let i = 16; i < 256; i += 16) {
        assert.ok(sign * (lightness[i]! - lightness[i - 16]!) > 0, `${name} at ${i}`);
      }
    }
  });
}

Deno.test("both palettes keep their order in grey print", () => {
  for (const name of ["cividis", "greys"] as const) {
    const lightness = paletteOf(name).map((rgb) => seen(rgb)[0]);
    assert.ok(Math.abs(lightness.at(-1)! - lightness[0]!) > 60, `${name} from light to dark`);
    const sign = Math.sign(lightness.at(-1)! - lightness[0]!);
    for (let i = 8; i < 256; i += 8) assert.ok(sign * (lightness[i]! - lightness[i - 8]!) > 0);
  }
});

Deno.test("the map of Brazil has every state once, in a place of its own", async () => {
  const seeds = await Deno.readTextFile(
    new URL("../../seeds/brazilian_states.csv", import.meta.url),
  );
  const states = seeds.trim().split("\n").slice(1).map((line) => line.split(",")[0]!);
  assert.deepEqual(BRAZIL_TILES.map(({ state }) => state).sort(), states.sort());
  const places = BRAZIL_TILES.map(({ column, row }) => `${column} ${row}`);
  assert.equal(new Set(places).size, 27);
});

Deno.test("the map of Brazil has states that touch on the ground side by side", () => {
  const of = new Map(BRAZIL_TILES.map((tile) => [tile.state, tile]));
  // North to south and west to east along the borders that a reader knows.
  for (const pair of ["RR AM", "PR SC", "SC RS", "SP PR", "MG RJ", "AP PA"]) {
    const [north, south] = pair.split(" ").map((state) => of.get(state)!);
    assert.ok(north!.row < south!.row && north!.column === south!.column, pair);
  }
  for (const pair of ["AM PA", "AC RO", "SP MG", "MG ES", "MS GO", "CE RN"]) {
    const [west, east] = pair.split(" ").map((state) => of.get(state)!);
    assert.ok(west!.column < east!.column && west!.row === east!.row, pair);
  }
});

Deno.test("stateMapFigure() prints each number on its state and leaves out what is missing", () => {
  const { svg, alt } = stateMapFigure(
    [{ state: "SP", n: 3 }, { state: "RR", n: null }, { state: "AC", n: 5 }],
    { state: "state", value: "n", title: "t" },
  );
  assert.equal(alt, "Map of Brazil's states, n: AC 5, SP 3");
  assert.match(svg, /<title>SP: 3<\/title>/);
  assert.doesNotMatch(svg, /<title>RR/);
});
