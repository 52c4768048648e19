import type { Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";
import { CAMPAIGN_FIELDS } from "./campaign_fields.ts";
import type { PublishedSegment } from "./published_segment.ts";

/** A published segment as one chooses it. */
export type CampaignSegment = Pick<
  PublishedSegment,
  "segment_id" | "level" | "name" | "customers" | "is_trustworthy" | "model_id" | "was_forced"
>;

/** The customers of a segment for a campaign, and what they rest on. */
export interface Campaign {
  /** The segments that the customers are of: one, or all of level 1. */
  readonly segments: readonly CampaignSegment[];
  /** A value for each of {@linkcode CAMPAIGN_FIELDS}; by `customer_unique_id`. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Brazil time of the publication, `2018-01-31 13:05:00`. */
  readonly segmentedAt: string;
}

/**
 * Reads the customers of a published segment or sub-segment, with the fields of
 * {@linkcode CAMPAIGN_FIELDS}, from the published tables alone.
 *
 * @param segmentId of either level, or `all` for every customer once
 * @throws {FeiraError} `data` when nothing is published; `usage` for an id that
 * is not, which names those that are
 */
export async function readCampaign(
  warehouse: Warehouse,
  dataset: string,
  segmentId: number | "all",
): Promise<Campaign> {
  const nameOf = (table: string) => warehouse.nameOf(dataset, table);
  const tables = (await warehouse.listTables(dataset)).map(({ name }) => name);
  // Feira's first version published one level, and no history.
  if (!tables.includes("dim_segment_history")) {
    throw new FeiraError(
      "data",
      `Cannot export customers: found no published segments in ${dataset}, must be made by deno task run first`,
    );
  }
  const published = await warehouse.query<CampaignSegment & { segmented_at: string }>(
    `select segment_id, level, name, customers, is_trustworthy, model_id, was_forced, segmented_at
     from ${nameOf("dim_segment")} order by segment_id`,
  );
  const segments = published.filter(({ segment_id, level }) =>
    segmentId === "all" ? level === 1 : segment_id === segmentId
  );
  if (segments.length === 0) {
    const known = published.map(({ segment_id, name, customers }) =>
      `  ${segment_id}  ${name}, ${customers.toLocaleString("en-US")} customers`
    );
    throw new FeiraError(
      "usage",
      `Cannot export customers: segment is ${segmentId}, must be all or one of\n${
        known.join("\n")
      }`,
    );
  }
  const rows = await warehouse.query(
    toSql(nameOf, segmentId),
    segmentId === "all" ? [] : [segmentId, segmentId],
  );
  return {
    segments: segments.map(({ segmented_at: _, ...segment }) => segment),
    rows,
    segmentedAt: published[0]!.segmented_at,
  };
}

/** Each customer once: the joined tables have one row for a customer, or are made so by `place`. */
function toSql(nameOf: (table: string) => string, segmentId: number | "all"): string {
  const fields = CAMPAIGN_FIELDS.map(({ name }) => name).join(", ");
  const chosen = segmentId === "all" ? "" : "where segment_id = ? or subsegment_id = ?";
  return `
    with chosen as (
      select * from ${nameOf("dim_customer_segmented")} ${chosen}
    ),
    categories as (
      select sales.customer_unique_id, products.product_category_name_english as preferred_category,
        row_number() over (
          partition by sales.customer_unique_id
          order by count(*) desc, sum(sales.price) desc, products.product_category_name_english
        ) as place
      from ${nameOf("fact_sales")} as sales
      inner join ${nameOf("dim_product")} as products on products.product_id = sales.product_id
      where products.product_category_name_english is not null
      group by sales.customer_unique_id, products.product_category_name_english
    ),
    payments as (
      select customer_unique_id, payment_type as preferred_payment,
        row_number() over (
          partition by customer_unique_id order by sum(payment_value) desc, payment_type
        ) as place
      from ${nameOf("fact_payments")}
      group by customer_unique_id, payment_type
    ),
    final as (
      select chosen.customer_unique_id, chosen.state, chosen.city, chosen.zip_code_prefix,
        chosen.segment_id, segments.name as segment_name, chosen.subsegment_id,
        subsegments.name as subsegment_name, chosen.margin, chosen.subsegment_margin,
        cast(features.recency as int64) as recency_days,
        cast(features.frequency as int64) as frequency,
        cast(features.monetary as numeric(18, 2)) as monetary_brl,
        chosen.last_order_at as last_purchase_at,
        categories.preferred_category, payments.preferred_payment,
        case when features.num_reviews > 0 then features.avg_review_score end as mean_review_score
      from chosen
      inner join ${nameOf("dim_segment")} as segments
        on segments.segment_id = chosen.segment_id
      left join ${nameOf("dim_segment")} as subsegments
        on subsegments.segment_id = chosen.subsegment_id
      left join ${nameOf("customer_features")} as features
        on features.customer_unique_id = chosen.customer_unique_id
      left join categories
        on categories.customer_unique_id = chosen.customer_unique_id and categories.place = 1
      left join payments
        on payments.customer_unique_id = chosen.customer_unique_id and payments.place = 1
    )
    select ${fields} from final order by customer_unique_id`;
}
