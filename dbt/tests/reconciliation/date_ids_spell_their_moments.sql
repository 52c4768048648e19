-- Guards the links to dim_date: an id that resolves may still be another day's.
with
    pairs as (
        {% for moment in [
            "order_purchase_timestamp",
            "order_approved_at",
            "order_delivered_carrier_date",
            "order_delivered_customer_date",
            "order_estimated_delivery_date",
        ] -%}
            select
                'fact_orders' as fact,
                '{{ moment }}' as moment_name,
                {{ moment }} as moment,
                {{ lifecycle_date_id(moment) }} as date_id
            from {{ ref("fact_orders") }}
            union all
        {% endfor %}
        select
            'fact_fulfillment',
            'shipping_limit_date',
            shipping_limit_date,
            shipping_limit_date_id
        from {{ ref("fact_fulfillment") }}
        union all
        select
            'fact_reviews',
            'review_creation_date',
            review_creation_date,
            review_creation_date_id
        from {{ ref("fact_reviews") }}
        union all
        select
            'fact_reviews',
            'review_answer_timestamp',
            review_answer_timestamp,
            review_answer_date_id
        from {{ ref("fact_reviews") }}
    )

select pairs.fact, pairs.moment_name, pairs.moment, pairs.date_id
from pairs
left join {{ ref("dim_date") }} as days on days.date_id = pairs.date_id
where
    (pairs.moment is null) != (pairs.date_id is null)
    or (pairs.moment is not null and days.date_id is null)
    or cast(pairs.moment as date) != days.date_day
