-- Guards the rule for repeated reviews: the row kept is one of the source's, as it
-- is there, and the source has none of the same review that was answered later.
with
    kept as (
        select
            facts.review_id,
            facts.review_answer_timestamp,
            count(
                case
                    when
                        facts.order_id = reviews.order_id
                        and facts.review_score = reviews.review_score
                        and facts.review_comment_title
                        is not distinct from reviews.review_comment_title
                        and facts.review_comment_message
                        is not distinct from reviews.review_comment_message
                        and facts.review_creation_date = reviews.review_creation_date
                        and facts.review_answer_timestamp
                        = reviews.review_answer_timestamp
                    then 1
                end
            ) as count_same,
            count(reviews.order_id) - max(facts.count_orders) as count_more_orders,
            max(reviews.review_answer_timestamp) as last_answer
        from {{ ref("fact_reviews") }} as facts
        left join
            {{ ref("stg_order_reviews") }} as reviews
            on reviews.review_id = facts.review_id
        group by facts.review_id, facts.review_answer_timestamp
    )

select review_id
from kept
where
    count_same != 1 or count_more_orders != 0 or review_answer_timestamp != last_answer
