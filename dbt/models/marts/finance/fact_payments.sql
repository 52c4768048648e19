{{ config(materialized="incremental", unique_key=["order_id", "payment_sequential"]) }}

with
    payments as (select * from {{ ref("stg_order_payments") }}),

    orders as (select * from {{ ref("stg_orders") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    final as (
        select
            payments.order_id,
            payments.payment_sequential,
            orders.customer_id,
            customers.customer_unique_id,
            cast(
                {{ date_id("orders.order_purchase_timestamp") }} as int64
            ) as order_purchase_date_id,
            payments.payment_type,
            payments.payment_installments,
            payments.payment_value,
            {{
                money_part(
                    "payments.payment_value",
                    "greatest(payments.payment_installments, 1)",
                )
            }} as installment_value,
            payments.payment_installments > 1 as is_installment_payment,
            payments.payment_type = 'credit_card' as is_credit_card_payment
        from payments
        inner join orders on orders.order_id = payments.order_id
        inner join customers on customers.customer_id = orders.customer_id
    )

select *
from final
