"""The database itself refuses to change or remove an entry of the audit log."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = [
    f"""CREATE TRIGGER audit_{verb} BEFORE {verb} ON store_change
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON store_change
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
]


def refuse(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the audit log."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
