"""Engines and transactions. One write transaction a turn; readers do not hold writers up."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, TypeVar

import msgspec
import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

T = TypeVar("T")

BUSY_TIMEOUT_S = 5
"""How long a turn waits for the database's lock; Twilio gives a webhook 15 s in all."""


WAL_RETRY_S = 0.02


class Unavailable(Exception):
    """The database cannot serve now: gone, locked for too long, or its disk full. Trying again may help."""

    def __init__(self, why: object, *, lost: bool = False) -> None:
        super().__init__(str(why))
        self.lost = lost
        """A pooled connection turned out to be dead: the next one is fresh, so once more is worth trying now."""


class Store:
    """The database of one process; give it to one thread at a time only through its transactions."""

    def __init__(self, url: str, pool_size: int = 20) -> None:
        """`url` as SQLAlchemy takes it. Raises sqlalchemy.exc.ArgumentError for a bad one; connects later."""
        self.url = make_url(url)
        self.engine = _engine(self.url, pool_size)
        self._reading = self.engine.execution_options(begin="BEGIN")

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write; SQLite takes its write lock at once. Raises Unavailable."""
        with _available(), self.engine.begin() as connection:
            yield connection

    def in_write(self, work: Callable[[Connection], T]) -> T:
        """`work` in one transaction; over a connection that died in the pool, once more over a fresh one.

        For work that finds out what was written already: a commit may have got through. Raises Unavailable.
        """
        try:
            with self.write() as connection:
                return work(connection)
        except Unavailable as error:
            if not error.lost:
                raise
        with self.write() as connection:
            return work(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view, which writers need not wait for. Raises Unavailable."""
        with _available(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection out of the pool, for long work with temporary tables; its transactions begin as readers.

        `execution_options(begin="BEGIN IMMEDIATE")` makes SQLite's next one a writer. Raises Unavailable.
        """
        with _available(), self._reading.connect() as connection:
            connection.detach()
            yield connection

    def close(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if type(error.orig).__name__ != "UndefinedTable":  # SQLite calls the same an OperationalError
            raise
        raise Unavailable(error.orig) from error
    except (OperationalError, InterfaceError, TimeoutError) as error:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        raise Unavailable(error.__cause__ or error, lost=lost) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(error.orig, lost=True) from error
        if type(error) is DatabaseError:  # SQLite's own word for a file that is damaged, or no database
            raise Unavailable(error.orig) from error
        raise


@contextmanager
def in_one_trip(db: Connection) -> Iterator[None]:
    """Statements whose results nobody reads go to PostgreSQL together: psycopg's pipeline. Raises Unavailable."""
    if db.dialect.name != "postgresql":
        yield
        return
    driver: Any = db.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except psycopg.OperationalError as error:  # at the pipeline's end, where SQLAlchemy does not see it
        raise Unavailable(error, lost=driver.closed) from error


def _engine(url: URL, pool_size: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, pool_size)
    waits = f"-c lock_timeout={BUSY_TIMEOUT_S}s -c statement_timeout={2 * BUSY_TIMEOUT_S}s"
    arguments = {"connect_timeout": BUSY_TIMEOUT_S, "options": waits}
    # The ping (0.1 ms) is for what `in_write` does not cover: reads, health, the key of a caller in the queue.
    return create_engine(
        url, pool_size=pool_size, max_overflow=pool_size, pool_timeout=BUSY_TIMEOUT_S, connect_args=arguments,
        pool_pre_ping=True,
    )  # fmt: skip


def _sqlite(url: URL, pool_size: int) -> Engine:
    arguments = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=pool_size, pool_timeout=BUSY_TIMEOUT_S, connect_args=arguments
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once with "database is locked".
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))

    return engine


def _write_ahead(connection: Any) -> None:
    """Switch a file to WAL, once in its life. SQLite does not wait for the lock that this takes, so we do."""
    give_up = monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError:
            if monotonic() > give_up:
                raise
            sleep(WAL_RETRY_S)


def to_json(value: object) -> str:
    """Any dataclass as JSON text."""
    return msgspec.json.encode(value).decode()
