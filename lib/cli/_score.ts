import { join } from "node:path";
import { dbtBuild, ensureDbt } from "feira/dbt";
import { readCustomerMatrix } from "feira/features";
import {
  loadScorer,
  type PublishedSegments,
  readSegments,
  scoreCustomers,
  type Scorer,
  scorerTables,
  scoresTable,
} from "feira/segments";
import { openWarehouse, type TableLoad, type Warehouse } from "feira/warehouse";
import { type Effects, FeiraError, systemEffects, type Workspace } from "feira/workspace";
import { differentScores } from "./_different_scores.ts";

/** Who assigns the customers: TypeScript, SQL in the warehouse, or both, held to each other. */
export type ScoredBy = "typescript" | "warehouse" | "both";

export interface ScoreOptions {
  readonly by: ScoredBy;
  /** Put before the table's comment, such as the banner of synthetic data. */
  readonly banner?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly effects?: Effects;
}

/** Customers of a segment of level 1, or of all. */
export interface ScoreCounts {
  readonly name: string;
  readonly customers: number;
  /** Who came after the segments were published. */
  readonly newcomers: number;
  /** Who were published in another segment or sub-segment. */
  readonly moved: number;
  readonly unlike: number;
}

/** What {@linkcode score} has done. */
export interface ScoreResult {
  readonly modelId: string;
  /** By segment id. */
  readonly segments: readonly ScoreCounts[];
}

const TABLE = "customer_scores";

/**
 * Assigns the customers of `customer_features` by the saved model, and writes
 * `customer_scores`. Works in the workspace it is given: who calls it hands a
 * working copy, so that the table changes whole or not at all.
 *
 * @throws {FeiraError} `data` without a saved model, without published segments,
 * or where these are of another model; `failed` where both ways disagree
 */
export async function score(
  workspace: Workspace,
  { by, banner, signal, effects = systemEffects }: ScoreOptions,
): Promise<ScoreResult> {
  const { analytics } = workspace.datasets;
  const scorer = await loadScorer(join(workspace.modelsDir, "model"));
  const comment = banner === undefined ? {} : { comment: banner };
  let expected: TableLoad | undefined;
  {
    await using warehouse = await openWarehouse(workspace, { effects });
    const published = await readPublished(warehouse, analytics, scorer);
    if (by !== "warehouse") {
      const scores = await scoreCustomers(await readCustomerMatrix(warehouse, analytics), scorer);
      expected = scoresTable(scores, scorer, published);
    }
    const loads = by === "typescript" ? [expected!] : scorerTables(scorer);
    await warehouse.replaceTables(analytics, loads, { ...comment, ...(signal && { signal }) });
  }
  if (by !== "typescript") {
    await ensureDbt(workspace, { effects, signal });
    await dbtBuild(workspace, { selector: "scores", effects, signal });
  }
  await using warehouse = await openWarehouse(workspace, { effects });
  if (by === "both") await assertEqual(warehouse, analytics, expected!);
  if (by !== "typescript" && banner !== undefined) await warehouse.commentTables(analytics, banner);
  return { modelId: scorer.modelId, segments: await countScores(warehouse, analytics) };
}

async function readPublished(
  warehouse: Warehouse,
  dataset: string,
  { modelId }: Scorer,
): Promise<PublishedSegments> {
  const published = await readSegments(warehouse, dataset);
  const found = published?.segments[0]?.model_id;
  if (published === undefined || found !== modelId) {
    throw new FeiraError(
      "data",
      `Cannot score: found ${
        found === undefined ? "no published segments" : `segments of model ${found}`
      } in ${dataset}, must be of the saved model ${modelId}; run 08_segment`,
    );
  }
  return published;
}

async function countScores(warehouse: Warehouse, dataset: string): Promise<ScoreCounts[]> {
  const name = (table: string) => warehouse.nameOf(dataset, table);
  return await warehouse.query<ScoreCounts & Record<string, unknown>>(
    `select
       segments.name,
       count(*) as customers,
       sum(case when scores.is_new then 1 else 0 end) as newcomers,
       sum(case when scores.has_moved then 1 else 0 end) as moved,
       sum(case when scores.is_unlike then 1 else 0 end) as unlike
     from ${name(TABLE)} as scores
     join ${name("dim_segment")} as segments on segments.segment_id = scores.segment_id
     group by segments.segment_id, segments.name
     order by segments.segment_id`,
  );
}

/** Holds the warehouse's rows to TypeScript's, customer by customer. */
async function assertEqual(
  warehouse: Warehouse,
  dataset: string,
  expected: TableLoad,
): Promise<void> {
  const rows = await warehouse.query(`select * from ${warehouse.nameOf(dataset, TABLE)}`);
  const different = differentScores(rows, expected);
  if (different.length === 0) return;
  throw new FeiraError(
    "failed",
    `Cannot score: found ${different.length} customers of whom TypeScript and the warehouse say different things, such as ${
      different[0]
    }, must be none`,
  );
}
