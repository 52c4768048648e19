"""The notebooks of Feira as Dagster assets.

Built from what ``deno task status --graph --json`` prints: which notebooks there are, what each
reads and writes, and which jobs they belong to are told by the notebooks and nowhere else.
"""

import warnings

import dagster as dg

# Links to a notebook's source and conditions of our own are beta; the version is pinned.
warnings.filterwarnings("ignore", ".*(CodeReference|use_user_code_server)", dg.BetaWarning)
