-- beside what it reads: 04_transform answers for the staging dataset, and this is
-- built after 08_segment
{{ config(schema="analytics") }}

with
    source as (select * from {{ source("published", "dim_customer_segmented") }}),

    -- not cast: the contract is to see what was published
    renamed as (
        select
            -- ids
            customer_unique_id,
            segment_id,
            subsegment_id,
            model_id,
            -- numerics
            neuron_x,
            neuron_y,
            distance,
            margin,
            subsegment_margin,
            -- timestamps
            segmented_at
        from source
    )

select *
from renamed
