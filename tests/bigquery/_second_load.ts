import type { Warehouse } from "feira/warehouse";

/** What is changed: ids of the market, the same on both engines. */
interface Chosen {
  /** An order that goes, with all that belongs to it. */
  readonly gone: string;
  readonly goneCustomer: string;
  /** An order that has arrived late meanwhile. */
  readonly late: string;
  readonly product: string;
  readonly seller: string;
}

/** Changes the raw tables as a later load would: old rows and new ones of every kind. */
export async function changeRaw(warehouse: Warehouse, raw: string): Promise<void> {
  const table = (name: string) => warehouse.nameOf(raw, name);
  for (const sql of changes(table, await choose(warehouse, table))) await warehouse.query(sql);
}

async function choose(warehouse: Warehouse, table: (name: string) => string): Promise<Chosen> {
  const orders = await warehouse.query<Record<"order_id" | "customer_id", string>>(
    `select order_id, customer_id from ${table("orders")}
     where order_status = 'delivered' order by order_id limit 2`,
  );
  const [item] = await warehouse.query<Record<"product_id" | "seller_id", string>>(
    `select product_id, seller_id from ${table("order_items")} order by product_id limit 1`,
  );
  return {
    gone: orders[0]!.order_id,
    goneCustomer: orders[0]!.customer_id,
    late: orders[1]!.order_id,
    product: item!.product_id,
    seller: item!.seller_id,
  };
}

function changes(
  table: (name: string) => string,
  { gone, goneCustomer, late, product, seller }: Chosen,
): readonly string[] {
  const ofGone = ["orders", "order_items", "order_payments", "order_reviews"];
  return [
    // A product gets heavier, another is new, a seller and a customer move.
    `update ${table("products")} set product_weight_g = 4321 where product_id = '${product}'`,
    `insert into ${table("products")} select * replace ('new product' as product_id)
     from ${table("products")} where product_id = '${product}'`,
    `update ${table("sellers")} set seller_city = 'manaus', seller_state = 'AM'
     where seller_id = '${seller}'`,
    `insert into ${table("customers")}
     select * replace ('new customer' as customer_id, 'recife' as customer_city,
       'PE' as customer_state) from ${table("customers")} where customer_id = '${goneCustomer}'`,
    // The customer's old order is gone, a new one is on its way, without items yet.
    `insert into ${table("orders")}
     select * replace ('new order' as order_id, 'new customer' as customer_id,
       'shipped' as order_status, cast(null as datetime) as order_delivered_customer_date)
     from ${table("orders")} where order_id = '${gone}'`,
    `delete from ${table("customers")} where customer_id = '${goneCustomer}'`,
    ...ofGone.map((name) => `delete from ${table(name)} where order_id = '${gone}'`),
    // Another has arrived after all, late; its payment was corrected, its review is bad.
    `update ${table("orders")} set order_delivered_customer_date =
     cast('2019-01-02 03:04:05' as datetime) where order_id = '${late}'`,
    `update ${table("order_payments")} set payment_value = payment_value + 1
     where order_id = '${late}'`,
    `update ${table("order_reviews")} set review_score = 1 where order_id = '${late}'`,
  ];
}
