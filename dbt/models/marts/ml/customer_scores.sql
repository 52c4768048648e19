with
    features as (select * from {{ ref("customer_features") }}),

    model as (select * from {{ source("scorer", "segment_model") }}),

    scaler as (select * from {{ source("scorer", "segment_scaler") }}),

    prototypes as (select * from {{ source("scorer", "segment_prototypes") }}),

    published as (select * from {{ source("published", "dim_customer_segmented") }}),

    -- a value that a customer does not have counts as the mean
    vectors as (
        select
            features.customer_unique_id,
            scaler.level,
            coalesce(scaler.parent_segment_id, -1) as part,
            array_agg(
                coalesce(
                    ({{ feature_value("scaler.feature", "features") }} - scaler.mean)
                    / scaler.deviation,
                    0
                )
                order by scaler.position
            ) as x
        from features
        cross join scaler
        group by features.customer_unique_id, scaler.level, scaler.parent_segment_id
    ),

    weights as (
        select
            level,
            coalesce(parent_segment_id, -1) as part,
            prototype,
            segment_id,
            array_agg(weight order by position) as weights
        from prototypes
        group by level, parent_segment_id, prototype, segment_id
    ),

    neurons as (select * from weights where level = 1),

    centres as (select * from weights where level = 2),

    vectors_of_map as (select * from vectors where level = 1),

    nearest_neurons as ({{ nearest_of_each_segment("vectors_of_map", "neurons") }}),

    segments as ({{ nearest_with_margin("nearest_neurons") }}),

    vectors_of_parts as (
        select vectors.customer_unique_id, vectors.part, vectors.x
        from vectors
        inner join
            segments
            on segments.customer_unique_id = vectors.customer_unique_id
            and segments.segment_id = vectors.part
        where vectors.level = 2
    ),

    nearest_centres as ({{ nearest_of_each_segment("vectors_of_parts", "centres") }}),

    subsegments as ({{ nearest_with_margin("nearest_centres") }}),

    final as (
        select
            segments.customer_unique_id,
            segments.segment_id,
            subsegments.segment_id as subsegment_id,
            {{ whole_quotient("segments.prototype", "model.map_height") }} as neuron_x,
            mod(segments.prototype, model.map_height) as neuron_y,
            segments.distance,
            segments.margin,
            subsegments.margin as subsegment_margin,
            segments.distance > model.unlike_distance as is_unlike,
            published.customer_unique_id is null as is_new,
            published.customer_unique_id is not null
            and (
                published.segment_id != segments.segment_id
                or coalesce(published.subsegment_id, -1)
                != coalesce(subsegments.segment_id, -1)
            ) as has_moved,
            model.model_id
        from segments
        cross join model
        left join
            subsegments on subsegments.customer_unique_id = segments.customer_unique_id
        left join
            published on published.customer_unique_id = segments.customer_unique_id
    )

select *
from final
