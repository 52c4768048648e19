"""Runs dbt as its own command does, in less time.

    python run_dbt.py build …

Changes nothing that dbt does, only what it does needlessly, and adds what BigQuery's jobs were
billed, in bytes, to the file that FEIRA_BYTES_BILLED_FILE names, one line a job:

- The collector of cyclic garbage stays off. A build makes hundreds of thousands of objects
  that live until it ends; looking through them over and over finds nothing.
- Events that no logger writes are not made. dbt renders every one of its debug messages, to
  JSON too, and throws the text away.
- Artefacts are encoded at once, by json's code in C. `json.dump`, which dbt calls, has an encoder
  written in Python, four times as slow.
- Another DuckDB file is no reason to parse everything anew. dbt keeps what it has parsed for one
  connection only, and every run builds in a copy of the file that has a name of its own.
- A project in another folder is one: dbt remembers seeds by their whole paths, and looks for them
  where they were.
"""

import gc

gc.disable()

import json
import os
import sys
from types import SimpleNamespace

import dbt_common.clients.system
from dbt.cli.main import cli
from dbt.adapters.contracts.connection import Credentials
from dbt.tracking import track_behavior_change_warn
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager

UNHEARD = (EventLevel.DEBUG, EventLevel.TEST)

fire_event = EventManager.fire_event


def fire_heard_event(self, e, level=None, *args, **kwargs):
    # dbt adds this callback always; it listens to warnings only.
    listeners = [call for call in self.callbacks if call is not track_behavior_change_warn]
    if (level or e.level_tag()) in UNHEARD and not listeners:
        if not any(logger.level in UNHEARD for logger in self.loggers):
            return
    fire_event(self, e, level, *args, **kwargs)


EventManager.fire_event = fire_heard_event


def dump_at_once(data, file, **options):
    file.write(json.dumps(data, **options))


dbt_common.clients.system.json = SimpleNamespace(**{**vars(json), "dump": dump_at_once})

connection_info = Credentials.connection_info


def info_with_place(self, **options):
    yield from connection_info(self, **options)
    yield "project_dir", sys.argv[sys.argv.index("--project-dir") + 1]


Credentials.connection_info = info_with_place

try:
    from dbt.adapters.duckdb.credentials import DuckDBCredentials
except ImportError:
    pass  # The environment is another warehouse's.
else:
    connection_keys = DuckDBCredentials._connection_keys

    def lasting_keys(self):
        return tuple(key for key in connection_keys(self) if key not in ("path", "attach"))

    DuckDBCredentials._connection_keys = lasting_keys

try:
    from dbt.adapters.bigquery.connections import BigQueryConnectionManager
except ImportError:
    pass  # As above.
else:
    query_and_results = BigQueryConnectionManager._query_and_results
    bill = os.environ.get("FEIRA_BYTES_BILLED_FILE")

    def query_and_bill(self, *args, **kwargs):
        job, rows = query_and_results(self, *args, **kwargs)
        if bill and job.total_bytes_billed:
            # In one write: other threads and processes add to it too.
            with open(bill, "a") as file:
                file.write(f"{job.total_bytes_billed}\n")
        return job, rows

    BigQueryConnectionManager._query_and_results = query_and_bill

if __name__ == "__main__":
    cli(prog_name="dbt")
