-- Guards the features' joins: a customer's orders, items and reviews are counted
-- for that customer and for nobody else, the repeated reviews once each.
with
    counts as (
        select
            'number_of_orders' as feature,
            (
                select sum(number_of_orders) from {{ ref("customer_features") }}
            ) as count_features,
            (select count(*) from {{ source("raw", "orders") }}) as count_raw
        union all
        select
            'total_order_items' as feature,
            (
                select sum(total_order_items) from {{ ref("customer_features") }}
            ) as count_features,
            (select count(*) from {{ source("raw", "order_items") }}) as count_raw
        union all
        select
            'num_reviews' as feature,
            (
                select sum(num_reviews) from {{ ref("customer_features") }}
            ) as count_features,
            (
                select
                    count(
                        distinct concat(reviews.review_id, customers.customer_unique_id)
                    )
                from {{ source("raw", "order_reviews") }} as reviews
                inner join
                    {{ source("raw", "orders") }} as orders
                    on orders.order_id = reviews.order_id
                inner join
                    {{ source("raw", "customers") }} as customers
                    on customers.customer_id = orders.customer_id
            ) as count_raw
    )

select feature, count_features, count_raw
from counts
where count_features != count_raw
