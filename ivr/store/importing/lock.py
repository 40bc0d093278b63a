"""One import at a time: whoever comes second is told so at once. The lock ends with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

_ONE_AT_A_TIME = 220023
"""PostgreSQL's advisory lock; the schema's own is one below."""


class Busy(Exception):
    """Another import is under way."""


@contextmanager
def only_import(db: Connection) -> Iterator[None]:
    """Hold the database against other imports, on whatever machine. Raises Busy, OSError."""
    if db.dialect.name == "postgresql":
        with db.begin():
            if not db.execute(text("select pg_try_advisory_lock(:key)"), {"key": _ONE_AT_A_TIME}).scalar():
                raise Busy
        try:
            yield
        finally:  # it ends with the connection too, though a moment later
            with suppress(SQLAlchemyError), db.begin():
                db.execute(text("select pg_advisory_unlock(:key)"), {"key": _ONE_AT_A_TIME})
        return
    with Path(f"{db.engine.url.database}.import").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield
