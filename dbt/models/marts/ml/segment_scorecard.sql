{{ config(materialized="view") }}

-- a customer of a divided segment counts for the segment and for the sub-segment
{% set levels = ["segment_id", "subsegment_id"] %}

with
    segments as (select * from {{ ref("stg_segments") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    orders as (select * from {{ ref("fact_orders_segmented") }}),

    payments as (select * from {{ ref("fact_payments_segmented") }}),

    reviews as (select * from {{ ref("fact_reviews_segmented") }}),

    segment_customers as (
        {% for level in levels -%}
            select {{ level }} as segment_id, count(*) as count_customers
            from customer_segments
            group by {{ level }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    segment_orders as (
        {% for level in levels -%}
            select
                {{ level }} as segment_id,
                count(*) as count_orders,
                sum(items_value) as revenue,
                count(days_to_delivery) as count_arrived,
                count(case when is_delivered_late then 1 end) as count_late
            from orders
            group by {{ level }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    segment_payments as (
        {% for level in levels -%}
            select
                {{ level }} as segment_id,
                sum(payment_value) as payment_value,
                sum(
                    case when is_installment_payment then payment_value else 0 end
                ) as installment_value
            from payments
            group by {{ level }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    segment_reviews as (
        {% for level in levels -%}
            select {{ level }} as segment_id, avg(review_score) as mean_review_score
            from reviews
            group by {{ level }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    final as (
        select
            segments.segment_id,
            segments.segment_name,
            segments.level,
            segments.parent_segment_id,
            coalesce(segment_customers.count_customers, 0) as count_customers,
            coalesce(segment_orders.count_orders, 0) as count_orders,
            {{
                share(
                    "segment_orders.count_orders",
                    "segment_customers.count_customers",
                )
            }} as orders_per_customer,
            cast(coalesce(segment_orders.revenue, 0) as numeric(18, 2)) as revenue,
            {{
                share(
                    "segment_orders.revenue",
                    "sum(case when segments.level = 1 then segment_orders.revenue end) over ()",
                )
            }}
            as revenue_share,
            {{ share("segment_orders.revenue", "segment_customers.count_customers") }}
            as revenue_per_customer,
            {{
                share(
                    "segment_payments.installment_value",
                    "segment_payments.payment_value",
                )
            }} as installment_share,
            {{ share("segment_orders.count_late", "segment_orders.count_arrived") }}
            as late_share,
            {{ to_double("segment_reviews.mean_review_score") }} as mean_review_score
        from segments
        left join
            segment_customers on segment_customers.segment_id = segments.segment_id
        left join segment_orders on segment_orders.segment_id = segments.segment_id
        left join segment_payments on segment_payments.segment_id = segments.segment_id
        left join segment_reviews on segment_reviews.segment_id = segments.segment_id
    )

select *
from final
