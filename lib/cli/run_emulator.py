"""Runs the BigQuery emulator with what Feira needs of Google's contract and it leaves out.

    python run_emulator.py start …

- `lastModifiedTime` and `numRows` follow every statement that changes a table's rows, those of a
  script too; the emulator sets them when a table is made.
- A view's resource has its query.
- No copy of a table is kept for every statement that changes it: nobody travels in time here.
"""

from bqemulator.api.routes import tables
from bqemulator.catalog.etag import generate_etag
from bqemulator.cli import main
from bqemulator.jobs import executor
from bqemulator.scripting.ast import SqlStmt
from bqemulator.versioning.snapshots import SnapshotManager, TableDataChanged

run_query_body = executor._run_query_body
table_to_rest = tables._table_to_rest


def note_change(self, project, dataset, table):
    """Takes the place of the copy that would be kept after a change."""
    meta = self._catalog.get_table(project, dataset, table)
    if meta is None:
        return None
    name = executor.quoted_table_ref(project, dataset, table)
    rows = self._engine.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
    now = self._clock.now()
    changes = {
        "num_rows": rows,
        "last_modified_time": now,
        "etag": generate_etag(project, dataset, table, str(now)),
    }
    self._catalog.update_table(meta.model_copy(update=changes))
    self._events.publish(TableDataChanged(project, dataset, table))
    return None


SnapshotManager.record_change = note_change


async def run_and_note(*, project_id, bq_sql, ctx, is_scripted, **rest):
    """A single statement's change is noted by the emulator itself."""
    result = await run_query_body(
        project_id=project_id, bq_sql=bq_sql, ctx=ctx, is_scripted=is_scripted, **rest
    )
    if is_scripted:
        for statement in executor._parse_script_or_raise(bq_sql).statements:
            if isinstance(statement, SqlStmt):
                await executor._capture_dml_snapshots(project_id, statement.sql, ctx)
    return result


executor._run_query_body = run_and_note


def to_rest(table):
    body = table_to_rest(table)
    if table.view_query:
        body["view"] = {"query": table.view_query, "useLegacySql": False}
    return body


tables._table_to_rest = to_rest

if __name__ == "__main__":
    main()
