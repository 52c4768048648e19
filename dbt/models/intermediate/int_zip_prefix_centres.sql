with
    geolocation as (select * from {{ ref("stg_geolocation") }}),

    -- whole rows repeat in the source, the same point also under several spellings of
    -- its city
    points as (
        select distinct
            zip_code_prefix,
            latitude,
            longitude,
            -- the bounding box of Brazil with its islands
            latitude between -33.8 and 5.3
            and longitude between -74.0 and -28.6 as is_in_brazil
        from geolocation
    ),

    final as (
        select
            zip_code_prefix,
            {{ median("case when is_in_brazil then latitude end") }} as latitude,
            {{ median("case when is_in_brazil then longitude end") }} as longitude,
            count(*) as count_points,
            count(case when not is_in_brazil then 1 end) as count_points_outside
        from points
        group by zip_code_prefix
    )

select *
from final
