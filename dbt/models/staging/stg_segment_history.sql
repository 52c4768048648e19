-- beside what it reads: 04_transform answers for the staging dataset, and this is
-- built after 08_segment
{{ config(schema="analytics") }}

with
    source as (select * from {{ source("published", "dim_segment_history") }}),

    -- not cast: the contract is to see what was published
    renamed as (
        select
            -- ids
            segment_id,
            parent_segment_id,
            model_id,
            -- text
            name as segment_name,
            description,
            insight,
            strategy,
            evidence,
            profile,
            -- numerics
            level,
            customers as count_customers,
            customer_share,
            revenue_share,
            stability,
            -- booleans
            is_trustworthy,
            was_forced,
            -- timestamps
            valid_from,
            valid_to
        from source
    )

select *
from renamed
