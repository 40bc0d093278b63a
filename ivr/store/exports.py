"""Rows for export, one at a time: their number does not matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from ivr.store.tables import Accounts, Meters, Readings, Registers, Requests

_AT_ONCE = 1000


@dataclass(frozen=True)
class Wanted:
    """Which rows: from this time on, before that one (aware), in one of these states. None, nothing: all."""

    since: datetime | None = None
    before: datetime | None = None
    states: Sequence[str] = ()


def readings(db: Connection, wanted: Wanted) -> Iterator[Any]:
    """Readings that the line took, by the time of their taking."""
    query = (
        select(Readings.receipt_id, Accounts.number.label("account"), Meters.number.label("meter"), Registers.zone,
               Readings.value, Readings.state, Readings.outside_window, Readings.rolled_over, Readings.superseded,
               Readings.taken_at, Readings.call_sid)
        .join(Registers, Registers.id == Readings.register_id)
        .join(Meters, Meters.id == Registers.meter_id)
        .join(Accounts, Accounts.id == Meters.account_id)
        .where(Readings.call_sid.is_not(None))
        .order_by(Readings.taken_at, Readings.id)
    )  # fmt: skip
    yield from _rows(db, _narrowed(query, wanted, Readings.taken_at, Readings.state))


def requests(db: Connection, wanted: Wanted) -> Iterator[Any]:
    """Requests, by the time of their taking."""
    query = (
        select(Requests.id, Requests.kind, Requests.state, Requests.urgent, Accounts.number.label("account"),
               Meters.number.label("meter"), Requests.phone, Requests.balance, Requests.runs_out_at,
               Requests.incomplete, Requests.address, Requests.since, Requests.words, Requests.created_at,
               Requests.updated_at, Requests.call_sid)
        .outerjoin(Accounts, Accounts.id == Requests.account_id)
        .outerjoin(Meters, Meters.id == Requests.meter_id)
        .order_by(Requests.created_at, Requests.id)
    )  # fmt: skip
    yield from _rows(db, _narrowed(query, wanted, Requests.created_at, Requests.state))


def _narrowed(query: Any, wanted: Wanted, moment: Any, state: Any) -> Any:
    if wanted.since is not None:
        query = query.where(moment >= wanted.since)
    if wanted.before is not None:
        query = query.where(moment < wanted.before)
    return query.where(state.in_(wanted.states)) if wanted.states else query


def _rows(db: Connection, query: Any) -> Iterator[Any]:
    if db.dialect.name != "sqlite":
        db.exec_driver_sql("SET LOCAL statement_timeout = 0")  # longer than a turn may take
    yield from db.execute(query.execution_options(stream_results=True, max_row_buffer=_AT_ONCE))
