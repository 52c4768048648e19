{{ config(materialized="view") }}

with
    sales as (select * from {{ ref("fact_sales") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    segments as (select * from {{ ref("stg_segments") }}),

    -- who came after the segments were published has none yet, and stays
    final as (
        select
            sales.order_id,
            sales.order_item_id,
            sales.product_id,
            sales.seller_id,
            sales.customer_unique_id,
            sales.order_purchase_date_id,
            sales.order_status,
            sales.price,
            sales.freight_value,
            sales.total_item_value,
            sales.order_count,
            sales.recognized_revenue,
            customer_segments.segment_id,
            segments.segment_name,
            customer_segments.subsegment_id,
            subsegments.segment_name as subsegment_name
        from sales
        left join
            customer_segments
            on customer_segments.customer_unique_id = sales.customer_unique_id
        left join segments on segments.segment_id = customer_segments.segment_id
        left join
            segments as subsegments
            on subsegments.segment_id = customer_segments.subsegment_id
    )

select *
from final
