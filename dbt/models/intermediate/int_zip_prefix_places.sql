with
    geolocation as (select * from {{ ref("stg_geolocation") }}),

    customers as (select * from {{ ref("stg_customers") }}),

    sellers as (select * from {{ ref("stg_sellers") }}),

    mentions as (
        select zip_code_prefix, city, state, 1 as rank_of_source
        from geolocation
        union all
        select zip_code_prefix, city, state, 2
        from customers
        union all
        select zip_code_prefix, city, state, 2
        from sellers
    ),

    best_source as (
        select zip_code_prefix, min(rank_of_source) as rank_of_source
        from mentions
        group by zip_code_prefix
    ),

    -- addresses count only where geolocation knows nothing of the prefix
    counted as (
        select
            mentions.zip_code_prefix,
            mentions.state,
            mentions.city,
            count(*) as count_city
        from mentions
        inner join
            best_source
            on best_source.zip_code_prefix = mentions.zip_code_prefix
            and best_source.rank_of_source = mentions.rank_of_source
        group by mentions.zip_code_prefix, mentions.state, mentions.city
    ),

    -- the state by majority first, then the city among the state's mentions
    with_states as (
        select
            *, sum(count_city) over (partition by zip_code_prefix, state) as count_state
        from counted
    ),

    ranked as (
        select
            zip_code_prefix,
            city,
            state,
            row_number() over (
                partition by zip_code_prefix
                order by count_state desc, state, count_city desc, city
            ) as place
        from with_states
    ),

    final as (select zip_code_prefix, city, state from ranked where place = 1)

select *
from final
