/**
 * Runs the dbt project of dbt/, streams its events, reads its artefacts and
 * draws its tables.
 *
 * Knows `python`, `warehouse` and `workspace`.
 */
export { dbtBuild, type DbtBuildOptions } from "./dbt_build.ts";
export { dbtDocs } from "./dbt_docs.ts";
export { DbtError } from "./dbt_error.ts";
export { type DbtEvent } from "./dbt_event.ts";
export { type DbtModel, type DbtProblem, type DbtResults, readDbtResults } from "./dbt_results.ts";
export { ensureDbt } from "./ensure_dbt.ts";
export { lineageDiagram } from "./lineage_diagram.ts";
export { martDiagram } from "./mart_diagram.ts";
export { parseProject } from "./parse_project.ts";
export { type KeyColumn, type SchemaManifest, starSchema, type StarTable } from "./star_schema.ts";
