{{ config(materialized="incremental", unique_key="review_id") }}

with
    reviews as (select * from {{ ref("stg_order_reviews") }}),

    orders as (select * from {{ ref("stg_orders") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    -- one checkout can become several orders; its one review is then repeated for each
    ranked as (
        select
            reviews.*,
            orders.customer_id,
            row_number() over (
                partition by reviews.review_id
                order by
                    reviews.review_answer_timestamp desc,
                    orders.order_purchase_timestamp,
                    reviews.order_id
            ) as place,
            count(*) over (partition by reviews.review_id) as count_orders
        from reviews
        inner join orders on orders.order_id = reviews.order_id
    ),

    final as (
        select
            ranked.review_id,
            ranked.order_id,
            ranked.customer_id,
            customers.customer_unique_id,
            ranked.count_orders,
            ranked.review_score,
            ranked.review_comment_title,
            ranked.review_comment_message,
            ranked.review_creation_date,
            ranked.review_answer_timestamp,
            cast(
                {{ date_id("ranked.review_creation_date") }} as int64
            ) as review_creation_date_id,
            cast(
                {{ date_id("ranked.review_answer_timestamp") }} as int64
            ) as review_answer_date_id,
            cast(
                {{
                    minutes_between(
                        "ranked.review_creation_date",
                        "ranked.review_answer_timestamp",
                    )
                }} as int64
            ) as response_minutes,
            ranked.review_comment_message is not null as has_comment,
            ranked.review_score >= 4 as is_positive,
            ranked.review_score <= 2 as is_negative
        from ranked
        inner join customers on customers.customer_id = ranked.customer_id
        where ranked.place = 1
    )

select *
from final
