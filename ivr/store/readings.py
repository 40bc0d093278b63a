"""Readings: what is known of a register, and what a call writes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from ivr.domain.commands import SavedReading
from ivr.store.tables import Accounts, Meters, Readings, Receipts, Registers

_t: Any = Readings.__table__


def history(db: Connection, register_id: int) -> list[Any]:
    """Rows (value, state, taken_at) of a register, oldest first, without those that a later one replaced."""
    query = (
        select(Readings.value, Readings.state, Readings.taken_at)
        .where(Readings.register_id == register_id, Readings.superseded.is_(False))
        .order_by(Readings.taken_at, Readings.id)
    )
    return list(db.execute(query))


def supersede(
    db: Connection, sid: str, register_id: int, month: tuple[datetime, datetime], at: datetime
) -> bool:
    """Of a month's readings one counts: the last. Replace what other calls took before; True if one came later."""
    others = (
        Readings.register_id == register_id,
        Readings.confirmed.is_(True),
        Readings.superseded.is_(False),
        or_(Readings.call_sid.is_(None), Readings.call_sid != sid),
        Readings.taken_at >= month[0],
        Readings.taken_at < month[1],
    )
    db.execute(update(Readings).where(*others, Readings.taken_at <= at).values(superseded=True))
    return db.execute(select(Readings.id).where(*others, Readings.taken_at > at).limit(1)).first() is not None


def receipt(db: Connection, sid: str, account_id: int, now: datetime) -> int:
    """The receipt of this call and account, made at the first reading that needs it. Returns its id."""
    same = (Receipts.call_sid == sid, Receipts.account_id == account_id)
    found = db.execute(select(Receipts.id).where(*same)).scalar()
    if found is not None:
        return found
    made = insert(Receipts).values(call_sid=sid, account_id=account_id, at=now).returning(Receipts.id)
    return db.execute(made).scalar_one()


def put(db: Connection, sid: str, register_id: int, values: dict[str, Any]) -> None:
    """Write the one reading that this call has for a register, confirmed or not; the same again changes nothing."""
    confirmed = values["state"] != "unconfirmed"
    mine = (Readings.call_sid == sid, Readings.register_id == register_id)
    if confirmed:
        db.execute(delete(Readings).where(*mine, Readings.confirmed.is_(False)))
    same = select(Readings.id, Readings.value, Readings.state, Readings.superseded)
    row = db.execute(same.where(*mine, Readings.confirmed.is_(confirmed))).first()
    if row is None:
        db.execute(
            insert(Readings).values(call_sid=sid, register_id=register_id, confirmed=confirmed, **values)
        )
    elif (row.value, row.state, row.superseded) != (values["value"], values["state"], values["superseded"]):
        db.execute(update(Readings).where(Readings.id == row.id).values(**values))


def of_call(db: Connection, sid: str) -> list[SavedReading]:
    """What a call has saved, in the order of its saving."""
    query = (
        select(Registers.zone, Readings.value, Readings.state, Meters.number, Meters.account_id)
        .join(Registers, Registers.id == Readings.register_id)
        .join(Meters, Meters.id == Registers.meter_id)
        .where(Readings.call_sid == sid)
        .order_by(Readings.id)
    )
    return [SavedReading(*row) for row in db.execute(query)]


def receipts_of_call(db: Connection, sid: str) -> list[int]:
    """Ids of the receipts that a call has given."""
    return list(
        db.execute(select(Receipts.id).where(Receipts.call_sid == sid).order_by(Receipts.id)).scalars()
    )


def list_readings(db: Connection, limit: int, account: str | None = None) -> list[dict[str, Any]]:
    """Readings taken by the line, newest first, with account, meter and zone."""
    query = (
        select(Readings.id, Accounts.number.label("account"), Meters.number.label("meter"), Registers.zone,
               Readings.value, Readings.state, Readings.superseded, Readings.outside_window, Readings.rolled_over,
               Readings.receipt_id, Readings.call_sid, Readings.taken_at)
        .join(Registers, Registers.id == Readings.register_id)
        .join(Meters, Meters.id == Registers.meter_id)
        .join(Accounts, Accounts.id == Meters.account_id)
        .where(Readings.call_sid.is_not(None))
        .order_by(Readings.taken_at.desc(), Readings.id.desc())
        .limit(limit)
    )  # fmt: skip
    if account is not None:
        query = query.where(Accounts.number == account)
    return [dict(row) for row in db.execute(query).mappings()]
