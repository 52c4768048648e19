import { kMeans } from "feira/cluster";
import { fitScaler, scale } from "feira/features";
import { matchSegments, STABLE_RAND, subdivide } from "feira/segments";
import assert from "node:assert/strict";
import { readCustomers } from "../../bench/shared/customers.ts";
import { inFolder } from "./_market.ts";

const CUSTOMERS = Deno.env.get("FEIRA_CUSTOMERS");

Deno.test({
  name: "subdivide() finds six parts of the real customers that two halves of them agree on",
  ignore: CUSTOMERS === undefined,
  fn: () =>
    inFolder(async (dir) => {
      const { raw: matrix } = await readCustomers(CUSTOMERS, { scratchDir: dir });
      const { customerIds } = matrix;
      const { labels } = await kMeans(scale(matrix, fitScaler(matrix)), { k: 3, restarts: 3 });
      const ids = matchSegments({ customerIds, labels, k: 3 });
      const segments = labels.map((label) => ids[label]!);
      const sizes = [0, 1, 2].map((id) => segments.filter((segment) => segment === id).length);

      const quick = { from: 6, to: 6, resamples: 3, restarts: 3 };
      const [subdivision, ...others] = await subdivide(matrix, { segments, sizes }, quick);
      assert.deepEqual(others, []);
      const [trial] = subdivision!.trials!;
      assert.ok(trial!.leastRand >= STABLE_RAND, `${trial!.leastRand}`);
      assert.ok(trial!.smallest > 5_000);
    }),
});
