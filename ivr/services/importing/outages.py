"""The file of announced outages: a line for each announcement and address."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from ivr.services.importing import cells
from ivr.services.importing.columns import Column
from ivr.services.importing.problems import Problems
from ivr.store.importing import conflicts, outages
from ivr.store.importing.staging import OUTAGES, Tally, put

NUMBER, ADDRESS, REASON, STARTS, ENDS = "Номер объявления", "Адрес", "Причина", "Начало", "Конец"


LONG = timedelta(days=30)


class Outages:
    """One file on its way into the staging table, and from there into the line's own."""

    tables = (OUTAGES,)
    columns = (
        Column(NUMBER, cells.text(64)),
        Column(ADDRESS, cells.text(500)),
        Column(REASON, cells.text(500, required=False)),
        Column(STARTS, cells.moment),
        Column(ENDS, cells.moment),
    )

    def __init__(self, now: datetime) -> None:
        """`now`: aware; an outage that ended long before is told of."""
        self._long_ago = now - LONG

    def stage(self, db: Connection, rows: list[tuple[int, list[Any]]], problems: Problems) -> None:
        """Put lines that were read into the staging table."""
        for line, (*_, starts, ends) in rows:
            if ends <= starts:
                problems.add_cell(line, ENDS, cells.told(ends), f"не позже начала ({cells.told(starts)})")
            elif ends - starts > LONG:
                why = f"дольше {LONG.days} дней, с {cells.told(starts)}: верен ли год"
                problems.notes.add_cell(line, ENDS, cells.told(ends), why)
            elif ends < self._long_ago:
                why = f"кончилось больше {LONG.days} дней назад: абоненты о нём не услышат"
                problems.notes.add_cell(line, ENDS, cells.told(ends), why)
        put(db, OUTAGES, [(line, *values) for line, values in rows])

    def finish(self, db: Connection, problems: Problems) -> None:
        """After the last line: an announcement stands once in a file."""
        outages.prepare(db)
        for line, other, number in conflicts.outages(db):
            problems.add_cell(line, NUMBER, number, f"уже есть в строке {other}; у каждой строки свой номер")

    def plan(self, db: Connection) -> dict[str, Tally]:
        """Cross out what the database has already; returns what is left to do, counted."""
        return {"outages": outages.plan(db)}

    def write(self, db: Connection, now: datetime) -> None:
        """All that is left, in this transaction."""
        outages.write(db)
