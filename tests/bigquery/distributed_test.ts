import {
  drawsTheStatedSample,
  fitsScalerAsHere,
  GRIDS,
  heaps,
  lattice,
  measuresAsHere,
  scoresAsHere,
  trainsAsHere,
} from "../distributed/_suite.ts";
import type { Warehouse } from "feira/warehouse";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

function onBigQuery(name: string, test: (warehouse: Warehouse) => Promise<void>): void {
  Deno.test({
    name: `BigQuery: ${name}`,
    ignore,
    async fn() {
      await using warehouse = await openTestBigQuery();
      await test(warehouse);
    },
  });
}

onBigQuery("trainInWarehouse() does as trainBatch()", async (warehouse) => {
  await trainsAsHere(warehouse, heaps(150), GRIDS["a hexagonal 4 × 6"]!);
  await trainsAsHere(warehouse, lattice(60), GRIDS["12 × 9"]!);
});

onBigQuery("scoreInWarehouse() does as bestMatchingUnits()", async (warehouse) => {
  await scoresAsHere(warehouse, heaps(150), GRIDS["12 × 9"]!);
});

onBigQuery("measureInWarehouse() does as the measures of som and cluster", async (warehouse) => {
  await measuresAsHere(warehouse, heaps(150), GRIDS["12 × 9"]!);
});

onBigQuery("fitScalerInWarehouse() does as fitScaler()", async (warehouse) => {
  await fitsScalerAsHere(warehouse, heaps(300));
});

onBigQuery("sampleRows() draws the rows that it draws on DuckDB", drawsTheStatedSample);
