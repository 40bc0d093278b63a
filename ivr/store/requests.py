"""Requests of callers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ivr.domain.requests import OPEN_STATES
from ivr.store.tables import Accounts, Requests


def find_open(db: Connection, kind: str, account_id: int) -> Any | None:
    """The open request of this kind for an account: row (id, state, created_at), or None."""
    query = (
        select(Requests.id, Requests.state, Requests.created_at)
        .where(Requests.kind == kind, Requests.account_id == account_id, Requests.state.in_(OPEN_STATES))
        .order_by(Requests.id)
        .limit(1)
        .with_for_update()
    )
    return db.execute(query).first()


def add(db: Connection, values: dict[str, Any], now: datetime) -> int:
    """A new request; returns its id."""
    made = insert(Requests).values(created_at=now, updated_at=now, **values).returning(Requests.id)
    return db.execute(made).scalar_one()


def make_urgent(db: Connection, id: int, now: datetime) -> None:
    """Raise an open request."""
    db.execute(update(Requests).where(Requests.id == id).values(urgent=True, updated_at=now))


def of_call(db: Connection, sid: str) -> list[int]:
    """Ids of the requests taken in a call."""
    return list(
        db.execute(select(Requests.id).where(Requests.call_sid == sid).order_by(Requests.id)).scalars()
    )


def list_requests(db: Connection, limit: int) -> list[dict[str, Any]]:
    """Requests: open ones first, urgent before others, then the newest."""
    query = (
        select(Requests.id, Requests.kind, Requests.state, Requests.urgent, Accounts.number.label("account"),
               Requests.phone, Requests.words, Requests.call_sid, Requests.created_at, Requests.updated_at)
        .outerjoin(Accounts, Accounts.id == Requests.account_id)
        .order_by(Requests.state.not_in(OPEN_STATES), Requests.urgent.desc(), Requests.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [dict(row) for row in db.execute(query).mappings()]
