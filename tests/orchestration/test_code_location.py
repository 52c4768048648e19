"""The code location over a fake workspace: what it defines, and what its runs tell Dagster."""

from __future__ import annotations

import contextlib
import doctest
import tempfile
import unittest
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import dagster as dg
from fake_workspace import STARTED, FakeWorkspace, finished
from feira_dagster import graph, notebook_assets, run_events, staleness
from feira_dagster.definitions import build_definitions
from feira_dagster.workspace import FeiraWorkspace

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGINT_COUNTER = """
import signal, sys, time
from pathlib import Path
def count(*_):
    with Path("signals.txt").open("a") as file: file.write("SIGINT ")
    sys.exit(1)
signal.signal(signal.SIGINT, count)
print("at work", flush=True)
time.sleep(30)
"""


class CodeLocation(unittest.TestCase):
    """A fake workspace, its definitions, and a Dagster instance in memory."""

    def setUp(self) -> None:
        """Make all anew."""
        self.until_end = contextlib.ExitStack()
        self.addCleanup(self.until_end.close)
        self.workspace = FakeWorkspace(self.folder())
        self.instance = self.until_end.enter_context(dg.DagsterInstance.ephemeral())

    def folder(self) -> Path:
        """Return an empty folder that is gone after the test."""
        return Path(self.until_end.enter_context(tempfile.TemporaryDirectory()))

    def definitions(self) -> dg.Definitions:
        """Return the code location as it is now."""
        return build_definitions(self.workspace.feira, self.workspace.feira.graph())

    def materialize(self, *names: str, job: str | None = None) -> dg.ExecuteInProcessResult:
        """Run some notebooks, or all of a job."""
        definitions = self.definitions()
        resolved = definitions.resolve_job_def(job or "full_data_ml_pipeline")
        return resolved.execute_in_process(
            instance=self.instance,
            asset_selection=[dg.AssetKey(name) for name in names] or None,
            raise_on_error=False,
        )

    def metadata(self, name: str) -> Mapping[str, object]:
        """Return what the last materialization of a notebook says."""
        event = self.instance.get_latest_materialization_event(dg.AssetKey(name))
        assert event is not None
        materialization = event.asset_materialization
        assert materialization is not None
        return {name: value.value for name, value in materialization.metadata.items()}


class Definitions(CodeLocation):
    """What is defined."""

    def test_every_notebook_is_an_asset_with_its_upstream_tables_and_job(self) -> None:
        """The graph is Feira's."""
        assets = self.definitions().resolve_asset_graph()
        transform = assets.get(dg.AssetKey("04_transform"))
        self.assertEqual({key.to_user_string() for key in transform.parent_keys}, {"02_clean"})
        self.assertEqual(transform.group_name, "python_elt_job")
        self.assertEqual(transform.kinds, {"jupyter", "typescript", "duckdb"})
        self.assertEqual(transform.tags["feira/guide"], "olist_dbt_models")
        self.assertIn("analytics_demo.dim_customer", transform.metadata["tables"].value)
        self.assertEqual(
            assets.get(dg.AssetKey("08_segment")).group_name, "som_kmeans_segmentation_pipeline"
        )
        self.assertEqual(transform.pools, {notebook_assets.POOL})
        for key in assets.get_all_asset_keys():
            self.assertIsNotNone(assets.get(key).freshness_policy)
            self.assertIsNotNone(assets.get(key).automation_condition)

    def test_the_three_jobs_have_the_notebooks_that_feira_says(self) -> None:
        """Jobs, the schedule and the checks."""
        definitions = self.definitions()
        for job, members in self.workspace.feira.graph().jobs.items():
            layer = definitions.resolve_job_def(job).asset_layer
            keys = {key.to_user_string() for key in layer.executable_asset_keys}
            self.assertEqual(keys, set(members))
        schedule = definitions.resolve_schedule_def("daily")
        self.assertEqual(schedule.job_name, "full_data_ml_pipeline")
        checks = definitions.resolve_asset_graph().asset_check_keys
        self.assertEqual(
            {(key.asset_key.to_user_string(), key.name) for key in checks},
            {("04_transform", "data_tests"), ("08_segment", "model_gate")},
        )

    def test_a_graph_that_cannot_be_read_is_told_with_feiras_words(self) -> None:
        """Nothing is defined then."""
        (self.workspace.root / "status.py").write_text("import sys; sys.exit('error: no Deno')")
        with self.assertRaisesRegex(RuntimeError, "graph: error: no Deno"):
            self.definitions()


class Runs(CodeLocation):
    """What a run tells Dagster."""

    def test_a_run_asks_for_one_notebook_and_keeps_what_it_left(self) -> None:
        """Seconds, rows, tests, figures, pages."""
        self.workspace.set_run(finished("08_segment"))
        result = self.materialize("08_segment")
        self.assertTrue(result.success)
        self.assertEqual(
            self.workspace.asked(),
            ["--only", "08_segment", "--log", "json", "--synthetic", "5"],
        )
        metadata = self.metadata("08_segment")
        self.assertEqual(metadata["seconds"], 1.5)
        self.assertEqual(metadata["why"], "never run")
        self.assertEqual(metadata["dagster/row_count"], 100)
        self.assertEqual(metadata["quantization error"], 0.25)
        self.assertEqual(metadata["gate"], "passed")
        self.assertTrue(str(metadata["page"]).endswith("reports/08_segment.html"))
        (check,) = result.get_asset_check_evaluations()
        self.assertEqual((check.check_name, check.passed), ("model_gate", True))

    def test_rows_come_from_the_account_of_the_cleaning(self) -> None:
        """Kept rows, and a table of what went."""
        self.workspace.set_run(finished("02_clean"))
        self.materialize("02_clean")
        metadata = self.metadata("02_clean")
        self.assertEqual(metadata["dagster/row_count"], 15)
        self.assertNotIn("gate", metadata)

    def test_upstream_that_was_stale_is_materialized_too(self) -> None:
        """Dagster hears of what it did not ask for."""
        self.workspace.set_run(
            finished("02_clean"), finished("04_transform", "fresh"), finished("08_segment")
        )
        self.materialize("08_segment")
        self.assertEqual(self.metadata("02_clean")["state"], "ran")
        transform = dg.AssetKey("04_transform")
        self.assertIsNone(self.instance.get_latest_materialization_event(transform))

    def test_a_fresh_notebook_keeps_its_data_version(self) -> None:
        """What is downstream of it is then in step."""
        versions = []
        for state in ("ran", "fresh"):
            self.workspace.set_run(finished("02_clean", state))
            self.materialize("02_clean")
            event = self.instance.get_latest_materialization_event(dg.AssetKey("02_clean"))
            assert event is not None
            materialization = event.asset_materialization
            assert materialization is not None
            assert materialization.tags is not None
            versions.append(materialization.tags["dagster/data_version"])
        self.assertEqual(versions, [STARTED, STARTED])

    def test_a_failed_cell_fails_the_asset_with_its_message_and_once(self) -> None:
        """And nothing is materialized, no check answered."""
        error = "Cannot run 08_segment: cell 3 (Gate), line 2: AssertionError: too few"
        self.workspace.set_run(finished("08_segment", "failed", error=error), code=1)
        self.workspace.set_record({"model": None})
        result = self.materialize("08_segment")
        self.assertNotIn("STEP_RESTARTED", [event.event_type_value for event in result.all_events])
        failure = result.failure_data_for_node("08_segment")
        assert failure is not None
        assert failure.user_failure_data is not None
        self.assertEqual(failure.user_failure_data.description, error)
        self.assertEqual(result.get_asset_check_evaluations(), [])
        self.assertIsNone(self.instance.get_latest_materialization_event(dg.AssetKey("08_segment")))

    def test_a_gate_or_data_tests_that_fail_fail_their_check(self) -> None:
        """The check tells the figures, the asset the reason."""
        cases = {
            "08_segment": {"model": {**self.workspace.feira.record()["model"], "gate": "failed"}},
            "04_transform": {"tests": {"passed": 300, "warned": 0, "failed": 2}},
        }
        for name, record in cases.items():
            self.workspace.set_record(record)
            self.workspace.set_run(finished(name, "failed", error="no"), code=1)
            result = self.materialize(name)
            self.assertFalse(result.success)
            self.assertEqual([c.passed for c in result.get_asset_check_evaluations()], [False])

    def test_a_command_that_ran_nothing_fails_with_all_its_last_words(self) -> None:
        """And is tried again, for a busy workspace is not busy for ever."""
        error = "error: Cannot start:\n  process 7 is at work\n  ^"
        self.workspace.set_run({"type": "message", "text": "Looking"}, error, code=2)
        with mock.patch.object(notebook_assets, "SECONDS_BETWEEN_TRIES", 0):
            result = self.materialize("02_clean")
        failure = result.failure_data_for_node("02_clean")
        assert failure is not None
        assert failure.user_failure_data is not None
        self.assertEqual(failure.user_failure_data.description, error)
        events = [event.event_type for event in result.all_events]
        self.assertEqual(events.count(dg.DagsterEventType.STEP_RESTARTED), 2)

    def test_an_interrupted_run_gets_one_signal_and_is_waited_for(self) -> None:
        """A second one would end it before its tables are as they were."""
        workspace = FakeWorkspace(self.folder(), SIGINT_COUNTER)

        def interrupt(_: str) -> None:
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            workspace.feira.run("02_clean", interrupt)
        self.assertEqual((workspace.root / "signals.txt").read_text(), "SIGINT ")


class Automation(CodeLocation):
    """What Dagster asks for by itself."""

    def setUp(self) -> None:
        """Let the automation ask the fake workspace."""
        super().setUp()
        self.until_end.enter_context(
            mock.patch.object(
                FeiraWorkspace, "from_environment", staticmethod(lambda: self.workspace.feira)
            )
        )
        staleness._stale_notebooks.cache_clear()  # noqa: SLF001

    def requested(self) -> set[str]:
        """Return what the next tick asks for."""
        result = dg.evaluate_automation_conditions(self.definitions(), instance=self.instance)
        names = {"02_clean", "04_transform", "08_segment"}
        return {name for name in names if result.get_num_requested(dg.AssetKey(name)) > 0}

    def test_what_feira_calls_stale_is_asked_for(self) -> None:
        """And nothing else."""
        self.assertEqual(self.requested(), set())
        self.workspace.set_stale("04_transform", "08_segment")
        self.assertEqual(self.requested(), {"04_transform", "08_segment"})

    def test_what_failed_is_not_asked_for_again(self) -> None:
        """It waits for the schedule or a person."""
        self.workspace.set_stale("02_clean")
        self.workspace.set_run(finished("02_clean", "failed", error="no"), code=1)
        self.materialize("02_clean")
        self.assertEqual(self.requested(), set())


def load_tests(
    _loader: unittest.TestLoader, tests: unittest.TestSuite, _pattern: str | None
) -> unittest.TestSuite:
    """Run the examples of the documentation too."""
    for module in (graph, run_events):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


if __name__ == "__main__":
    unittest.main()
