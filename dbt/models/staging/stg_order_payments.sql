with
    source as (select * from {{ source("raw", "order_payments") }}),

    renamed as (
        select
            -- ids
            cast(order_id as string) as order_id,
            cast(payment_sequential as int64) as payment_sequential,
            -- text
            cast(payment_type as string) as payment_type,
            -- numerics
            cast(payment_installments as int64) as payment_installments,
            cast(payment_value as numeric(18, 2)) as payment_value,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
