{{ config(materialized="incremental", unique_key="order_id") }}

with
    orders as (select * from {{ ref("stg_orders") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    items as (select * from {{ ref("int_order_items__by_order") }}),

    final as (
        select
            orders.order_id,
            orders.customer_id,
            customers.customer_unique_id,
            items.product_id,
            items.seller_id,
            customers.zip_code_prefix as delivery_zip_code_prefix,
            customers.state as delivery_state,
            orders.order_status,

            orders.order_purchase_timestamp,
            orders.order_approved_at,
            orders.order_delivered_carrier_date,
            orders.order_delivered_customer_date,
            orders.order_estimated_delivery_date,

            {% for moment in [
                "order_purchase_timestamp",
                "order_approved_at",
                "order_delivered_carrier_date",
                "order_delivered_customer_date",
                "order_estimated_delivery_date",
            ] -%}
                cast(
                    {{ date_id("orders." ~ moment) }} as int64
                ) as {{ lifecycle_date_id(moment) }},
            {% endfor %}

            cast(
                {{
                    minutes_between(
                        "orders.order_purchase_timestamp", "orders.order_approved_at"
                    )
                }} as int64
            ) as minutes_to_approval,
            {% for start, end, duration in [
                (
                    "purchase_timestamp",
                    "delivered_carrier_date",
                    "days_to_carrier",
                ),
                (
                    "purchase_timestamp",
                    "delivered_customer_date",
                    "days_to_delivery",
                ),
                (
                    "purchase_timestamp",
                    "estimated_delivery_date",
                    "days_estimated",
                ),
                ("approved_at", "delivered_carrier_date", "days_handling"),
                (
                    "delivered_carrier_date",
                    "delivered_customer_date",
                    "days_in_transit",
                ),
                (
                    "estimated_delivery_date",
                    "delivered_customer_date",
                    "days_late",
                ),
            ] -%}
                cast(
                    {{ days_between("orders.order_" ~ start, "orders.order_" ~ end) }}
                    as int64
                ) as {{ duration }},
            {% endfor %}

            orders.order_status = 'delivered' as is_delivered,
            coalesce(
                cast(orders.order_delivered_customer_date as date)
                > cast(orders.order_estimated_delivery_date as date),
                false
            ) as is_delivered_late,
            coalesce(items.count_items, 0) as count_items,
            coalesce(items.count_products, 0) as count_products,
            coalesce(items.count_sellers, 0) as count_sellers,
            coalesce(items.items_value, 0) as items_value,
            coalesce(items.freight_value, 0) as freight_value,
            cast(
                coalesce(items.items_value + items.freight_value, 0) as numeric(18, 2)
            ) as order_value
        from orders
        inner join customers on customers.customer_id = orders.customer_id
        left join items on items.order_id = orders.order_id
    )

select *
from final
