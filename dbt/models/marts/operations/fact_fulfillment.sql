{{ config(materialized="incremental", unique_key=["order_id", "order_item_id"]) }}

with
    order_items as (select * from {{ ref("stg_order_items") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    final as (
        select
            order_items.order_id,
            order_items.order_item_id,
            order_items.product_id,
            order_items.seller_id,
            orders.customer_unique_id,
            orders.order_purchase_date_id,
            order_items.shipping_limit_date,
            cast(
                {{ date_id("order_items.shipping_limit_date") }} as int64
            ) as shipping_limit_date_id,
            orders.order_delivered_carrier_date,
            orders.order_delivered_customer_date,
            orders.order_estimated_delivery_date,
            orders.days_to_delivery as actual_delivery_days,
            orders.days_estimated as estimated_delivery_days,
            orders.days_late as delay_days,
            orders.is_delivered_late as delivery_delay_flag,
            coalesce(
                orders.order_delivered_carrier_date > order_items.shipping_limit_date,
                false
            ) as shipped_late_flag
        from order_items
        inner join orders on orders.order_id = order_items.order_id
    )

select *
from final
