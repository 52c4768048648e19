"""One asset per notebook."""

# No `from __future__ import annotations`: Dagster reads the annotations of its functions.
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import dagster as dg

from feira_dagster.graph import Graph, Notebook
from feira_dagster.results import check_results, check_specs, run_metadata
from feira_dagster.run_events import Finished, parse_line
from feira_dagster.staleness import when_stale
from feira_dagster.workspace import FeiraWorkspace

POOL = "feira_workspace"
"""A workspace takes one run at a time; see instance.yaml."""

FRESHNESS = dg.FreshnessPolicy.time_window(
    warn_window=timedelta(hours=26), fail_window=timedelta(hours=50)
)
"""One daily run that is late warns, two that are missing fail."""

ENVIRONMENT_AT_FAULT = 2
"""The exit code of a run that another one kept out, or that could not reach something."""

RETRIES = 2
SECONDS_BETWEEN_TRIES = 60

GUIDE_NAMES = {
    "01_ingest": "kaggle_raw_data",
    "02_clean": "cleaned_dataframes",
    "03_load": "bigquery_raw_tables",
    "04_transform": "olist_dbt_models",
}
"""What the project's guide calls the assets of these notebooks; a tag to search by."""


def notebook_asset(
    notebook: Notebook, graph: Graph, workspace: FeiraWorkspace
) -> dg.AssetsDefinition:
    """Return the asset of a notebook: what it writes, and how it is made."""

    @dg.asset(
        name=notebook.name,
        deps=notebook.upstream,
        description=_describe(notebook),
        group_name=graph.narrowest_job(notebook),
        kinds={"jupyter", "typescript", *([graph.warehouse] if notebook.tables else [])},
        tags={"feira/guide": GUIDE_NAMES[notebook.name]} if notebook.name in GUIDE_NAMES else {},
        metadata=_describe_resources(notebook, workspace),
        check_specs=check_specs(notebook, graph),
        freshness_policy=FRESHNESS,
        automation_condition=when_stale(),
        pool=POOL,
    )
    def compute(
        context: dg.AssetExecutionContext, feira: FeiraWorkspace
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        yield from _run(notebook, graph, context, feira)

    return compute


def _run(
    notebook: Notebook, graph: Graph, context: dg.AssetExecutionContext, feira: FeiraWorkspace
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
    finished: dict[str, Finished] = {}
    last_words: list[str] = []

    def on_line(text: str) -> None:
        line = parse_line(text)
        if line.text:
            context.log.info(line.text)
        if not line.is_event:
            last_words.append(line.text)
        if line.finished:
            finished[line.finished.notebook] = line.finished

    code = feira.run(notebook.name, on_line)
    # Asked only where something ran: after a fault of the environment it may not be told.
    now = cache(feira.graph)
    for name, end in finished.items():
        if name != notebook.name and end.state == "ran":
            # Stale upstream that ran first: Dagster did not ask for it, and hears of it here.
            context.log_event(
                dg.AssetMaterialization(
                    asset_key=name,
                    metadata=run_metadata(graph[name], graph, end, feira),
                    tags={"dagster/data_version": _data_version(now()[name])},
                )
            )
    own = finished.get(notebook.name)
    if own is not None and own.state != "skipped":
        yield from check_results(notebook, graph, own, feira.record())
    if code != 0 or own is None:
        error = _first_error(finished.values()) or "\n".join(last_words).strip()
        failure = dg.Failure(
            error or f"{notebook.name} ended with exit code {code}", metadata={"exit code": code}
        )
        if code != ENVIRONMENT_AT_FAULT:
            raise failure
        # Not a retry policy: that one would also start an interrupted run again.
        raise dg.RetryRequested(RETRIES, SECONDS_BETWEEN_TRIES) from failure
    yield dg.MaterializeResult(
        asset_key=notebook.name,
        metadata=run_metadata(notebook, graph, own, feira),
        data_version=dg.DataVersion(_data_version(now()[notebook.name])),
    )


def _data_version(notebook: Notebook) -> str:
    """Return what changes when the notebook runs, and stays while it is found fresh."""
    return notebook.last_started or "never run"


def _first_error(finished: Iterable[Finished]) -> str | None:
    return next((end.error for end in finished if end.error), None)


def _describe(notebook: Notebook) -> str:
    guide = GUIDE_NAMES.get(notebook.name)
    return f"{notebook.title}." + (f" The guide's `{guide}`." if guide else "")


def _describe_resources(notebook: Notebook, workspace: FeiraWorkspace) -> dict[str, Any]:
    files = [resource for resource in notebook.writes if resource not in notebook.tables]
    lists = {"reads": notebook.reads, "tables": notebook.tables, "files": files}
    source = workspace.path("notebooks", f"{notebook.name}.ipynb")
    return {
        **{name: _list(resources) for name, resources in lists.items() if resources},
        "dagster/code_references": dg.CodeReferencesMetadataValue(
            code_references=[dg.LocalFileCodeReference(file_path=str(source))]
        ),
    }


def _list(resources: Iterable[str]) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md("\n".join(f"- `{resource}`" for resource in resources))
