"""Migrations and models agree, forth and back, on both databases."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from sqlalchemy import inspect, text

from ivr.factory import open_store
from ivr.services import demo
from ivr.store import schema
from ivr.store.tables import Base
from tests.support.at_once import at_once

TABLES = set(Base.metadata.tables)


def alembic(db) -> Config:
    """Alembic over this connection, as somebody at a console has it."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.attributes["connection"] = db
    return config


def tables(store) -> set[str]:
    with store.read() as db:
        return set(inspect(db).get_table_names()) - {"alembic_version"}


@pytest.fixture
def empty(settings, database, tmp_path):
    """A database with no table at all."""
    if database.startswith("sqlite"):
        settings = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.db'}"})
    store = open_store(settings)
    if not database.startswith("sqlite"):
        with store.write() as db:
            db.execute(text("drop schema public cascade"))
            db.execute(text("create schema public"))
    yield store
    store.close()


def test_migrated_is_what_the_models_say(empty):
    assert tables(empty) == set()
    assert schema.upgrade(empty) == schema.newest()
    assert tables(empty) == TABLES
    with empty.write() as db:
        assert schema.differences(db) == []
        assert schema.current(db) == schema.newest()


def test_a_difference_would_be_seen(line):
    with line.store.write() as db:
        db.execute(text("alter table requests drop column words"))
        assert [found[0] for found in schema.differences(db)] == ["add_column"]


def test_down_to_nothing_and_up_again(line):
    with line.store.write() as db:
        command.downgrade(alembic(db), "base")
    assert tables(line.store) == set()
    schema.upgrade(line.store)
    with line.store.write() as db:
        assert schema.differences(db) == []
        assert demo.load(db, line.clock.now()) == len(demo.ACCOUNTS)


def test_each_step_alone_goes_back_and_forth(empty):
    schema.upgrade(empty)
    with empty.write() as db:
        command.downgrade(alembic(db), "-1")
        command.upgrade(alembic(db), "+1")
        assert compare_metadata(schema.MigrationContext.configure(db), Base.metadata) == []


def test_twice_changes_nothing(line):
    first = schema.upgrade(line.store)
    with line.store.read() as db:
        count = db.execute(text("select count(*) from accounts")).scalar()
    assert schema.upgrade(line.store) == first
    with line.store.read() as db:
        assert db.execute(text("select count(*) from accounts")).scalar() == count


def test_two_machines_that_start_at_once(empty, settings):
    other = open_store(
        settings.model_copy(update={"database_url": empty.url.render_as_string(hide_password=False)})
    )
    try:
        assert at_once(lambda: schema.upgrade(empty), lambda: schema.upgrade(other)) == [schema.newest()] * 2
    finally:
        other.close()
    assert tables(empty) == TABLES
