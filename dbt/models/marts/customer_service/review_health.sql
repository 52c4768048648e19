with
    reviews as (select * from {{ ref("fact_reviews") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    final as (
        select
            {{ month_start("reviews.review_creation_date") }} as month_start,
            count(*) as count_reviews,
            {{ to_double("avg(reviews.review_score)") }} as mean_score,
            count(case when reviews.is_positive then 1 end) as count_positive,
            count(case when reviews.is_negative then 1 end) as count_negative,
            {{ share("count(case when reviews.is_positive then 1 end)", "count(*)") }}
            as positive_share,
            {{ share("count(case when reviews.is_negative then 1 end)", "count(*)") }}
            as negative_share,
            {{ share("count(case when reviews.has_comment then 1 end)", "count(*)") }}
            as comment_share,
            {{ to_double(median("reviews.response_minutes") ~ " / 60") }}
            as median_response_hours,
            count(case when orders.days_late <= 0 then 1 end) as count_punctual,
            count(case when orders.is_delivered_late then 1 end) as count_late,
            {{
                to_double(
                    "avg(case when orders.days_late <= 0 then reviews.review_score end)"
                )
            }} as mean_score_punctual,
            {{
                to_double(
                    "avg(case when orders.is_delivered_late then reviews.review_score end)"
                )
            }}
            as mean_score_late
        from reviews
        inner join orders on orders.order_id = reviews.order_id
        group by month_start
    )

select *
from final
