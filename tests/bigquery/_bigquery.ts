import { type BigQueryOptions, openBigQuery, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";

/** Where the emulator is that `deno task test:bigquery` has started. */
export const EMULATOR = Deno.env.get("FEIRA_BIGQUERY_EMULATOR") ?? "";

/** Tests that need the emulator say that they are skipped where there is none. */
export const ignore = EMULATOR === "";

/** A warehouse of a project that nobody else has. */
export function openTestBigQuery(options: BigQueryOptions = {}): Promise<Warehouse> {
  return openBigQuery(openWorkspace(), {
    projectId: newProject(),
    endpoint: EMULATOR,
    patience: { totalMs: 60_000, pauseMs: 60 },
    effects: { ...systemEffects, env: () => undefined },
    ...options,
  });
}

export function newProject(): string {
  return `feira-${crypto.randomUUID().slice(0, 8)}`;
}
