-- Guards the history of the segments: its open versions are the published segments
-- and nothing else, and no two versions of a segment hold at one moment.
with
    segments as (select * from {{ ref("stg_segments") }}),

    versions as (select * from {{ ref("stg_segment_history") }}),

    open_versions as (select * from versions where valid_to is null),

    followed as (
        select
            segment_id,
            valid_to,
            lead(valid_from) over (
                partition by segment_id order by valid_from
            ) as next_from
        from versions
    )

select coalesce(segments.segment_id, open_versions.segment_id) as segment_id
from segments
full outer join open_versions on open_versions.segment_id = segments.segment_id
where
    segments.segment_id is null
    or open_versions.segment_id is null
    or segments.model_id != open_versions.model_id
    or segments.segment_name != open_versions.segment_name
    or segments.count_customers != open_versions.count_customers
    or segments.was_forced != open_versions.was_forced
    or open_versions.valid_from > segments.segmented_at
union all
select segment_id
from followed
where next_from is not null and (valid_to is null or valid_to > next_from)
