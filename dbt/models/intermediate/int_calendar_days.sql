with
    orders as (select * from {{ ref("stg_orders") }}),

    order_items as (select * from {{ ref("stg_order_items") }}),

    order_reviews as (select * from {{ ref("stg_order_reviews") }}),

    moments as (
        select order_purchase_timestamp as moment
        from orders
        union all
        select order_approved_at
        from orders
        union all
        select order_delivered_carrier_date
        from orders
        union all
        select order_delivered_customer_date
        from orders
        union all
        select order_estimated_delivery_date
        from orders
        union all
        -- the furthest into the future: 2020 in the published dataset
        select shipping_limit_date
        from order_items
        union all
        select review_creation_date
        from order_reviews
        union all
        select review_answer_timestamp
        from order_reviews
    ),

    bounds as (
        select
            extract(year from min(moment)) as first_year,
            extract(year from max(moment)) + 1 as last_year
        from moments
    ),

    calendar_days as (
        select date_day
        from
            {{
                every_day(
                    "(select first_year from bounds)",
                    "(select last_year from bounds)",
                )
            }}
    )

select *
from calendar_days
