import type { PurchaseLog } from "feira/lifetime";
import type { Warehouse } from "feira/warehouse";
import { FeiraError } from "feira/workspace";

/** Purchases of the customers of a matrix, by their place in it. */
export interface CustomerLog extends PurchaseLog {
  /** The day that the log's days are counted from, `2016-09-04`. */
  readonly firstDay: string;
}

/** An order that ended so was no purchase. */
const NOT_BOUGHT = ["canceled", "unavailable"];

/**
 * Reads from `fact_orders` on which days each customer bought, and for how much:
 * items' prices in BRL of orders that were not canceled and not out of stock.
 * Memory: 16 bytes per customer and day of purchase, and the ids once.
 *
 * @param customerIds `[customers]`; those who are not in the table have bought nothing
 * @throws {FeiraError} `data` when nothing was bought, or by somebody who is not in `customerIds`
 */
export async function readPurchaseLog(
  warehouse: Warehouse,
  dataset: string,
  customerIds: readonly string[],
): Promise<CustomerLog> {
  const { rows, texts, numbers } = await warehouse.columns(
    `select
       customer_unique_id,
       cast(order_purchase_timestamp as date) as purchase_day,
       sum(items_value) as value_brl
     from ${warehouse.nameOf(dataset, "fact_orders")}
     where items_value > 0 and order_status not in (${NOT_BOUGHT.map(() => "?").join(", ")})
     group by customer_unique_id, cast(order_purchase_timestamp as date)
     order by customer_unique_id, purchase_day`,
    NOT_BOUGHT,
  );
  if (rows === 0) {
    throw new FeiraError(
      "data",
      `Cannot read ${dataset}.fact_orders: found no purchases, must be at least one`,
    );
  }
  const places = new Map(customerIds.map((id, place) => [id, place]));
  const customer = Int32Array.from(texts.customer_unique_id!, (id) => places.get(id) ?? -1);
  const stranger = customer.indexOf(-1);
  if (stranger >= 0) {
    throw new FeiraError(
      "data",
      `Cannot read ${dataset}.fact_orders: found purchases of customer ${
        texts.customer_unique_id![stranger]
      }, must be one of the ${customerIds.length} customers of customer_features`,
    );
  }
  const days = texts.purchase_day!;
  const firstDay = days.reduce((first, day) => (day < first ? day : first));
  const start = Date.parse(firstDay);
  return {
    customers: customerIds.length,
    customer,
    // Dates without a time are UTC, where every day is as long.
    day: Int32Array.from(days, (day) => (Date.parse(day) - start) / 86_400_000),
    value: numbers.value_brl!,
    firstDay,
  };
}
