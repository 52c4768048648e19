"""The notebooks' graph, as Feira prints it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Notebook:
    """One notebook."""

    name: str
    title: str
    upstream: tuple[str, ...]
    """The notebooks that write what this one reads."""
    reads: tuple[str, ...]
    """Paths from the workspace's root, or ``dataset.table``, or ``dataset.*``."""
    writes: tuple[str, ...]
    tables: tuple[str, ...]
    """Those of ``writes`` that are tables."""
    is_stale: bool
    last_started: str | None
    """When its last successful run started, as an ISO 8601 instant."""


@dataclass(frozen=True)
class Graph:
    """All notebooks, in the order of a run."""

    project: str
    warehouse: str
    jobs: Mapping[str, tuple[str, ...]]
    """The notebooks of each job."""
    notebooks: tuple[Notebook, ...]

    def __getitem__(self, name: str) -> Notebook:
        """Return the notebook of that name."""
        return next(notebook for notebook in self.notebooks if notebook.name == name)

    def narrowest_job(self, notebook: Notebook) -> str:
        """Return the job with the fewest notebooks that this one belongs to."""
        jobs = [name for name, members in self.jobs.items() if notebook.name in members]
        return min(jobs, key=lambda name: len(self.jobs[name]))


def parse_graph(text: str) -> Graph:
    """Read the JSON that ``deno task status --graph --json`` prints.

    >>> graph = parse_graph('{"project": "p", "warehouse": "duckdb", "jobs": {}, "notebooks": []}')
    >>> graph.project
    'p'
    """
    record: dict[str, Any] = json.loads(text)
    return Graph(
        project=record["project"],
        warehouse=record["warehouse"],
        jobs={name: tuple(members) for name, members in record["jobs"].items()},
        notebooks=tuple(_parse_notebook(notebook) for notebook in record["notebooks"]),
    )


def _parse_notebook(record: Mapping[str, Any]) -> Notebook:
    last = record["last"]
    return Notebook(
        name=record["name"],
        title=record["title"],
        upstream=tuple(record["upstream"]),
        reads=tuple(record["reads"]),
        writes=tuple(record["writes"]),
        tables=tuple(record["tables"]),
        is_stale=record["state"] == "stale",
        last_started=last["started"] if last else None,
    )
