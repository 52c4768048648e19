import { join } from "node:path";
import { syntheticMarket, type TableName } from "feira/olist";

const NEEDED: readonly TableName[] = [
  "customers",
  "orders",
  "order_items",
  "order_payments",
  "order_reviews",
];

/**
 * Writes a synthetic market's tables as CSV and gives a query, in brackets, for
 * its customer matrix on DuckDB.
 *
 * The features are those of the mart `customer_features`, without the cleaning
 * that goes before it: a bench needs data of the right shape, not of the right
 * cent, and none of the Python that dbt takes.
 */
export async function syntheticCustomersSql(
  { orders, dir }: { orders: number; dir: string },
): Promise<string> {
  const market = syntheticMarket({ orders });
  for (const { name, csv } of market.tables) {
    if (!NEEDED.includes(name)) continue;
    const text = ReadableStream.from(csv()).pipeThrough(new TextEncoderStream());
    await Deno.writeFile(join(dir, `${name}.csv`), text as ReadableStream<Uint8Array>);
  }
  const from = (name: TableName) =>
    `(select distinct * from read_csv('${
      join(dir, `${name}.csv`).replaceAll("'", "''")
    }', all_varchar = true, header = true, quote = '"', escape = '"', null_padding = true))`;
  return `(
    with purchases as (
      select customer_unique_id, order_id,
        try_cast(order_purchase_timestamp as timestamp) as purchased_at
      from ${from("orders")} join ${from("customers")} using (customer_id)
    ),
    order_features as (
      select customer_unique_id, max(purchased_at) as last_at, count(distinct order_id) as orders
      from purchases group by all
    ),
    items as (
      select customer_unique_id, sum(try_cast(price as double)) as value,
        avg(try_cast(price as double)) as mean, count(*) as items,
        count(distinct product_id) as products
      from ${from("order_items")} join purchases using (order_id) group by all
    ),
    payments as (
      select customer_unique_id, sum(try_cast(payment_value as double)) as value,
        avg(try_cast(payment_installments as double)) as installments
      from ${from("order_payments")} join purchases using (order_id) group by all
    ),
    reviews as (
      select customer_unique_id, avg(try_cast(review_score as double)) as score,
        count(distinct review_id) as reviews
      from ${from("order_reviews")} join purchases using (order_id) group by all
    )
    select customer_unique_id,
      coalesce(datediff('day', last_at, (select max(last_at) from order_features)), 0) as recency,
      orders as frequency,
      coalesce(items.value, 0) as monetary,
      orders as number_of_orders,
      coalesce(items.mean, 0) as avg_order_value,
      coalesce(items.items, 0) as total_order_items,
      coalesce(payments.value, 0) as total_payment_value,
      coalesce(installments, 0) as avg_payment_installments,
      coalesce(score, 0) as avg_review_score,
      coalesce(reviews, 0) as num_reviews,
      coalesce(items.mean, 0) as avg_product_category_value,
      coalesce(products, 0) as num_unique_products
    from order_features
    left join items using (customer_unique_id)
    left join payments using (customer_unique_id)
    left join reviews using (customer_unique_id)
  )`;
}
