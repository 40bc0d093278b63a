"""The outbox: what must leave this machine, written with what caused it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ivr.store.tables import Outbox


def put(db: Connection, kind: str, key: str, payload: str, now: datetime) -> None:
    """Add something to be sent; the same key again is the same thing and adds nothing."""
    on = sqlite if db.dialect.name == "sqlite" else postgresql
    table: Any = Outbox.__table__
    values = {"kind": kind, "key": key, "payload": payload, "created_at": now, "due_at": now, "attempts": 0,
              "error": ""}  # fmt: skip
    db.execute(on.insert(table).values(**values).on_conflict_do_nothing(index_elements=["key"]))


def claim(db: Connection, kind: str, now: datetime, lease: timedelta, most: int) -> list[Any]:
    """Rows (id, kind, key, payload, attempts) of a kind that are due, taken for the length of the lease.

    A worker that dies while it sends leaves them to be due again; the key tells the receiver of a repeat.
    """
    query = (
        select(Outbox.id, Outbox.kind, Outbox.key, Outbox.payload, Outbox.attempts)
        .where(
            Outbox.kind == kind,
            Outbox.sent_at.is_(None),
            Outbox.failed_at.is_(None),
            Outbox.due_at <= now,
        )
        .order_by(Outbox.due_at, Outbox.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = list(db.execute(query))
    if rows:
        ids = [row.id for row in rows]
        taken = {"due_at": now + lease, "attempts": Outbox.attempts + 1}
        db.execute(update(Outbox).where(Outbox.id.in_(ids)).values(taken))
    return rows


def sent(db: Connection, id: int, now: datetime) -> None:
    """It has left."""
    db.execute(update(Outbox).where(Outbox.id == id).values(sent_at=now, error=""))


def later(db: Connection, id: int, due: datetime, error: str) -> None:
    """It failed and will be tried again."""
    db.execute(update(Outbox).where(Outbox.id == id).values(due_at=due, error=error))


def give_up(db: Connection, id: int, now: datetime, error: str) -> None:
    """It failed too often, or can never succeed; kept for a person to see."""
    db.execute(update(Outbox).where(Outbox.id == id).values(failed_at=now, error=error))
