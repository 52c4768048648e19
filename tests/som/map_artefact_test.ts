import { assertSameFeatures, loadMap, type MapArtefact, saveMap } from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { checksumOf } from "../../lib/som/_map_file.ts";

const ARTEFACT: MapArtefact = {
  map: {
    weights: Float64Array.of(0.1, -0, 5e-324, 1 / 3),
    width: 2,
    height: 1,
    features: 2,
    topology: "hexagonal",
  },
  featureNames: ["recency", "monetary"],
  scaler: { mean: [1, 2], scale: [3, 4] },
  settings: { sigma: 1.2 },
  seed: 42,
  dataFingerprint: "abc",
  metrics: { qe: 0.25 },
};

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await test(`${dir}/deep/map.json`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function assertRefused(path: string, text: string, message: RegExp): Promise<void> {
  await Deno.writeTextFile(path, text);
  await assert.rejects(loadMap(path), (error: Error) => {
    assert.ok(error instanceof SyntaxError, String(error));
    assert.match(error.message, message);
    assert.ok(error.message.includes(path));
    return true;
  });
}

Deno.test("loadMap() gives back every bit of what saveMap() wrote", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    assert.deepEqual(await loadMap(path), ARTEFACT);
    const { topology: _topology, ...map } = ARTEFACT.map;
    await saveMap(path, { ...ARTEFACT, map });
    assert.deepEqual(await loadMap(path, { featureNames: ["recency", "monetary"] }), {
      ...ARTEFACT,
      map,
    });
  }));

Deno.test("loadMap() refuses a file that is cut, anywhere", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    const good = (await Deno.readTextFile(path)).trimEnd();
    for (let length = 0; length < good.length; length += 7) {
      await assertRefused(path, good.slice(0, length), /is not JSON, must be a whole map file/);
    }
  }));

Deno.test("loadMap() refuses a file of which any letter was changed", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    const good = await Deno.readTextFile(path);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: good.length - 2 }),
        fc.constantFrom("7", "q", "A", '"', ","),
        async (at, letter) => {
          fc.pre(/\S/.test(good[at]!) && good[at] !== letter);
          await assertRefused(path, good.slice(0, at) + letter + good.slice(at + 1), /Cannot load/);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  }));

Deno.test("loadMap() says what a file that it refuses is", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    const good = await Deno.readTextFile(path);
    const bad: [string, RegExp][] = [
      ["{}", /format is undefined, must be "feira\/som-map"/],
      ["null", /format is undefined/],
      ["[1]", /format is undefined/],
      [good.replace('"version": 2', '"version": 3'), /version is 3, must be 2; a newer program/],
      [good.replace('"version": 2', '"version": 1'), /version is 1, must be 2$/],
      [good.replace("recency", "frequency"), /has checksum [0-9a-f]{64}, must be [0-9a-f]{64}/],
      [good.replace(/"checksum": "\w+"/, '"more": 1'), /must be undefined; it was altered/],
    ];
    for (const [text, message] of bad) await assertRefused(path, text, message);
  }));

Deno.test("loadMap() refuses what does not fit together, though its checksum is right", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    const { checksum: _checksum, ...good } = JSON.parse(await Deno.readTextFile(path));
    const bad: [Record<string, unknown>, RegExp][] = [
      [{ width: 3 }, /map has 4 weights, must be 3 × 1 × 2/],
      [{ width: "2" }, /width is 2, must be a whole number/],
      [{ topology: "toroidal" }, /topology is "toroidal"/],
      [{ weights: "!" }, /map has 0 weights/],
      [{ weights: 7 }, /map has 0 weights/],
      [{ weights: good.weights.slice(0, -12) }, /map has 3 weights/],
      [{ featureNames: ["recency"] }, /found 1 feature names, must be 2/],
      [{ featureNames: ["recency", "recency"] }, /feature recency is named twice/],
      [{ metrics: null }, /metrics are missing/],
    ];
    for (const [change, message] of bad) {
      const body = { ...good, ...change };
      const text = JSON.stringify({ ...body, checksum: await checksumOf(body) });
      await assertRefused(path, text, message);
    }
  }));

Deno.test("saveMap() refuses what it could not give back, names it, and leaves no file", () =>
  inFolder(async (path) => {
    const bad: [Partial<MapArtefact>, RegExp][] = [
      [{ map: { ...ARTEFACT.map, width: 3 } }, /map has 4 weights/],
      [{ map: { ...ARTEFACT.map, weights: Float64Array.of(1, NaN, 2, 3) } }, /neuron 0 feature 1/],
      [{ metrics: { te: NaN } }, /metrics\.te is NaN, must be plain data/],
      [{ scaler: { mean: Float64Array.of(1) } }, /scaler\.mean is Float64Array/],
      [{ settings: { fixedPoints: new Map() } }, /settings\.fixedPoints is Map/],
      [{ settings: { decays: [() => 0] } }, /settings\.decays\.0 is Function/],
      [{ seed: Infinity }, /seed is Infinity/],
    ];
    for (const [change, message] of bad) {
      await assert.rejects(saveMap(path, { ...ARTEFACT, ...change }), message);
    }
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test("saveMap() leaves the file that was there when it cannot write", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    await Deno.mkdir(`${path}.d/x`, { recursive: true });
    await assert.rejects(saveMap(`${path}.d`, ARTEFACT));
    const names = [...Deno.readDirSync(path.slice(0, -"/map.json".length))].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["map.json", "map.json.d"]);
  }));

Deno.test("assertSameFeatures() names what is missing, extra, repeated or out of order", () => {
  const trained = ["recency", "frequency", "monetary"];
  assertSameFeatures(trained, [...trained]);
  const bad: [string[], RegExp][] = [
    [["recency", "frequency"], /: missing monetary; must be .*: recency, frequency, monetary$/],
    [[...trained, "age"], /: extra age; must be/],
    [["age", "frequency", "monetary"], /: missing recency; extra age; must be/],
    [[...trained, "recency"], /: repeated recency; must be/],
    [
      ["frequency", "recency", "monetary"],
      /: out of order recency is column 1, not 0, frequency is column 0, not 1; must be/,
    ],
    [[], /: missing recency, frequency, monetary; must be/],
  ];
  for (const [found, message] of bad) {
    assert.throws(() => assertSameFeatures(trained, found), (error: Error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, message);
      return true;
    });
  }
});
