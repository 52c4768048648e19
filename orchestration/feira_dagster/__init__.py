"""The notebooks of Feira as Dagster assets.

Built from what ``deno task status --graph --json`` prints: which notebooks there are, what each
reads and writes, and which jobs they belong to are told by the notebooks and nowhere else.
"""

import warnings

import dagster as dg

# The link to a notebook's source is the one beta interface in use, and the version is pinned.
warnings.filterwarnings("ignore", ".*CodeReference", dg.BetaWarning)
