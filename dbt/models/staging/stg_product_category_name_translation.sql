with
    source as (select * from {{ source("raw", "product_category_name_translation") }}),

    renamed as (
        select
            -- text
            cast(product_category_name as string) as product_category_name,
            cast(
                product_category_name_english as string
            ) as product_category_name_english,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
