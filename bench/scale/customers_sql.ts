/**
 * A query of DuckDB for synthetic customers: an id and the twelve features of the
 * mart `customer_features`, in its order. The same rows for the same number.
 *
 * Skewed and tied together as real ones are: one order for 97 of 100, log-normal
 * prices, payments that follow from prices and freight, more installments for
 * dearer baskets, review scores mostly 5 or 1; two pairs of features are the
 * same. Made of shares and moments only.
 */
export function customersSql(rows: number): string {
  return `
    with drawn as (
      select
        i, ${uniform(1)} as u_orders, ${uniform(2)} as u_items, ${uniform(7)} as u_recency,
        ${uniform(8)} as u_paid, ${uniform(9)} as u_review, ${uniform(12)} as u_split,
        ${normal(3)} as g_price, ${normal(5)} as g_freight
      from range(${rows}) as t(i)
    ),
    bought as (
      select *,
        1 + (u_orders > .969)::int + (u_orders > .9965)::int + (u_orders > .9993)::int as orders,
        exp(4.25 + .92 * g_price) as price,
        case
          when u_review < .007 then 0 when u_review < .122 then 1 when u_review < .153 then 2
          when u_review < .235 then 3 when u_review < .427 then 4 else 5
        end as review
      from drawn
    ),
    counted as (
      select *,
        orders + (u_items > .9)::int + (u_items > .972)::int + 2 * (u_items > .985)::int
          + 4 * (u_items > .997)::int as items
      from bought
    ),
    paid as (
      select *, price * items as monetary,
        items * 12 * exp(.45 * g_freight) + .04 * price * items as freight
      from counted
    )
    select
      printf('c%012d', i) as customer_unique_id,
      floor(730 * pow(u_recency, 1.5)) as recency,
      orders::double as frequency,
      round(monetary, 2) as monetary,
      orders::double as number_of_orders,
      round(price, 2) as avg_order_value,
      items::double as total_order_items,
      round(monetary + freight, 2) as total_payment_value,
      1 + least(23, case when u_split < .48 then 0
        else floor(-ln(u_paid) * (1.2 + .9 * greatest(0, ln(price) - 3))) end)
        as avg_payment_installments,
      review::double as avg_review_score,
      (orders - (u_review < .007)::int)::double as num_reviews,
      round(price, 2) as avg_product_category_value,
      least(items, orders + (u_items > .965)::int + (u_items > .99)::int)::double
        as num_unique_products
    from paid`;
}

/** A number above 0 and below 1 that hangs on the row and on which it is. */
function uniform(which: number): string {
  return `(((hash(i * 31 + ${which}) >> 11)::double + 0.5) / 9007199254740992.0)`;
}

/** A standard normal number, by Box and Muller; takes two uniform ones. */
function normal(which: number): string {
  return `(sqrt(-2 * ln(${uniform(which)})) * cos(2 * pi() * ${uniform(which + 1)}))`;
}
