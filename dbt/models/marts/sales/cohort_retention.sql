with
    customers as (
        select * from {{ ref("dim_customer") }} where first_order_at is not null
    ),

    orders as (select * from {{ ref("fact_orders") }}),

    months as (select month_start from {{ ref("monthly_revenue") }}),

    cohorts as (
        select
            {{ month_start("first_order_at") }} as cohort_month,
            count(*) as count_customers
        from customers
        group by cohort_month
    ),

    activity as (
        select
            {{ month_start("customers.first_order_at") }} as cohort_month,
            {{ month_start("orders.order_purchase_timestamp") }} as active_month,
            count(distinct orders.customer_unique_id) as count_active,
            sum(orders.items_value) as revenue
        from orders
        inner join customers on customers.customer_unique_id = orders.customer_unique_id
        group by cohort_month, active_month
    ),

    -- every month since, whether anybody came back in it or not
    final as (
        select
            cohorts.cohort_month,
            cast(
                {{ months_between("cohorts.cohort_month", "months.month_start") }}
                as int64
            ) as months_since_first,
            months.month_start as active_month,
            cohorts.count_customers,
            coalesce(activity.count_active, 0) as count_active,
            {{ share("coalesce(activity.count_active, 0)", "cohorts.count_customers") }}
            as retention,
            cast(coalesce(activity.revenue, 0) as numeric(18, 2)) as revenue
        from cohorts
        inner join months on months.month_start >= cohorts.cohort_month
        left join
            activity
            on activity.cohort_month = cohorts.cohort_month
            and activity.active_month = months.month_start
    )

select *
from final
