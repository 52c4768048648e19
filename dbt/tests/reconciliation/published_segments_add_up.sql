-- Guards the published segments: they are one model's, their sizes and shares are
-- those of the customers in them, and no fact is lost or doubled by joining them.
with
    customers as (
        select segment_id, count(*) as count_customers
        from {{ ref("stg_customer_segments") }}
        group by segment_id
    ),

    totals as (
        select
            (
                select count(distinct model_id)
                from
                    (
                        select model_id
                        from {{ ref("stg_segments") }}
                        union all
                        select model_id
                        from {{ ref("stg_customer_segments") }}
                    ) as models
            ) as count_models,
            (
                select sum(customer_share) from {{ ref("stg_segments") }}
            ) as customer_shares,
            (select sum(revenue_share) from {{ ref("stg_segments") }}) as revenue_shares
    ),

    joined as (
        {% for fact in [
            "fact_sales",
            "fact_orders",
            "fact_payments",
            "fact_reviews",
        ] -%}
            select
                (select count(*) from {{ ref(fact ~ "_segmented") }})
                - (select count(*) from {{ ref(fact) }}) as count_more,
                (
                    select count(*)
                    from {{ ref(fact ~ "_segmented") }}
                    where segment_id is null or segment_name is null
                ) as count_without
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select segments.segment_name as what
from {{ ref("stg_segments") }} as segments
left join customers on customers.segment_id = segments.segment_id
left join
    {{ ref("segment_scorecard") }} as scorecard
    on scorecard.segment_id = segments.segment_id
where
    segments.count_customers != coalesce(customers.count_customers, 0)
    or segments.count_customers is distinct from scorecard.count_customers
    or abs(segments.revenue_share - scorecard.revenue_share) > 0.000001
union all
select 'all segments'
from totals
where
    count_models != 1
    or abs(customer_shares - 1) > 0.000001
    or abs(revenue_shares - 1) > 0.000001
union all
select 'facts'
from joined
where count_more != 0 or count_without != 0
