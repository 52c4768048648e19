with
    source as (select * from {{ source("raw", "products") }}),

    renamed as (
        select
            -- ids
            cast(product_id as string) as product_id,
            -- text
            cast(product_category_name as string) as product_category_name,
            -- numerics
            cast(product_name_lenght as int64) as product_name_length,
            cast(product_description_lenght as int64) as product_description_length,
            cast(product_photos_qty as int64) as product_photos_qty,
            cast(product_weight_g as int64) as product_weight_g,
            cast(product_length_cm as int64) as product_length_cm,
            cast(product_height_cm as int64) as product_height_cm,
            cast(product_width_cm as int64) as product_width_cm,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
