with
    source as (select * from {{ source("raw", "order_reviews") }}),

    renamed as (
        select
            -- ids
            cast(review_id as string) as review_id,
            cast(order_id as string) as order_id,
            -- text
            cast(review_comment_title as string) as review_comment_title,
            cast(review_comment_message as string) as review_comment_message,
            -- numerics
            cast(review_score as int64) as review_score,
            -- timestamps
            cast(review_creation_date as datetime) as review_creation_date,
            cast(review_answer_timestamp as datetime) as review_answer_timestamp,
            cast(load_timestamp as datetime) as load_timestamp
        from source
    )

select *
from renamed
