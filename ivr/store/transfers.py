"""Handed over calls: the summary, and how the waiting goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ivr.store.tables import Transfers


def add(db: Connection, sid: str, turn: int, reason: str, summary: str, now: datetime) -> None:
    """A call is being handed over; its outcome will name this turn."""
    db.execute(
        insert(Transfers).values(call_sid=sid, turn=turn, reason=reason, summary=summary, created_at=now)
    )


def choose(db: Connection, sid: str, turn: int, choice: str) -> None:
    """What the caller chose while waiting; told at the outcome."""
    db.execute(update(Transfers).where(*_this(sid, turn)).values(choice=choice))


def choice(db: Connection, sid: str, turn: int) -> str:
    """What the caller chose while waiting, or an empty text."""
    return db.execute(select(Transfers.choice).where(*_this(sid, turn))).scalar() or ""


def end(db: Connection, sid: str, turn: int, state: str, now: datetime) -> None:
    """How it ended: the kind of its outcome."""
    db.execute(update(Transfers).where(*_this(sid, turn)).values(state=state, ended_at=now))


def of_call(db: Connection, sid: str) -> list[dict[str, Any]]:
    """All handings over of a call, in order."""
    table: Any = Transfers.__table__
    query = select(table).where(Transfers.call_sid == sid).order_by(Transfers.turn)
    return [dict(row) for row in db.execute(query).mappings()]


def summary(db: Connection, sid: str, turn: int) -> str | None:
    """The summary as JSON."""
    return db.execute(select(Transfers.summary).where(*_this(sid, turn))).scalar()


def end_waiting(db: Connection, sid: str, now: datetime) -> None:
    """The caller hung up while waiting."""
    waiting = (Transfers.call_sid == sid, Transfers.state == "waiting")
    db.execute(update(Transfers).where(*waiting).values(state="gone", ended_at=now))


def _this(sid: str, turn: int) -> tuple[Any, ...]:
    return (Transfers.call_sid == sid, Transfers.turn == turn)
