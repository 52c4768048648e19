with
    sellers as (select * from {{ ref("stg_sellers") }}),

    states as (select * from {{ ref("brazilian_states") }}),

    final as (
        select
            sellers.seller_id,
            sellers.zip_code_prefix,
            sellers.city,
            sellers.state,
            states.state_name,
            states.region
        from sellers
        left join states on states.state = sellers.state
    )

select *
from final
