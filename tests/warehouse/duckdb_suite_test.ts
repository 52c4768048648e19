import { querySuite } from "./_query_suite.ts";
import { replaceSuite } from "./_replace_suite.ts";
import type { SuiteEngine } from "./_suite.ts";
import { tablesSuite } from "./_tables_suite.ts";
import { withWarehouse } from "./_temp.ts";

const duckdb: SuiteEngine = { name: "DuckDB", ignore: false, withWarehouse };

querySuite(duckdb);
replaceSuite(duckdb);
tablesSuite(duckdb);
