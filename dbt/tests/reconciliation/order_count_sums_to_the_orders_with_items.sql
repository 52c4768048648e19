-- Guards fact_sales.order_count: it is 1 on one item of each order, so that its
-- sum is the number of orders however the items are cut.
with
    orders as (
        select order_id, sum(order_count) as count_orders
        from {{ ref("fact_sales") }}
        group by order_id
    )

select order_id, count_orders
from orders
where count_orders != 1
