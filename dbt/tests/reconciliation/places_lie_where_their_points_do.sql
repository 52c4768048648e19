-- Guards the centres: one that is not imputed lies among the prefix's own points in
-- Brazil, and city and state are a pair that some row of the prefix has.
with
    mentions as (
        select zip_code_prefix, city, state, latitude, longitude
        from {{ ref("stg_geolocation") }}
        where latitude between -33.8 and 5.3 and longitude between -74.0 and -28.6
        union all
        select zip_code_prefix, city, state, null, null
        from {{ ref("stg_geolocation") }}
        union all
        select zip_code_prefix, city, state, null, null
        from {{ ref("stg_customers") }}
        union all
        select zip_code_prefix, city, state, null, null
        from {{ ref("stg_sellers") }}
    ),

    surroundings as (
        select
            places.zip_code_prefix,
            places.is_imputed,
            places.latitude between min(points.latitude) and max(points.latitude)
            and places.longitude
            between min(points.longitude) and max(points.longitude) as is_among_them,
            count(points.latitude) as count_points,
            count(
                case
                    when points.city = places.city and points.state = places.state
                    then 1
                end
            ) as count_same_place
        from {{ ref("dim_geolocation") }} as places
        left join mentions as points on points.zip_code_prefix = places.zip_code_prefix
        group by
            places.zip_code_prefix, places.is_imputed, places.latitude, places.longitude
    )

select zip_code_prefix
from surroundings
where
    count_same_place = 0
    or is_imputed != (count_points = 0)
    or (not is_imputed and not coalesce(is_among_them, false))
