{{ config(materialized="incremental", unique_key=["order_id", "order_item_id"]) }}

with
    order_items as (select * from {{ ref("stg_order_items") }}),

    orders as (select * from {{ ref("stg_orders") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    numbered as (
        select
            *, row_number() over (partition by order_id order by order_item_id) as place
        from order_items
    ),

    final as (
        select
            numbered.order_id,
            numbered.order_item_id,
            numbered.product_id,
            numbered.seller_id,
            orders.customer_id,
            customers.customer_unique_id,
            cast(
                {{ date_id("orders.order_purchase_timestamp") }} as int64
            ) as order_purchase_date_id,
            orders.order_status,
            numbered.price,
            numbered.freight_value,
            cast(
                numbered.price + numbered.freight_value as numeric(18, 2)
            ) as total_item_value,
            cast(
                case when numbered.place = 1 then 1 else 0 end as int64
            ) as order_count,
            orders.order_status = 'delivered' as recognized_revenue
        from numbered
        inner join orders on orders.order_id = numbered.order_id
        inner join customers on customers.customer_id = orders.customer_id
    )

select *
from final
