{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("fact_orders") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    segments as (select * from {{ ref("stg_segments") }}),

    -- who came after the segments were published has none yet, and stays
    final as (
        select
            orders.order_id,
            orders.customer_unique_id,
            orders.delivery_state,
            orders.order_status,
            orders.order_purchase_date_id,
            orders.order_delivered_customer_date_id,
            orders.days_to_delivery,
            orders.days_late,
            orders.is_delivered,
            orders.is_delivered_late,
            orders.count_items,
            orders.items_value,
            orders.freight_value,
            orders.order_value,
            customer_segments.segment_id,
            segments.segment_name,
            customer_segments.subsegment_id,
            subsegments.segment_name as subsegment_name
        from orders
        left join
            customer_segments
            on customer_segments.customer_unique_id = orders.customer_unique_id
        left join segments on segments.segment_id = customer_segments.segment_id
        left join
            segments as subsegments
            on subsegments.segment_id = customer_segments.subsegment_id
    )

select *
from final
