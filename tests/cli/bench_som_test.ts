import assert from "node:assert/strict";
import { join } from "node:path";
import { openWorkspace } from "feira/workspace";
import { trainOnline } from "feira/som";
import { readFloats, readIntegers, writeNumbers } from "../../bench/shared/number_file.ts";
import { type Answer, runJob } from "../../bench/shared/run_job.ts";
import type { SomJob } from "../../bench/som/jobs.ts";

const { root, requirementsDir } = openWorkspace();
const OURS = {
  command: Deno.execPath(),
  args: ["run", "-A", "--quiet", join(root, "bench", "som", "ours.ts")],
};

/** Two clouds of thirty rows. */
const MATRIX = {
  data: Float64Array.from(
    { length: 180 },
    (_, i) => Math.sin(i * 7.1) + (i < 90 ? 0 : 8),
  ),
  rows: 60,
  cols: 3,
};

async function command(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "lib/cli/bench.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

Deno.test("bench says what it can measure, and refuses what it cannot with exit code 2", async () => {
  const help = await command("--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /^ {2}som +The map engine/m);
  const wrong = await command("speed");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Cannot bench: found "speed", must be one of som/);
  const only = await command("som", "--only", "online,sums");
  assert.equal(only.code, 2);
  assert.match(only.stderr, /--only has "sums", must be of online/);
});

Deno.test("our side of the bench does every job on a small matrix", async () => {
  const scratchDir = await Deno.makeTempDir();
  try {
    const file = (name: string) => join(scratchDir, name);
    await writeNumbers(file("matrix"), MATRIX.data);
    const matrix = { matrix: file("matrix"), rows: 60, cols: 3 };
    const grid = { width: 4, height: 3 };
    const signal = new AbortController().signal;
    const run = (job: SomJob): Promise<Answer> => runJob(OURS, job, { scratchDir, signal });

    const spec = { ...grid, sigma: 1, learningRate: 0.3, iterations: 200, seed: 7 };
    const online = await run({
      task: "online",
      ...matrix,
      ...spec,
      precision: "float64",
      out: file("map"),
    });
    assert.ok(online.mb === null || online.mb > 10);
    const weights = await readFloats(file("map"));
    assert.deepEqual(weights, (await trainOnline(MATRIX, spec)).weights);

    const map = { weights: file("map"), ...grid };
    const { qe, te } = await run({ task: "errors", ...matrix, ...map });
    assert.ok(Number(qe) > 0 && Number(qe) < 2 && Number(te) <= 1);

    await run({ task: "label", ...matrix, ...map, k: 2, out: file("labels") });
    const labels = await readIntegers(file("labels"));
    assert.deepEqual([...labels.subarray(0, 30)], new Array(30).fill(labels[0]));
    assert.deepEqual([...labels.subarray(30)], new Array(30).fill(1 - labels[0]!));
    const { mean } = await run({ task: "silhouette", ...matrix, labels: file("labels") });
    assert.ok(Number(mean) > 0.8);

    const { inertias, knee } = await run({
      task: "elbow",
      ...matrix,
      from: 2,
      to: 6,
      restarts: 3,
      seed: 1,
    });
    assert.equal((inertias as number[]).length, 5);
    assert.ok(knee === null || Number(knee) >= 2);
  } finally {
    await Deno.remove(scratchDir, { recursive: true });
  }
});

Deno.test("requirements/peers.txt pins the peers with hashes and names no host", async () => {
  const [wanted, text] = await Promise.all(
    ["peers.in", "peers.txt"].map((name) => Deno.readTextFile(join(requirementsDir, name))),
  ) as [string, string];
  const pins = wanted.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assert.equal(pins.length, 5);
  for (const pin of pins) assert.ok(text.includes(`\n${pin} \\\n    --hash=sha256:`), pin);
  assert.doesNotMatch(text, /:\/\//);
});
