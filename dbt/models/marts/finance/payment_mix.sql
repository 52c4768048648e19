with
    payments as (select * from {{ ref("fact_payments") }}),

    days as (select * from {{ ref("dim_date") }}),

    mix as (
        select
            days.month_start,
            payments.payment_type,
            count(*) as count_payments,
            count(distinct payments.order_id) as count_orders,
            cast(sum(payments.payment_value) as numeric(18, 2)) as payment_value,
            {{ to_double("avg(payments.payment_installments)") }} as mean_installments
        from payments
        inner join days on days.date_id = payments.order_purchase_date_id
        group by days.month_start, payments.payment_type
    ),

    final as (
        select
            month_start,
            payment_type,
            count_payments,
            count_orders,
            payment_value,
            {{
                share(
                    "payment_value",
                    "sum(payment_value) over (partition by month_start)",
                )
            }} as share_of_value,
            {{ share("payment_value", "count_payments") }} as mean_payment_value,
            mean_installments
        from mix
    )

select *
from final
