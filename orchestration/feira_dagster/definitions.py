"""The code location: assets, jobs, the daily schedule and the automation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg

from feira_dagster.notebook_assets import notebook_asset
from feira_dagster.workspace import FeiraWorkspace

if TYPE_CHECKING:
    from feira_dagster.graph import Graph

EVERYTHING = "full_data_ml_pipeline"
MINUTES_BETWEEN_LOOKS = 5


@dg.definitions
def defs() -> dg.Definitions:
    """Build the code location of this checkout."""
    feira = FeiraWorkspace.from_environment()
    return build_definitions(feira, feira.graph())


def build_definitions(feira: FeiraWorkspace, graph: Graph) -> dg.Definitions:
    """Build the code location of a graph."""
    jobs = {name: _job(name, members) for name, members in graph.jobs.items()}
    return dg.Definitions(
        assets=[notebook_asset(notebook, graph, feira) for notebook in graph.notebooks],
        jobs=list(jobs.values()),
        schedules=[
            dg.ScheduleDefinition(
                name="daily",
                job=jobs[EVERYTHING],
                cron_schedule="0 6 * * *",
                execution_timezone="America/Sao_Paulo",
                description="Everything, every morning; what is fresh is not run again.",
            )
        ],
        sensors=[
            dg.AutomationConditionSensorDefinition(
                "stale_notebooks",
                target=dg.AssetSelection.all(),
                use_user_code_server=True,
                minimum_interval_seconds=MINUTES_BETWEEN_LOOKS * 60,
                description="Runs what `deno task status` calls stale, upstream first.",
            )
        ],
        resources={"feira": feira},
        # Notebooks run one after the other whichever executor there is; this one starts fastest.
        executor=dg.in_process_executor,
    )


def _job(name: str, members: tuple[str, ...]) -> dg.UnresolvedAssetJobDefinition:
    return dg.define_asset_job(
        name,
        selection=dg.AssetSelection.assets(*members),
        description=f"{members[0]} to {members[-1]}; stale upstream of the first runs before it.",
    )
