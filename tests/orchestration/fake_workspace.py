"""A folder that answers Feira's commands as a test says."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from feira_dagster.workspace import FeiraWorkspace

if TYPE_CHECKING:
    from pathlib import Path

GRAPH: dict[str, Any] = {
    "project": "demo",
    "warehouse": "duckdb",
    "jobs": {
        "python_elt_job": ["02_clean", "04_transform"],
        "som_kmeans_segmentation_pipeline": ["08_segment"],
        "full_data_ml_pipeline": ["02_clean", "04_transform", "08_segment"],
    },
    "notebooks": [
        {
            "name": "02_clean",
            "title": "Clean",
            "upstream": [],
            "reads": ["data/raw/demo/"],
            "writes": ["data/clean/demo/"],
            "tables": [],
        },
        {
            "name": "04_transform",
            "title": "Transform",
            "upstream": ["02_clean"],
            "reads": ["data/clean/demo/"],
            "writes": ["staging_demo.*", "analytics_demo.dim_customer"],
            "tables": ["staging_demo.*", "analytics_demo.dim_customer"],
        },
        {
            "name": "08_segment",
            "title": "Segment",
            "upstream": ["04_transform"],
            "reads": ["analytics_demo.dim_customer"],
            "writes": ["data/models/demo/outcome.json", "analytics_demo.dim_segment"],
            "tables": ["analytics_demo.dim_segment"],
        },
    ],
}

RECORD: dict[str, Any] = {
    "project": "demo",
    "source": "synthetic",
    "tests": {"passed": 340, "warned": 4, "failed": 0},
    "model": {
        "preset": "tuned",
        "qe": 0.25,
        "te": 0.125,
        "silhouette": 0.75,
        "dbi": 0.5,
        "k": 3,
        "gate": "passed",
    },
    "segments": [
        {"id": 0, "name": "Many", "customers": 90},
        {"id": 1, "name": "Few", "customers": 10},
    ],
}

ACCOUNT = [
    {"table": "orders", "rows_in": 12, "rows_out": 10, "merged": 1, "rejected": 1},
    {"table": "sellers", "rows_in": 5, "rows_out": 5, "merged": 0, "rejected": 0},
]

STARTED = "2026-01-31T12:00:00Z"

RUN = """
import json, sys
from pathlib import Path
Path("asked.json").write_text(json.dumps(sys.argv[1:]))
print(Path("lines.txt").read_text(), end="", flush=True)
sys.exit(int(Path("code.txt").read_text()))
"""

STATUS = 'from pathlib import Path; print(Path("graph.json").read_text())'


class FakeWorkspace:
    """Commands are small Python programs; the Python of the test stands in for Deno."""

    def __init__(self, root: Path, run: str = RUN) -> None:
        """Write the commands and what they answer when all is well and nothing is stale."""
        self.root = root
        self.feira = FeiraWorkspace(
            root=str(root), deno=sys.executable, options=["--synthetic", "5"]
        )
        tasks = {name: {"command": f"deno {name}.py"} for name in ("run", "status")}
        self._write("deno.json", json.dumps({"tasks": tasks}))
        self._write("run.py", run)
        self._write("status.py", STATUS)
        self._write("data/clean/demo/account.json", json.dumps(ACCOUNT))
        self.set_record({})
        self.set_stale()

    def set_stale(self, *names: str) -> None:
        """Say which notebooks are stale."""
        notebooks = [
            {
                **notebook,
                "state": "stale" if notebook["name"] in names else "fresh",
                "why": "",
                "last": {"started": STARTED, "seconds": 1},
            }
            for notebook in GRAPH["notebooks"]
        ]
        self._write("graph.json", json.dumps({**GRAPH, "notebooks": notebooks}))

    def set_record(self, changes: dict[str, Any]) -> None:
        """Say what the record of the run holds besides what a good one does."""
        self._write("reports/run.json", json.dumps({**RECORD, **changes}))

    def set_run(self, *events: dict[str, Any] | str, code: int = 0) -> None:
        """Say which lines the next runs print, and how they end."""
        lines = [event if isinstance(event, str) else json.dumps(event) for event in events]
        self._write("lines.txt", "".join(f"{line}\n" for line in lines))
        self._write("code.txt", str(code))

    def asked(self) -> list[str]:
        """Return the arguments of the last run."""
        arguments: list[str] = json.loads((self.root / "asked.json").read_text("utf-8"))
        return arguments

    def _write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def finished(notebook: str, state: str = "ran", **more: str) -> dict[str, Any]:
    """Return the event of a notebook's end."""
    return {
        "type": "notebook finished",
        "notebook": notebook,
        "state": state,
        "seconds": 1.5,
        "why": "never run" if state == "ran" else "",
        **more,
    }
