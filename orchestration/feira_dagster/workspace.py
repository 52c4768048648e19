"""Feira's commands and the files that they leave."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg
from pydantic import Field

from feira_dagster.graph import Graph, parse_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECONDS_TO_UNDO = 60
"""How long an interrupted run may take to put the tables back."""


class FeiraWorkspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """A checkout of Feira: the folder that holds deno.json."""

    root: str
    deno: str
    """The Deno that runs the commands."""
    options: list[str] = Field(default_factory=list)
    """Options of ``deno task run`` that every run and every look at what is stale takes."""

    @staticmethod
    def from_environment() -> FeiraWorkspace:
        """Return the checkout that this file is of.

        ``FEIRA_DENO`` names the Deno (default: the one on the PATH), ``FEIRA_RUN_OPTIONS`` the
        options, such as ``--synthetic 2000``.
        """
        deno = os.environ.get("FEIRA_DENO") or shutil.which("deno")
        if deno is None:
            message = "Cannot find Deno: no deno on the PATH, must be there or named by FEIRA_DENO"
            raise RuntimeError(message)
        return FeiraWorkspace(
            root=str(Path(__file__).resolve().parents[2]),
            deno=deno,
            options=shlex.split(os.environ.get("FEIRA_RUN_OPTIONS", "")),
        )

    def path(self, *parts: str) -> Path:
        """Return where something of the checkout is."""
        return Path(self.root, *parts)

    def graph(self) -> Graph:
        """Ask for the notebooks, and which of them are stale now."""
        command = self._command("status", "--graph", "--json")
        end = subprocess.run(  # noqa: S603 -- the command is deno.json's
            command, cwd=self.root, env=_environment(), capture_output=True, text=True, check=False
        )
        if end.returncode != 0:
            message = f"Cannot read the notebooks' graph: {end.stderr.strip()}"
            raise RuntimeError(message)
        return parse_graph(end.stdout)

    def run(self, notebook: str, on_line: Callable[[str], None]) -> int:
        """Run a notebook after what it needs that is stale, and return the exit code.

        The process has a session of its own: a Ctrl-C in the terminal reaches it once, through
        Dagster, and not twice; a second one would end it before the tables are as they were.
        """
        command = self._command("run", "--only", notebook, "--log", "json")
        with subprocess.Popen(  # noqa: S603 -- the command is deno.json's
            command,
            cwd=self.root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                for line in process.stdout or ():
                    on_line(line)
                return process.wait()
            except BaseException:
                _interrupt(process)
                raise

    def record(self) -> Mapping[str, Any]:
        """Return reports/run.json, the last run for machines."""
        record: dict[str, Any] = json.loads(self.path("reports", "run.json").read_text("utf-8"))
        return record

    def account(self, project: str) -> Sequence[Mapping[str, Any]]:
        """Return what cleaning did with each table of a project."""
        path = self.path("data", "clean", project, "account.json")
        account: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return account

    def _command(self, task: str, *args: str) -> list[str]:
        """Return the program of a task of deno.json, without the shell between.

        What gets the signal is then the run itself.
        """
        tasks = json.loads(self.path("deno.json").read_text("utf-8"))["tasks"]
        _, *words = shlex.split(tasks[task]["command"])
        return [self.deno, *words, *args, *self.options]


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1"}


def _interrupt(process: subprocess.Popen[str]) -> None:
    """End a run as Ctrl-C does: it stops the kernel and leaves every table as it was."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=SECONDS_TO_UNDO)
    except subprocess.TimeoutExpired:
        process.kill()
