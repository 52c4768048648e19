-- Guards the durations: days are calendar days and minutes whole ones, each between
-- the two moments that its description names.
with
    durations as (
        select
            order_id,
            minutes_to_approval
            is distinct from
            {{ minutes_between("order_purchase_timestamp", "order_approved_at") }}
            as is_wrong
        from {{ ref("fact_orders") }}
        {% for duration, start, end in [
                (
                    "days_to_carrier",
                    "order_purchase_timestamp",
                    "order_delivered_carrier_date",
                ),
                (
                    "days_to_delivery",
                    "order_purchase_timestamp",
                    "order_delivered_customer_date",
                ),
                (
                    "days_estimated",
                    "order_purchase_timestamp",
                    "order_estimated_delivery_date",
                ),
                (
                    "days_handling",
                    "order_approved_at",
                    "order_delivered_carrier_date",
                ),
                (
                    "days_in_transit",
                    "order_delivered_carrier_date",
                    "order_delivered_customer_date",
                ),
            ] -%}
            union all
            select
                order_id, {{ duration }} is distinct from {{ days_between(start, end) }}
            from {{ ref("fact_orders") }}
        {% endfor %}
        union all
        select
            fulfillment.order_id,
            fulfillment.actual_delivery_days is distinct from orders.days_to_delivery
            or fulfillment.estimated_delivery_days
            is distinct from orders.days_estimated
        from {{ ref("fact_fulfillment") }} as fulfillment
        inner join
            {{ ref("fact_orders") }} as orders on orders.order_id = fulfillment.order_id
        union all
        select
            order_id,
            response_minutes
            is distinct from
            {{ minutes_between("review_creation_date", "review_answer_timestamp") }}
        from {{ ref("fact_reviews") }}
    )

select order_id
from durations
where is_wrong
