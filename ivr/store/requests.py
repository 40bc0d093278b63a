"""Requests of callers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, insert, or_, select, text, true, update

from ivr.domain.requests import OPEN_STATES, RequestKind
from ivr.store.tables import Accounts, Requests

MOST_FOUND = 20


def lock_phone(db: Connection, phone: str) -> None:
    """Hold a phone, so that two calls do not both open a request from it: no row may be there yet to hold."""
    if db.dialect.name == "postgresql":
        db.execute(text("select pg_advisory_xact_lock(hashtext(:phone))"), {"phone": phone})


def find_open(
    db: Connection,
    kind: str,
    *,
    account_id: int | None = None,
    meter_id: int | None = None,
    phone: str | None = None,
    call_sid: str | None = None,
) -> Any | None:
    """The first open request of this kind: from the phone, else of the account, else of the call.

    One from the phone must be of no account, or of this one; one of the account, of no meter or of this one. A row
    (id, state, urgent, phone, account_id, words, incomplete, created_at), or None.
    """
    if phone is not None:
        fitting: ColumnElement[bool] = Requests.account_id.is_(None)
        if account_id is not None:
            fitting = or_(fitting, Requests.account_id == account_id)
        whose: tuple[Any, ...] = (Requests.phone == phone, fitting)
    elif account_id is not None:
        meters = or_(Requests.meter_id.is_(None), Requests.meter_id == meter_id) if meter_id else true()
        whose = (Requests.account_id == account_id, meters)
    else:
        whose = (Requests.call_sid == call_sid,)
    columns = (
        Requests.id,
        Requests.state,
        Requests.urgent,
        Requests.phone,
        Requests.account_id,
        Requests.words,
        Requests.incomplete,
    )
    query = (
        select(*columns, Requests.created_at)
        .where(Requests.kind == kind, Requests.state.in_(OPEN_STATES), *whose)
        .order_by(Requests.id)
        .limit(1)
        .with_for_update()
    )
    return db.execute(query).first()


def add(db: Connection, values: dict[str, Any], now: datetime) -> int:
    """A new request; returns its id."""
    made = insert(Requests).values(created_at=now, updated_at=now, **values).returning(Requests.id)
    return db.execute(made).scalar_one()


def change(db: Connection, id: int, values: dict[str, Any], now: datetime) -> None:
    """Bring an open request up to date."""
    db.execute(update(Requests).where(Requests.id == id).values(updated_at=now, **values))


def find(
    db: Connection, *, id: int | None = None, phone: str | None = None, account_ids: Sequence[int] = ()
) -> list[Any]:
    """The newest requests with this id, or from the phone, or of the accounts; open ones first.

    At most twenty rows (id, kind, state, urgent, meter_id, created_at, updated_at).
    """
    whose = Requests.id == id if id is not None else Requests.account_id.in_(account_ids)
    if phone is not None:
        whose = or_(whose, Requests.phone == phone)
    query = (
        select(Requests.id, Requests.kind, Requests.state, Requests.urgent, Requests.meter_id,
               Requests.created_at, Requests.updated_at)
        .where(whose)
        .order_by(Requests.state.not_in(OPEN_STATES), Requests.id.desc())
        .limit(MOST_FOUND)
    )  # fmt: skip
    return list(db.execute(query))


def of_call(db: Connection, sid: str) -> list[tuple[int, RequestKind]]:
    """Ids and kinds of the requests taken in a call, or asked for again in it."""
    told = or_(Requests.call_sid == sid, Requests.last_call_sid == sid)
    found = db.execute(select(Requests.id, Requests.kind).where(told).order_by(Requests.id))
    return [(row.id, cast(RequestKind, row.kind)) for row in found]


def list_requests(db: Connection, limit: int) -> list[dict[str, Any]]:
    """Requests: open ones first, urgent before others, then the newest."""
    query = (
        select(Requests.id, Requests.kind, Requests.state, Requests.urgent, Accounts.number.label("account"),
               Requests.phone, Requests.balance, Requests.runs_out_at, Requests.incomplete,
               Requests.address, Requests.since, Requests.words, Requests.call_sid, Requests.created_at,
               Requests.updated_at)
        .outerjoin(Accounts, Accounts.id == Requests.account_id)
        .order_by(Requests.state.not_in(OPEN_STATES), Requests.urgent.desc(), Requests.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [dict(row) for row in db.execute(query).mappings()]
