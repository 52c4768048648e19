-- Guards what the facts repeat of their order: the person, the day, the status and
-- the delivery are the order's own, taken from staging and not from another fact.
with
    orders as (
        select
            orders.*,
            customers.customer_unique_id,
            customers.zip_code_prefix,
            customers.state,
            {{ date_id("orders.order_purchase_timestamp") }} as order_purchase_date_id
        from {{ ref("stg_orders") }} as orders
        inner join
            {{ ref("stg_customers") }} as customers
            on customers.customer_id = orders.customer_id
    ),

    disagreements as (
        {% for fact, columns in [
            (
                "fact_sales",
                [
                    "customer_id",
                    "customer_unique_id",
                    "order_purchase_date_id",
                    "order_status",
                ],
            ),
            ("fact_orders", ["customer_unique_id"]),
            (
                "fact_fulfillment",
                [
                    "customer_unique_id",
                    "order_purchase_date_id",
                    "order_delivered_carrier_date",
                    "order_delivered_customer_date",
                    "order_estimated_delivery_date",
                ],
            ),
            (
                "fact_payments",
                [
                    "customer_id",
                    "customer_unique_id",
                    "order_purchase_date_id",
                ],
            ),
            ("fact_reviews", ["customer_id", "customer_unique_id"]),
        ] -%}
            select '{{ fact }}' as fact, facts.order_id
            from {{ ref(fact) }} as facts
            left join orders on orders.order_id = facts.order_id
            where
                orders.order_id is null
                {% for column in columns -%}
                    or facts.{{ column }} is distinct from orders.{{ column }}
                {% endfor %}
            union all
        {% endfor %}
        select 'fact_orders', facts.order_id
        from {{ ref("fact_orders") }} as facts
        inner join orders on orders.order_id = facts.order_id
        where
            facts.delivery_zip_code_prefix != orders.zip_code_prefix
            or facts.delivery_state != orders.state
    )

select fact, order_id
from disagreements
