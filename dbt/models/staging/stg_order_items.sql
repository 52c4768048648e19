with
    source as (select * from {{ source("raw", "order_items") }}),

    renamed as (
        select
            -- ids
            cast(order_id as string) as order_id,
            cast(order_item_id as int64) as order_item_id,
            cast(product_id as string) as product_id,
            cast(seller_id as string) as seller_id,
            -- numerics
            cast(price as numeric(18, 2)) as price,
            cast(freight_value as numeric(18, 2)) as freight_value,
            -- timestamps
            cast(shipping_limit_date as datetime) as shipping_limit_date,
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
