import type { Warehouse } from "feira/warehouse";

/** Where a count belongs. */
export interface CountOf {
  readonly segment_id: number;
  /** Null where the segment is not divided. */
  readonly subsegment_id: number | null;
}

/** Customers of a kind: a category that they bought, a state, a way to pay. */
export interface KindCount extends CountOf {
  readonly kind: string;
  /** Each counted once, however often. */
  readonly customers: number;
}

/** What went through a way to pay. */
export interface PaymentCount extends KindCount {
  readonly paid_brl: number;
  /** Of that, paid in two installments or more. */
  readonly in_installments_brl: number;
}

/** Orders. */
export interface DeliveryCount extends CountOf {
  /** From purchase to delivery; null where it did not arrive. */
  readonly days: number | null;
  /** 1 where the order came after the day that was promised. */
  readonly is_late: 0 | 1;
  readonly orders: number;
}

/** Reviews of orders that arrived. */
export interface ReviewCount extends CountOf {
  readonly score: number;
  readonly is_late: 0 | 1;
  readonly reviews: number;
}

/** How clearly customers belong where they are. */
export interface MarginCount extends CountOf {
  readonly customers: number;
  /** Customers with less than the margin that was asked for, on each level. */
  readonly thin: number;
  readonly thin_within: number;
}

/** Counts by segment of the lowest level: what a portrait needs from the marts. */
export interface SegmentCounts {
  readonly categories: readonly KindCount[];
  readonly states: readonly KindCount[];
  readonly payments: readonly PaymentCount[];
  readonly deliveries: readonly DeliveryCount[];
  readonly reviews: readonly ReviewCount[];
  readonly margins: readonly MarginCount[];
}

/**
 * Below this share of the way a customer lies all but between two segments: the
 * next one is at most a ninth farther than its own.
 */
export const THIN_MARGIN = 0.1;

/**
 * Counts what the customers of each published segment bought, where they live,
 * how they paid, how parcels came and what they said, in the warehouse; only
 * counts come back, some thousand rows whatever the number of customers.
 *
 * @param dataset that holds the marts and `dim_customer_segmented`
 * @throws {WarehouseError} when one of them is not there
 */
export async function readSegmentCounts(
  warehouse: Warehouse,
  dataset: string,
): Promise<SegmentCounts> {
  const table = (name: string) => warehouse.nameOf(dataset, name);
  const count = <Row extends object>(
    measures: string,
    { from = "", by = "", where = "" }: { from?: string; by?: string; where?: string },
  ) =>
    warehouse.query<Row>(
      `select customers.segment_id, customers.subsegment_id, ${measures}
       from ${table("dim_customer_segmented")} as customers ${from} ${where && `where ${where}`}
       group by customers.segment_id, customers.subsegment_id${by && `, ${by}`}
       order by customers.segment_id, customers.subsegment_id${by && `, ${by}`}`,
    );
  const facts = (name: string, as: string) =>
    `inner join ${table(name)} as ${as}
       on ${as}.customer_unique_id = customers.customer_unique_id`;
  const category =
    "coalesce(products.product_category_name_english, products.product_category_name)";
  const late = "case when orders.is_delivered_late then 1 else 0 end";
  const buyers = "count(distinct customers.customer_unique_id) as customers";
  return {
    categories: await count(`${category} as kind, ${buyers}`, {
      from: `${facts("fact_sales", "sales")}
        inner join ${table("dim_product")} as products on products.product_id = sales.product_id`,
      where: `${category} is not null`,
      by: category,
    }),
    states: await count(`customers.state as kind, ${buyers}`, { by: "customers.state" }),
    payments: await count(
      `payments.payment_type as kind, ${buyers},
       sum(payments.payment_value) as paid_brl,
       sum(case when payments.is_installment_payment then payments.payment_value else 0 end)
         as in_installments_brl`,
      { from: facts("fact_payments", "payments"), by: "payments.payment_type" },
    ),
    deliveries: await count(
      `orders.days_to_delivery as days, ${late} as is_late, count(*) as orders`,
      {
        from: facts("fact_orders", "orders"),
        by: `orders.days_to_delivery, ${late}`,
      },
    ),
    reviews: await count(
      `reviews.review_score as score, ${late} as is_late, count(*) as reviews`,
      {
        from: `${facts("fact_reviews", "reviews")}
          inner join ${table("fact_orders")} as orders on orders.order_id = reviews.order_id`,
        where: "orders.days_to_delivery is not null",
        by: `reviews.review_score, ${late}`,
      },
    ),
    margins: await count(
      `count(*) as customers,
       sum(case when customers.margin < ${THIN_MARGIN} then 1 else 0 end) as thin,
       sum(case when customers.subsegment_margin < ${THIN_MARGIN} then 1 else 0 end)
         as thin_within`,
      {},
    ),
  };
}
