"""Migrations and models agree, there and back; SQLite is set as a bill needs it."""

from datetime import datetime

import pytest
from alembic import command
from sqlalchemy import inspect, select, text

from ivr.factory import open_line
from ivr.store import schema
from ivr.store.engine import Store
from ivr.store.tables import UtcDateTime


@pytest.fixture
def store(database):
    opened = Store(database)
    yield opened
    opened.close()


def test_a_migrated_database_is_what_the_models_say(store):
    with store.read() as db:
        assert schema.current(db) == schema.newest()
        assert schema.differences(db) == []


def test_upgrading_again_changes_nothing(store):
    assert schema.upgrade(store) == schema.upgrade(store) == schema.newest()


def test_back_to_nothing_and_forward_again(store):
    with store.write() as db:
        command.downgrade(schema._config(db), "base")
        assert inspect(db).get_table_names() == ["alembic_version"]
    schema.upgrade(store)
    with store.read() as db:
        assert schema.differences(db) == []


def test_a_database_with_a_column_too_many_is_seen(store):
    with store.write() as db:
        db.execute(text("alter table calls add column odd integer"))
    with store.read() as db:
        assert schema.differences(db)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_writes_ahead_syncs_fully_and_keeps_references(store):
    with store.read() as db:
        pragmas = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                   ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_reader_does_not_hold_a_writer_up(store):
    with store.read() as reading, store.write() as writing:
        assert reading.execute(select(1)).scalar() == 1
        writing.execute(text("update clock set asked = asked"))


@pytest.mark.parametrize("moment", [datetime(2026, 11, 20, 10, 0)])
def test_a_time_without_a_zone_is_refused(store, moment):
    with store.read() as db, pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(moment, db.dialect)


def test_processes_agree_on_a_clock_set_for_demos(new_line, settings):
    one, other = new_line(), new_line()
    assert one.clock.offset == other.clock.offset
    moved = open_line(
        settings.model_copy(update={"clock": datetime.fromisoformat("2027-01-01T00:00:00+03:00")})
    )
    assert moved.clock.offset > one.clock.offset
    moved.store.close()
    machine = open_line(settings.model_copy(update={"clock": None}))
    assert machine.clock.offset.total_seconds() == 0
    machine.store.close()
