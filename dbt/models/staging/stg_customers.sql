with
    source as (select * from {{ source("raw", "customers") }}),

    renamed as (
        select
            -- ids
            cast(customer_id as string) as customer_id,
            cast(customer_unique_id as string) as customer_unique_id,
            -- text
            cast(customer_zip_code_prefix as string) as zip_code_prefix,
            cast(customer_city as string) as city,
            cast(customer_state as string) as state,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
