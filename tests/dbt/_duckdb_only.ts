/** What DuckDB knows and BigQuery does not, as far as this project could be tempted. */
export const DUCKDB_ONLY = new RegExp(
  [
    "::\\w",
    "\\b(?:strftime|strptime|isodow|dayname|monthname|make_date|generate_series|try_cast)\\s*\\(",
    "\\b(?:list_\\w+|median|arg_max|arg_min|epoch|regexp_matches|quantile_\\w+|date_part)\\s*\\(",
    "\\bdate(?:_diff|_add|_sub|_trunc)\\s*\\(\\s*'",
    "\\bfilter\\s*\\(\\s*where\\b",
    "\\b(?:double|varchar|hugeint|bigint)\\b",
    "\\bexclude\\s*\\(",
    "\\bfull outer join\\s+\\S+\\s+on\\s+true\\b",
  ].join("|"),
  "i",
);
