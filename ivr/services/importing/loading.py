"""A file into the database: looked through, read and staged, checked, compared, and written at one stroke."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy import Table as Staged

from ivr.services.importing.columns import Column, Table
from ivr.services.importing.problems import Problems, Unreadable
from ivr.services.importing.source import Records, examine
from ivr.store.engine import Store
from ivr.store.importing.lock import only_import
from ivr.store.importing.staging import Tally, open_tables

AT_ONCE = 2000
"""Lines in memory."""


class File(Protocol):
    """What is known of one kind of file."""

    @property
    def columns(self) -> Sequence[Column]:
        """In the order in which `stage` gets their values."""

    @property
    def tables(self) -> Sequence[Staged]:
        """The staging tables."""

    def stage(self, db: Connection, rows: list[tuple[int, list[Any]]], problems: Problems) -> None:
        """Put lines into the staging tables."""

    def finish(self, db: Connection, problems: Problems) -> None:
        """After the last line: what lines say of each other."""

    def plan(self, db: Connection) -> dict[str, Tally]:
        """Cross out what the database has; count what is left to do."""

    def write(self, db: Connection, now: datetime) -> None:
        """What is left to do."""


Watch = Callable[[str, int, int], None]
"""Told of the stage (reading, checking, comparing, writing), of bytes read and of how many there are, or 0 and 0."""


@dataclass(frozen=True)
class Loaded:
    """What became of a file. With problems nothing was written, and there are no tallies."""

    lines: int
    problems: Problems
    tallies: dict[str, Tally]


def load(
    store: Store, path: Path, file: File, now: datetime, watch: Watch, *, dry_run: bool = False
) -> Loaded:
    """Load a file, or only tell what it would change. Raises Unreadable, Busy, Unavailable: nothing is written."""
    problems = Problems()
    with store.alone() as db, only_import(db):
        source = examine(path)
        with db.begin():
            open_tables(db, file.tables)
            lines = 0
            records = Records(source, problems, lambda done: watch("reading", done, source.size))
            for rows in _batches(Table(file.columns, source).rows(records, problems)):
                lines += len(rows)
                file.stage(db, rows, problems)
            if not lines and not problems.total:
                raise Unreadable(f"В файле {path} нет ни одной строки с данными.")
        watch("checking", 0, 0)
        with db.begin():
            file.finish(db, problems)
        if problems.total:
            return Loaded(lines, problems, {})
        watch("comparing", 0, 0)
        with db.begin():
            tallies = file.plan(db)
        if not dry_run:
            watch("writing", 0, 0)
            with db.execution_options(begin="BEGIN IMMEDIATE").begin():
                file.write(db, now)
        return Loaded(lines, problems, tallies)


def _batches(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[list[tuple[int, list[Any]]]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch
