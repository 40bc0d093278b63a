"""Announced outages: a staged file compared with what is stored, and written."""

from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, select

from ivr.store.importing.staging import OUTAGES, Tally, index
from ivr.store.importing.writing import put_rows
from ivr.store.tables import Outages

_FIELDS = ("address", "reason", "starts_at", "ends_at")
_outages: Any = Outages.__table__


def prepare(db: Connection) -> None:
    """Once all lines are staged: let them be found by their numbers."""
    index(db, OUTAGES, ["number"])


def plan(db: Connection) -> Tally:
    """Cross out what is stored already, and count."""
    this = _outages.c.number == OUTAGES.c.number
    same = and_(this, *(_outages.c[name] == OUTAGES.c[name] for name in _FIELDS))
    kept = db.execute(delete(OUTAGES).where(exists().where(same))).rowcount
    counted = select(func.count()).select_from(OUTAGES)
    left, changed = (
        db.execute(counted).scalar_one(),
        db.execute(counted.where(exists().where(this))).scalar_one(),
    )
    return Tally(left - changed, changed, kept)


def write(db: Connection) -> None:
    """All that is left, in this transaction."""
    fields = (OUTAGES.c[name] for name in ("number", *_FIELDS))
    put_rows(db, _outages, select(*fields), ["number"])
