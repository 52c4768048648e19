import { basename, join } from "node:path";
import {
  type Campaign,
  CAMPAIGN_FIELDS,
  type CampaignSegment,
  readCampaign,
  toLoadValue,
  toSafeCsv,
} from "feira/segments";
import { brazilTime, openWarehouse, type Warehouse, writeParquet } from "feira/warehouse";
import { hashFile, type Workspace, writeFileBeside, writeJsonBeside } from "feira/workspace";
import { maybeSource } from "./_run_record.ts";

/** What to export, and where to. */
export interface ExportSpec {
  /** Id of either level. */
  readonly segment: number | "all";
  readonly format: "csv" | "parquet";
  /** @default data/exports/<project>/segment_<id>.<format> */
  readonly out?: string | undefined;
}

/** What an export rests on: the file beside it, its name with `.json` added. */
export interface Provenance {
  readonly file: string;
  /** Of the file. */
  readonly sha256: string;
  readonly rows: number;
  readonly segments: readonly CampaignSegment[];
  readonly model_id: string;
  /** Brazil time. */
  readonly segmented_at: string;
  readonly exported_at: string;
  readonly project: string;
  readonly warehouse: string;
  /** Where the raw data came from; absent when it is not there any more. */
  readonly source?: string;
  /** Says that the customers are made up; absent where they are not. */
  readonly banner?: string;
  readonly fields: readonly { readonly name: string; readonly description: string }[];
}

/** What was written. */
export interface Exported {
  readonly path: string;
  readonly provenance: Provenance;
  /** What one must know before using it. */
  readonly warnings: readonly string[];
}

/**
 * Writes the customers of a published segment to a file, and beside it what they
 * rest on; both whole or not at all, the customers first.
 *
 * @throws as `readCampaign`, and `environment` where a file cannot be written
 */
export async function exportSegment(
  workspace: Workspace,
  { segment, format, out }: ExportSpec,
): Promise<Exported> {
  const { analytics } = workspace.datasets;
  await using warehouse = await openWarehouse(workspace, { readOnly: true });
  const campaign = await readCampaign(warehouse, analytics, segment);
  const banner = await maybeBanner(warehouse, analytics);
  const source = await maybeSource(workspace);
  const path = out ?? join(exportsDirOf(workspace), `segment_${segment}.${format}`);
  await writeRows(path, format, campaign);
  const { segments, rows, segmentedAt } = campaign;
  const provenance = {
    file: basename(path),
    sha256: await hashFile(path),
    rows: rows.length,
    segments,
    model_id: segments[0]!.model_id,
    segmented_at: segmentedAt,
    exported_at: brazilTime(Temporal.Now.instant()).toString().replace("T", " "),
    project: workspace.project,
    warehouse: workspace.engine,
    ...(source && { source: source.kind }),
    ...(banner && { banner }),
    fields: CAMPAIGN_FIELDS.map(({ name, description = "" }) => ({ name, description })),
  };
  await writeJsonBeside(`${path}.json`, provenance);
  return { path, provenance, warnings: [...banner ? [banner] : [], ...segments.flatMap(warn)] };
}

/** Ignored by git, and not among the pages that are mailed around. */
function exportsDirOf({ root, project }: Workspace): string {
  return join(root, "data", "exports", project);
}

async function writeRows(path: string, format: ExportSpec["format"], { rows }: Campaign) {
  if (format === "csv") {
    return await writeFileBeside(path, toSafeCsv(CAMPAIGN_FIELDS.map(({ name }) => name), rows));
  }
  const typed = rows.map((row) =>
    Object.fromEntries(
      CAMPAIGN_FIELDS.map(({ name, type }) => [name, toLoadValue(row[name], type)]),
    )
  );
  await writeParquet(path, { columns: CAMPAIGN_FIELDS, from: { rows: typed } });
}

/** The published table says itself that it is made up: raw data may have been placed anew since. */
async function maybeBanner(warehouse: Warehouse, dataset: string): Promise<string | undefined> {
  const tables = await warehouse.listTables(dataset);
  const { comment } = tables.find(({ name }) => name === "dim_customer_segmented")!;
  return comment?.split("\n").find((line) => line.startsWith("Synthetic data"));
}

function warn({ segment_id, name, is_trustworthy, was_forced, model_id }: CampaignSegment) {
  const segment = `segment ${segment_id} (${name})`;
  return [
    ...is_trustworthy === false
      ? [`${segment} does not survive resampling: do not act on it before looking at 08_segment`]
      : [],
    ...was_forced
      ? [`${segment} is of model ${model_id}, which the gate rejected and someone accepted`]
      : [],
  ];
}
