/**
 * Runs the dbt project of dbt/, streams its events and reads its artefacts.
 *
 * Knows `python` and `workspace`.
 */
export { dbtBuild, type DbtBuildOptions } from "./dbt_build.ts";
export { DbtError } from "./dbt_error.ts";
export { type DbtEvent } from "./dbt_event.ts";
export { type DbtModel, type DbtProblem, type DbtResults, readDbtResults } from "./dbt_results.ts";
export { ensureDbt } from "./ensure_dbt.ts";
