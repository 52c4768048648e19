"""The lines that ``deno task run --log json`` prints while it is at work."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finished:
    """What became of one notebook."""

    notebook: str
    state: str
    """``ran``, ``fresh``, ``failed`` or ``skipped``."""
    seconds: float
    why: str
    """Why it ran or was skipped; empty when it is fresh."""
    error: str | None
    """Notebook, cell, line and reason, where it failed."""


@dataclass(frozen=True)
class Line:
    """One line of a run's output."""

    text: str
    """For people; empty where there is nothing to tell."""
    finished: Finished | None = None
    is_event: bool = True
    """Not so of an error that ended the command; it has as many lines as it needs."""


def parse_line(line: str) -> Line:
    r"""Read one line. What is no event, such as an error before the run, is told as it is.

    >>> parse_line('{"type": "message", "text": "Making the Python environment dbt"}\n').text
    'Making the Python environment dbt'
    >>> parse_line("error: Cannot run: --only is 12, must be a notebook").text
    'error: Cannot run: --only is 12, must be a notebook'
    """
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        return Line(line.rstrip(), is_event=False)
    if not isinstance(event, dict) or "type" not in event:
        return Line(line.rstrip(), is_event=False)
    if event["type"] == "notebook finished":
        finished = Finished(
            notebook=event["notebook"],
            state=event["state"],
            seconds=event["seconds"],
            why=event["why"],
            error=event.get("error"),
        )
        return Line(_tell_finished(finished), finished)
    return Line(_tell(event))


def _tell(event: dict[str, Any]) -> str:
    match event["type"]:
        case "message":
            return str(event["text"]).rstrip()
        case "notebook started":
            return f"{event['notebook']} runs: {event['why']}"
        case "cell started":
            return f"{event['notebook']} {event['cell']}/{event['total']} {event['title']}"
        case "output":
            return f"{event['notebook']} cell {event['cell']}: {event['text'].rstrip()}"
        case "cell finished" if event["state"] == "failed":
            return f"{event['notebook']} {event['cell']}/{event['total']} failed"
        case _:
            return ""


def _tell_finished(finished: Finished) -> str:
    match finished.state:
        case "fresh":
            return f"{finished.notebook} is fresh"
        case "skipped":
            return "" if finished.why == "not selected" else f"{finished.notebook} not run"
        case state:
            return f"{finished.notebook} {state} in {finished.seconds:.1f} s"
