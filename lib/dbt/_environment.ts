import type { Effects, Workspace } from "feira/workspace";

/** What dbt/profiles.yml, query_comment.sql and run_dbt.py read for BigQuery, and Google's client. */
const BIGQUERY = [
  "FEIRA_BIGQUERY_ENDPOINT",
  "FEIRA_BIGQUERY_LOCATION",
  "FEIRA_BIGQUERY_METHOD",
  "FEIRA_BIGQUERY_PRIORITY",
  "FEIRA_BIGQUERY_RETRIES",
  "FEIRA_BIGQUERY_THREADS",
  "FEIRA_BIGQUERY_TIMEOUT_SECONDS",
  "FEIRA_BYTES_BILLED_FILE",
  "FEIRA_MAX_BYTES_BILLED",
  "FEIRA_NOTEBOOK",
  "FEIRA_RUN",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_CLOUD_PROJECT",
];

/**
 * dbt's environment, added to this process's: which warehouse, where it is, and
 * nothing that would lead Python elsewhere. Credentials are named, never given.
 */
export function toEnvironment(
  { engine, duckdbPath }: Workspace,
  effects: Effects,
): Record<string, string | null> {
  return {
    FEIRA_WAREHOUSE: engine,
    ...(engine === "duckdb"
      ? { FEIRA_DUCKDB_PATH: duckdbPath }
      : Object.fromEntries(BIGQUERY.map((name) => [name, effects.env(name) ?? null]))),
    PYTHONHOME: null,
    PYTHONPATH: null,
    PYTHONUTF8: "1",
  };
}

/** dbt's variables that name datasets. */
export function toVariables({ project, datasets }: Workspace) {
  return { project, datasets };
}
