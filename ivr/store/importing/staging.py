"""Temporary tables, in which a file waits until all of it was checked. They end with their connection.

A line of the file names what it is about by its numbers (account, meter, zone); ids are looked up when it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    func,
)

from ivr.store.engine import Unavailable
from ivr.store.tables import UtcDateTime

_META = MetaData()
CACHE_KIB = 16 * 1024
"""Of SQLite, for the database and for the temporary tables each: memory that does not depend on the file."""
LOCK_TIMEOUT_S = 60


@dataclass(frozen=True)
class Tally:
    """What an import does to one table, in rows."""

    added: int
    changed: int
    same: int
    removed: int = 0


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(f"import_{name}", _META, *columns, prefixes=["TEMPORARY"])


def _line() -> Column[int]:
    return Column("line", Integer, primary_key=True, autoincrement=False)


def _text(name: str, length: int | None = None) -> Column[str]:
    return Column(name, Text() if length is None else String(length), nullable=False)


ACCOUNTS = _table("accounts", _line(), _text("number"), _text("holder"), _text("address"), _text("phones"))
"""`phones`: all of them in one text, to compare by."""
PHONES = _table("phones", Column("line", Integer, nullable=False), _text("account"), _text("phone"))
METERS = _table(
    "meters", _line(), _text("account"), _text("number"), _text("type"), Column("prepaid", Boolean, nullable=False),
    Column("reprogrammed_on", Date), Column("max_power_kw", Double), _text("folded"),
)  # fmt: skip
"""`folded`: the number as `folded` makes it."""
REGISTERS = _table(
    "registers", _line(), _text("account"), _text("meter"), _text("zone"), Column("digits", SmallInteger),
    Column("value", BigInteger), Column("day", Integer),
)  # fmt: skip
"""With the last reading, if there is one. `digits`, `value`: NULL once crossed out; `day`: its ordinal."""
DAYS = _table(
    "days", Column("day", Integer, primary_key=True, autoincrement=False),
    *(Column(name, UtcDateTime, nullable=False) for name in ("begins", "ends", "month", "next_month")),
)  # fmt: skip
"""Days of readings with their bounds and those of their months."""
SPELLED = _table(
    "spelled", Column("line", Integer, nullable=False), _text("account"), _text("other"), _text("number"),
)  # fmt: skip
"""Meters whose number stands otherwise elsewhere, and the spelling that counts."""
OUTAGES = _table(
    "outages", _line(), _text("number"), _text("address"), _text("reason"),
    Column("starts_at", UtcDateTime, nullable=False), Column("ends_at", UtcDateTime, nullable=False),
)  # fmt: skip
GONE = _table("gone", _text("phone"), Column("account_id", BigInteger, nullable=False))
"""Phones that the file no longer has for an account."""
CORRECTED = _table(
    "corrected", Column("reading_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False), Column("value", BigInteger, nullable=False),
)  # fmt: skip
"""Readings that came from an earlier file with another value for the same day."""
OLDER = _table("older", Column("reading_id", BigInteger, nullable=False))
"""Readings of earlier files that a new one of the same month replaces."""
DONE = _table("done", Column("request_id", BigInteger, nullable=False))
"""Open requests for reprogramming whose meter is reprogrammed."""


_LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_FOLDED_FROM = _LETTERS + "АВЕКМНОРСТУХ"
_FOLDED_TO = _FOLDED_FROM.upper().translate(_LOOK_ALIKE)
_FOLD = str.maketrans(_FOLDED_FROM, _FOLDED_TO)


def folded(number: str) -> str:
    """A meter number to compare by: capital letters, and Latin ones for the Cyrillic that look like them."""
    return number.translate(_FOLD)


def folding(db: Connection, column: Any) -> Any:
    """The same, done by the database."""
    if db.dialect.name == "sqlite":
        return func.ivr_folded(column)
    return func.translate(column, _FOLDED_FROM, _FOLDED_TO)


def open_tables(db: Connection, tables: Sequence[Table]) -> None:
    """Make them, and let this connection work longer than a turn may."""
    if db.dialect.name == "sqlite":
        for schema in ("main", "temp"):
            db.exec_driver_sql(f"PRAGMA {schema}.cache_size = -{CACHE_KIB}")
        db.exec_driver_sql(f"PRAGMA busy_timeout = {int(LOCK_TIMEOUT_S * 1000)}")
        driver: Any = db.connection.dbapi_connection
        driver.create_function("ivr_folded", 1, folded, deterministic=True)
    else:
        db.exec_driver_sql("SET statement_timeout = 0")
        db.exec_driver_sql(f"SET lock_timeout = {int(LOCK_TIMEOUT_S * 1000)}")
    _META.create_all(db, tables=tables, checkfirst=False)


def put(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, whose values stand in the order of the columns. Raises Unavailable."""
    if not rows:
        return
    if db.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        db.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", _as_stored(db, table, rows))
        return
    driver: Any = db.connection.dbapi_connection  # psycopg itself, out of the pool or not
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.OperationalError as error:  # past SQLAlchemy, which would have said so
        raise Unavailable(error, lost=driver.closed) from error


def index(db: Connection, table: Table, key: Sequence[str]) -> None:
    """Once all rows are there: let them be found by their key, the earliest line first."""
    db.exec_driver_sql(f"CREATE INDEX {table.name}_{key[0]} ON {table.name} ({', '.join([*key, 'line'])})")
    if db.dialect.name != "sqlite":
        db.exec_driver_sql(f"ANALYZE {table.name}")


def _as_stored(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    """Times and days as SQLite keeps them."""
    for place, column in enumerate(table.columns):
        if isinstance(column.type, Date | UtcDateTime):
            process: Any = column.type.dialect_impl(db.dialect).bind_processor(db.dialect)
            rows = [
                row if row[place] is None else (*row[:place], process(row[place]), *row[place + 1 :])
                for row in rows
            ]
    return rows
