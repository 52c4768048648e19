/**
 * Polars data frames as notebooks show them. `nodejs-polars` means
 * {@link file://./polars.ts} throughout this workspace, by deno.json's import
 * map: cells need do nothing for their frames to be shown right.
 *
 * Knows `plots`.
 */
export { type FrameTableOptions, toFrameTable } from "./to_frame_table.ts";
