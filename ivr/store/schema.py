"""The schema's version: upgrade, and whether models and migrations agree."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from ivr.store.engine import Store
from ivr.store.tables import Base

FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 220022
"""PostgreSQL's advisory lock, so that two machines that start at once do not both migrate."""


def upgrade(store: Store) -> str:
    """Bring the database to the newest schema; returns its revision. Raises Unavailable."""
    with store.write() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        command.upgrade(_config(db), "head")
        return current(db) or ""


def current(db: Connection) -> str | None:
    """The revision that a database is at."""
    return MigrationContext.configure(db).get_current_revision()


def newest() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def differences(db: Connection) -> list[Any]:
    """Where a migrated database differs from the models; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), Base.metadata))


def revise(db: Connection, message: str) -> None:
    """Write a new migration from what the models have that the database has not."""
    command.revision(_config(db), message, autogenerate=True)


def _config(db: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = db
    return config
