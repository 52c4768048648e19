{% snapshot dim_seller_history %}

    {{
        config(
            unique_key="seller_id",
            check_cols=["zip_code_prefix", "city", "state"],
        )
    }}

    select seller_id, zip_code_prefix, city, state, state_name, region
    from {{ ref("dim_seller") }}

{% endsnapshot %}
