"""Which notebooks Dagster asks for by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import dagster as dg

from feira_dagster.workspace import FeiraWorkspace

if TYPE_CHECKING:
    from datetime import datetime


class NotebookIsStale(dg.AutomationCondition[dg.AssetKey]):
    """True of a notebook that ``deno task status`` calls stale.

    Feira compares contents: code, imported modules, parameters, files and tables. Dagster's own
    conditions know of none of these, only of materializations.
    """

    @property
    def name(self) -> str:
        """What the evaluation is called in the user interface."""
        return "notebook_is_stale"

    def evaluate(
        self, context: dg.AutomationContext[dg.AssetKey]
    ) -> dg.AutomationResult[dg.AssetKey]:
        """Look the notebook up among the stale ones of this tick."""
        is_stale = context.key.to_user_string() in _stale_notebooks(context.evaluation_time)
        subset = context.candidate_subset if is_stale else context.get_empty_subset()
        return dg.AutomationResult(context, true_subset=subset)


def when_stale() -> dg.AutomationCondition[dg.AssetKey]:
    """Ask for a notebook when it is stale, upstream first, unless it is at work or has failed.

    All that are stale go into one run, in the order of the graph. A notebook that failed would
    fail again: it waits for the schedule or for a person.
    """
    condition = (
        NotebookIsStale()
        & ~dg.AutomationCondition.in_progress()
        & ~dg.AutomationCondition.any_deps_in_progress()
        & ~dg.AutomationCondition.execution_failed()
    )
    return condition.with_label("when Feira calls it stale")


@lru_cache(maxsize=1)
def _stale_notebooks(_tick: datetime) -> frozenset[str]:
    """Ask once per tick, not once per notebook."""
    graph = FeiraWorkspace.from_environment().graph()
    return frozenset(notebook.name for notebook in graph.notebooks if notebook.is_stale)
