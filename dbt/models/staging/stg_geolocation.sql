with
    source as (select * from {{ source("raw", "geolocation") }}),

    renamed as (
        select
            -- text
            cast(geolocation_zip_code_prefix as string) as zip_code_prefix,
            cast(geolocation_city as string) as city,
            cast(geolocation_state as string) as state,
            -- numerics
            {{ to_double("geolocation_lat") }} as latitude,
            {{ to_double("geolocation_lng") }} as longitude,
            -- timestamps
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
