{% snapshot dim_customer_history %}

    {{
        config(
            unique_key="customer_unique_id",
            check_cols=["zip_code_prefix", "city", "state"],
        )
    }}

    select customer_unique_id, zip_code_prefix, city, state, state_name, region
    from {{ ref("dim_customer") }}

{% endsnapshot %}
