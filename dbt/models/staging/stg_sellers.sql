with
    source as (select * from {{ source("raw", "sellers") }}),

    renamed as (
        select
            -- ids
            cast(seller_id as string) as seller_id,
            -- text
            cast(seller_zip_code_prefix as string) as zip_code_prefix,
            cast(seller_city as string) as city,
            cast(seller_state as string) as state,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
