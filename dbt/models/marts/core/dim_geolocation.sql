with
    places as (select * from {{ ref("int_zip_prefix_places") }}),

    centres as (select * from {{ ref("int_zip_prefix_centres") }}),

    prefixes as (
        select
            places.zip_code_prefix,
            places.city,
            places.state,
            substr(places.zip_code_prefix, 1, 3) as sector,
            centres.latitude,
            centres.longitude,
            coalesce(centres.count_points, 0) as count_points,
            coalesce(centres.count_points_outside, 0) as count_points_outside
        from places
        left join centres on centres.zip_code_prefix = places.zip_code_prefix
    ),

    sectors as (
        select
            sector,
            {{ median("latitude") }} as latitude,
            {{ median("longitude") }} as longitude
        from prefixes
        where latitude is not null
        group by sector
    ),

    states as (
        select
            state,
            {{ median("latitude") }} as latitude,
            {{ median("longitude") }} as longitude
        from prefixes
        where latitude is not null
        group by state
    ),

    final as (
        select
            prefixes.zip_code_prefix,
            prefixes.city,
            prefixes.state,
            coalesce(prefixes.latitude, sectors.latitude, states.latitude) as latitude,
            coalesce(
                prefixes.longitude, sectors.longitude, states.longitude
            ) as longitude,
            prefixes.count_points,
            prefixes.count_points_outside,
            prefixes.latitude is null as is_imputed,
            case
                when prefixes.latitude is not null
                then null
                when sectors.latitude is not null
                then 'sector'
                when states.latitude is not null
                then 'state'
            end as imputed_from
        from prefixes
        left join sectors on sectors.sector = prefixes.sector
        left join states on states.state = prefixes.state
    )

select *
from final
