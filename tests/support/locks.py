"""The database held by somebody else, as a backup or a careless console holds it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import make_url


@contextmanager
def held(database: str) -> Iterator[Callable[[], None]]:
    """Nobody else can write until the block ends, or until what it gives is called."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        connection = sqlite3.connect(url.database, isolation_level=None, timeout=10, check_same_thread=False)
        connection.execute("begin immediate")
    else:
        connection = psycopg.connect(url.render_as_string(hide_password=False))
        connection.execute("lock table calls in access exclusive mode")
    try:
        yield connection.rollback
    finally:
        connection.rollback()
        connection.close()
