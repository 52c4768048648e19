{{ config(materialized="view") }}

with
    reviews as (select * from {{ ref("fact_reviews") }}),

    customer_segments as (select * from {{ ref("stg_customer_segments") }}),

    segments as (select * from {{ ref("stg_segments") }}),

    -- who came after the segments were published has none yet, and stays
    final as (
        select
            reviews.review_id,
            reviews.order_id,
            reviews.customer_unique_id,
            reviews.review_creation_date_id,
            reviews.review_score,
            reviews.response_minutes,
            reviews.has_comment,
            reviews.is_positive,
            reviews.is_negative,
            customer_segments.segment_id,
            segments.segment_name,
            customer_segments.subsegment_id,
            subsegments.segment_name as subsegment_name
        from reviews
        left join
            customer_segments
            on customer_segments.customer_unique_id = reviews.customer_unique_id
        left join segments on segments.segment_id = customer_segments.segment_id
        left join
            segments as subsegments
            on subsegments.segment_id = customer_segments.subsegment_id
    )

select *
from final
