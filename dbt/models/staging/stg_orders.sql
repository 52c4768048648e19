with
    source as (select * from {{ source("raw", "orders") }}),

    renamed as (
        select
            -- ids
            cast(order_id as string) as order_id,
            cast(customer_id as string) as customer_id,
            -- text
            cast(order_status as string) as order_status,
            -- timestamps
            cast(order_purchase_timestamp as datetime) as order_purchase_timestamp,
            cast(order_approved_at as datetime) as order_approved_at,
            cast(
                order_delivered_carrier_date as datetime
            ) as order_delivered_carrier_date,
            cast(
                order_delivered_customer_date as datetime
            ) as order_delivered_customer_date,
            cast(
                order_estimated_delivery_date as datetime
            ) as order_estimated_delivery_date,
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
