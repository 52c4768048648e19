import { assertSameFeatures, loadMap, type MapArtefact, saveMap } from "feira/som";
import assert from "node:assert/strict";

const ARTEFACT: MapArtefact = {
  map: { weights: Float64Array.of(0.1, -0, 5e-324, 1 / 3), width: 2, height: 1, features: 2 },
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

Deno.test("loadMap() gives back every bit of what saveMap() wrote", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    assert.deepEqual(await loadMap(path), ARTEFACT);
  }));

Deno.test("loadMap() refuses a file that is no map, of another version or damaged, and names it", () =>
  inFolder(async (path) => {
    await saveMap(path, ARTEFACT);
    const good = await Deno.readTextFile(path);
    const bad: [string, RegExp][] = [
      [good.slice(0, -20), /is not JSON/],
      ["{}", /format undefined, must be "feira\/som-map"/],
      ["null", /format undefined/],
      [good.replace('"version": 1', '"version": 2'), /version 2, must be 1/],
      [good.replace('"width": 2', '"width": 3'), /found 4 weights, must be 3 × 1 × 2/],
      [good.replace('"width": 2', '"width": "2"'), /grid is 2 × 1 × 2/],
      [good.replace(/"weights": "..../, '"weights": "'), /found 3 weights/],
      [good.replace(/"weights": "./, '"weights": "!'), /found 0 weights/],
      [good.replace('"recency",', ""), /found 1 feature names, must be 2/],
      [good.replace('"metrics"', '"measured"'), /metrics are missing/],
    ];
    for (const [text, message] of bad) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(loadMap(path), (error: Error) => {
        assert.ok(error instanceof SyntaxError, String(error));
        assert.match(error.message, message);
        assert.ok(error.message.includes(path));
        return true;
      });
    }
  }));

Deno.test("saveMap() refuses a map whose shape and weights differ, and leaves no file", () =>
  inFolder(async (path) => {
    const map = { ...ARTEFACT.map, width: 3 };
    await assert.rejects(saveMap(path, { ...ARTEFACT, map }), TypeError);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test("assertSameFeatures() names the first feature that differs", () => {
  const trained = ["recency", "monetary"];
  assertSameFeatures(trained, [...trained]);
  const bad: [string[], RegExp][] = [
    [["monetary", "recency"], /feature 1 is monetary, must be recency/],
    [["recency"], /feature 2 is missing, must be monetary/],
    [[...trained, "age"], /feature 3 is age, must be absent/],
  ];
  for (const [found, message] of bad) {
    assert.throws(() => assertSameFeatures(trained, found), message);
  }
});
