-- fact_reviews keeps one row of a review that the source repeats, and with it one
-- customer. All 28 repeated reviews measured are repeated over the orders of one
-- person; where one is not, the other person's review is in int_customer_reviews
-- and the features only, so it warns.
{{
    config(
        severity="warn",
        meta={
            "on_the_subset": 0,
            "reason": "fact_reviews keeps one customer of a review; another person of a repeated one is in int_customer_reviews and the features only.",
        },
    )
}}

select review_id, count(distinct customer_unique_id) as count_customers
from {{ ref("int_customer_reviews") }}
group by review_id
having count(distinct customer_unique_id) > 1
