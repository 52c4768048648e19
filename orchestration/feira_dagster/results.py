"""What a run left, as Dagster's metadata and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feira_dagster.graph import Graph, Notebook
    from feira_dagster.run_events import Finished
    from feira_dagster.workspace import FeiraWorkspace

DATA_TESTS = "data_tests"
MODEL_GATE = "model_gate"


def builds_marts(notebook: Notebook, graph: Graph) -> bool:
    """Tell whether this is the notebook that runs dbt and its tests."""
    return f"staging_{graph.project}.*" in notebook.writes


def fits_model(notebook: Notebook, graph: Graph) -> bool:
    """Tell whether this is the notebook whose model has to pass the gate."""
    return f"data/models/{graph.project}/outcome.json" in notebook.writes


def cleans(notebook: Notebook, graph: Graph) -> bool:
    """Tell whether this is the notebook that leaves an account of the cleaning."""
    return f"data/clean/{graph.project}/" in notebook.writes


def check_specs(notebook: Notebook, graph: Graph) -> list[dg.AssetCheckSpec]:
    """Return the checks that a notebook's run answers."""
    specs = []
    if builds_marts(notebook, graph):
        specs.append(
            dg.AssetCheckSpec(
                DATA_TESTS, asset=notebook.name, description="Every dbt test of the star schema."
            )
        )
    if fits_model(notebook, graph):
        specs.append(
            dg.AssetCheckSpec(
                MODEL_GATE,
                asset=notebook.name,
                description="The model's four metrics against the gate; one that fails is not "
                "published.",
            )
        )
    return specs


def check_results(
    notebook: Notebook, graph: Graph, finished: Finished, record: Mapping[str, Any]
) -> Iterator[dg.AssetCheckResult]:
    """Answer the checks of a notebook from the record of the run.

    A notebook that failed for another reason has not come to its check: what the record then
    says of it is an earlier run's, and is not told.
    """
    is_done = finished.state in ("ran", "fresh")
    tests, model = record.get("tests"), record.get("model")
    if builds_marts(notebook, graph) and tests and (is_done or tests["failed"] > 0):
        yield dg.AssetCheckResult(
            check_name=DATA_TESTS,
            asset_key=notebook.name,
            passed=tests["failed"] == 0,
            metadata=dict(tests),
        )
    if fits_model(notebook, graph) and model and (is_done or model["gate"] == "failed"):
        yield dg.AssetCheckResult(
            check_name=MODEL_GATE,
            asset_key=notebook.name,
            passed=model["gate"] == "passed",
            metadata=_figures(model),
        )


def run_metadata(
    notebook: Notebook, graph: Graph, finished: Finished, feira: FeiraWorkspace
) -> dict[str, Any]:
    """Return what a notebook's run says of itself: time, rows, tests, figures, pages."""
    record = feira.record()
    metadata: dict[str, Any] = {
        "state": finished.state,
        "why": finished.why or "nothing it depends on changed",
        "seconds": finished.seconds,
        "source": record.get("source", "none yet"),
        "page": dg.MetadataValue.path(str(feira.path("reports", f"{notebook.name}.html"))),
        "executed notebook": dg.MetadataValue.path(
            str(feira.path("reports", "executed", f"{notebook.name}.ipynb"))
        ),
    }
    if cleans(notebook, graph):
        account = feira.account(graph.project)
        metadata["dagster/row_count"] = sum(table["rows_out"] for table in account)
        metadata["rows"] = _table(account, ("table", "rows_in", "rows_out", "merged", "rejected"))
    if builds_marts(notebook, graph) and "tests" in record:
        metadata |= {f"tests {state}": count for state, count in record["tests"].items()}
    if fits_model(notebook, graph) and "model" in record:
        segments = record.get("segments", [])
        metadata |= _figures(record["model"])
        metadata["dagster/row_count"] = sum(segment["customers"] for segment in segments)
        metadata["segments"] = _table(segments, ("id", "name", "customers"))
    return metadata


def _figures(model: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "preset": model["preset"],
        "k": model["k"],
        "quantization error": model["qe"],
        "topographic error": model["te"],
        "silhouette": model["silhouette"],
        "Davies-Bouldin": model["dbi"],
        "gate": model["gate"],
    }


def _table(
    rows: list[Mapping[str, Any]] | Any,  # noqa: ANN401 -- JSON
    columns: tuple[str, ...],
) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        records=[dg.TableRecord({column: row[column] for column in columns}) for row in rows]
    )
