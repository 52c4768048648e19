with
    reviews as (select * from {{ ref("stg_order_reviews") }}),

    orders as (select * from {{ ref("stg_orders") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    -- a review that the source repeats over a customer's orders counts once for
    -- the customer, and once for each customer where it is repeated over several
    final as (
        select
            customers.customer_unique_id,
            reviews.review_id,
            avg(reviews.review_score) as review_score
        from reviews
        inner join orders on orders.order_id = reviews.order_id
        inner join customers on customers.customer_id = orders.customer_id
        group by customers.customer_unique_id, reviews.review_id
    )

select *
from final
