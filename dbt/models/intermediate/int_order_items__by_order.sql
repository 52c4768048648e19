with
    order_items as (select * from {{ ref("stg_order_items") }}),

    final as (
        select
            order_id,
            count(*) as count_items,
            count(distinct product_id) as count_products,
            count(distinct seller_id) as count_sellers,
            -- a product or a seller is the order's only where there is no other
            case
                when count(distinct product_id) = 1 then min(product_id)
            end as product_id,
            case
                when count(distinct seller_id) = 1 then min(seller_id)
            end as seller_id,
            cast(sum(price) as numeric(18, 2)) as items_value,
            cast(sum(freight_value) as numeric(18, 2)) as freight_value
        from order_items
        group by order_id
    )

select *
from final
