-- Guards the published segments: they are one model's, their sizes and shares are
-- those of the customers in them on both levels, a sub-segment's customers are its
-- parent's, and no fact is lost or doubled by joining them.
with
    segments as (select * from {{ ref("stg_segments") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    customers as (
        select segment_id, count(*) as count_customers
        from customer_segments
        group by segment_id
        union all
        select subsegment_id, count(*) as count_customers
        from customer_segments
        where subsegment_id is not null
        group by subsegment_id
    ),

    models as (
        select model_id
        from segments
        union all
        select model_id
        from customer_segments
    ),

    parts as (
        select
            parent_segment_id,
            sum(count_customers) as count_customers,
            sum(customer_share) as customer_share,
            sum(revenue_share) as revenue_share
        from segments
        where level = 2
        group by parent_segment_id
    ),

    totals as (
        select
            (select count(distinct model_id) from models) as count_models,
            sum(customer_share) as customer_shares,
            sum(revenue_share) as revenue_shares
        from segments
        where level = 1
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
                    where
                        segment_id is null
                        or segment_name is null
                        or (subsegment_id is null) != (subsegment_name is null)
                ) as count_without
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select segments.segment_name as what
from segments
left join customers on customers.segment_id = segments.segment_id
left join
    {{ ref("segment_scorecard") }} as scorecard
    on scorecard.segment_id = segments.segment_id
where
    segments.count_customers != coalesce(customers.count_customers, 0)
    or segments.count_customers is distinct from scorecard.count_customers
    or abs(segments.revenue_share - coalesce(scorecard.revenue_share, 0)) > 0.000001
union all
-- divided whole, or not at all
select segments.segment_name as what
from segments
inner join parts on parts.parent_segment_id = segments.segment_id
where
    segments.level != 1
    or segments.count_customers != parts.count_customers
    or abs(segments.customer_share - parts.customer_share) > 0.000001
    or abs(segments.revenue_share - parts.revenue_share) > 0.000001
union all
select 'a customer of a sub-segment with another parent'
from customer_segments
left join
    segments as subsegments on subsegments.segment_id = customer_segments.subsegment_id
left join parts on parts.parent_segment_id = customer_segments.segment_id
where
    subsegments.parent_segment_id is distinct from parts.parent_segment_id
    or (subsegments.level is not null and subsegments.level != 2)
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
