{{ config(materialized="view") }}

with
    payments as (select * from {{ ref("fact_payments") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    segments as (select * from {{ ref("stg_segments") }}),

    -- who came after the segments were published has none yet, and stays
    final as (
        select
            payments.order_id,
            payments.payment_sequential,
            payments.customer_unique_id,
            payments.order_purchase_date_id,
            payments.payment_type,
            payments.payment_installments,
            payments.payment_value,
            payments.installment_value,
            payments.is_installment_payment,
            payments.is_credit_card_payment,
            customer_segments.segment_id,
            segments.segment_name,
            customer_segments.subsegment_id,
            subsegments.segment_name as subsegment_name
        from payments
        left join
            customer_segments
            on customer_segments.customer_unique_id = payments.customer_unique_id
        left join segments on segments.segment_id = customer_segments.segment_id
        left join
            segments as subsegments
            on subsegments.segment_id = customer_segments.subsegment_id
    )

select *
from final
