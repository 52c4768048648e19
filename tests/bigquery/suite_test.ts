import { querySuite } from "../warehouse/_query_suite.ts";
import { replaceSuite } from "../warehouse/_replace_suite.ts";
import type { SuiteEngine } from "../warehouse/_suite.ts";
import { tablesSuite } from "../warehouse/_tables_suite.ts";
import { ignore, openTestBigQuery } from "./_bigquery.ts";

const bigquery: SuiteEngine = {
  name: "BigQuery",
  ignore,
  async withWarehouse(work) {
    // Pages of an odd size, so that results have several and the last is not full.
    await using warehouse = await openTestBigQuery({ pageRows: 700 });
    await work(warehouse);
  },
};

querySuite(bigquery);
replaceSuite(bigquery);
tablesSuite(bigquery);
