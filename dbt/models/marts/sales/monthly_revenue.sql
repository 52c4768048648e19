{% set month_before = "lag(revenue) over (order by month_start)" %}
with
    days as (select * from {{ ref("dim_date") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    bounds as (
        select
            cast(min(order_purchase_timestamp) as date) as first_day,
            cast(max(order_purchase_timestamp) as date) as last_day
        from orders
    ),

    -- months without an order are months too
    months as (
        select
            days.month_start,
            days.year,
            days.month,
            min(days.date_day) >= min(bounds.first_day)
            and max(days.date_day) <= max(bounds.last_day) as is_whole_month
        from days
        cross join bounds
        where
            days.month_start >= {{ month_start("bounds.first_day") }}
            and days.month_start <= bounds.last_day
        group by days.month_start, days.year, days.month
    ),

    order_months as (
        select
            {{ month_start("order_purchase_timestamp") }} as month_start,
            count(*) as count_orders,
            count(distinct customer_unique_id) as count_customers
        from orders
        group by month_start
    ),

    new_customers as (
        select
            {{ month_start("first_order_at") }} as month_start,
            count(*) as count_new_customers
        from {{ ref("dim_customer") }}
        group by month_start
    ),

    sales_months as (
        select
            days.month_start,
            count(*) as count_items,
            cast(sum(sales.price) as numeric(18, 2)) as revenue,
            cast(
                sum(
                    case when sales.recognized_revenue then sales.price else 0 end
                ) as numeric(18, 2)
            ) as recognized_revenue,
            cast(sum(sales.freight_value) as numeric(18, 2)) as freight_value,
            sum(sales.order_count) as count_orders_with_items
        from {{ ref("fact_sales") }} as sales
        inner join days on days.date_id = sales.order_purchase_date_id
        group by days.month_start
    ),

    joined as (
        select
            months.*,
            coalesce(order_months.count_orders, 0) as count_orders,
            coalesce(order_months.count_customers, 0) as count_customers,
            coalesce(new_customers.count_new_customers, 0) as count_new_customers,
            coalesce(sales_months.count_items, 0) as count_items,
            coalesce(sales_months.revenue, 0) as revenue,
            coalesce(sales_months.recognized_revenue, 0) as recognized_revenue,
            coalesce(sales_months.freight_value, 0) as freight_value,
            coalesce(sales_months.count_orders_with_items, 0) as count_orders_with_items
        from months
        left join order_months on order_months.month_start = months.month_start
        left join new_customers on new_customers.month_start = months.month_start
        left join sales_months on sales_months.month_start = months.month_start
    ),

    final as (
        select
            month_start,
            year,
            month,
            is_whole_month,
            count_orders,
            count_customers,
            count_new_customers,
            count_items,
            revenue,
            recognized_revenue,
            freight_value,
            {{ share("revenue", "count_orders_with_items") }} as mean_order_revenue,
            {{ share("revenue - " ~ month_before, month_before) }} as revenue_growth
        from joined
    )

select *
from final
