-- A customer is asked for a review after buying.
{{
    config(
        severity="warn",
        meta={
            "on_the_subset": 46,
            "reason": "The source dates a few surveys before the purchase that they are about.",
        },
    )
}}

select reviews.review_id
from {{ ref("fact_reviews") }} as reviews
inner join {{ ref("fact_orders") }} as orders on orders.order_id = reviews.order_id
where reviews.review_creation_date_id < orders.order_purchase_date_id
