"""What is left of a staged file of accounts, written to the line's tables in the transaction given."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    delete,
    exists,
    false,
    insert,
    literal,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from ivr.domain.requests import OPEN_STATES
from ivr.store.importing.planning import register_of_line
from ivr.store.importing.staging import (
    ACCOUNTS,
    CORRECTED,
    DAYS,
    DONE,
    GONE,
    METERS,
    OLDER,
    PHONES,
    REGISTERS,
)
from ivr.store.tables import Accounts, Meters, Phones, Readings, Registers, Requests

_accounts: Any = Accounts.__table__
_meters: Any = Meters.__table__
_registers: Any = Registers.__table__
_phones: Any = Phones.__table__
_readings: Any = Readings.__table__


def write(db: Connection, now: datetime) -> None:
    """All of it, in the order in which rows point to each other."""
    _write_accounts(db)
    _write_meters(db)
    _write_readings(db)
    open_ = (Requests.id.in_(select(DONE.c.request_id)), Requests.state.in_(OPEN_STATES))
    db.execute(update(Requests).where(*open_).values(state="done", updated_at=now))


def put_rows(db: Connection, table: Any, query: Select[Any], key: list[str]) -> None:
    """Insert what the query gives, in its columns; a row with this key already gets the other columns."""
    names = [column.name for column in query.selected_columns]
    on = sqlite if db.dialect.name == "sqlite" else postgresql
    made = on.insert(table).from_select(names, query.where(true()))
    changed = {name: made.excluded[name] for name in names if name not in key}
    if changed:
        db.execute(made.on_conflict_do_update(index_elements=key, set_=changed))
    else:
        db.execute(made.on_conflict_do_nothing(index_elements=key))
    if db.dialect.name != "sqlite":
        db.exec_driver_sql(
            f"ANALYZE {table.name}"
        )  # the next join would else be planned for a table as it was


def _write_accounts(db: Connection) -> None:
    put_rows(db, _accounts, select(ACCOUNTS.c.number, ACCOUNTS.c.holder, ACCOUNTS.c.address), ["number"])
    gone = select(GONE.c.phone, GONE.c.account_id)
    db.execute(delete(_phones).where(tuple_(_phones.c.phone, _phones.c.account_id).in_(gone)))
    owned = select(PHONES.c.phone, _accounts.c.id.label("account_id")).join(
        _accounts, _accounts.c.number == PHONES.c.account
    )
    put_rows(db, _phones, owned, ["phone", "account_id"])


def _write_meters(db: Connection) -> None:
    meters = select(
        _accounts.c.id.label("account_id"),
        METERS.c.number,
        METERS.c.type,
        METERS.c.prepaid,
        METERS.c.reprogrammed_on,
        METERS.c.max_power_kw,
    ).join(_accounts, _accounts.c.number == METERS.c.account)
    # in the file's order: in that of their ids callers are asked for them
    put_rows(db, _meters, meters.order_by(METERS.c.line), ["account_id", "number"])
    registers = (
        select(_meters.c.id.label("meter_id"), REGISTERS.c.zone, REGISTERS.c.digits)
        .join(_accounts, _accounts.c.number == REGISTERS.c.account)
        .join(_meters, and_(_meters.c.account_id == _accounts.c.id, _meters.c.number == REGISTERS.c.meter))
        .where(REGISTERS.c.digits.is_not(None))
    )
    put_rows(db, _registers, registers, ["meter_id", "zone"])


def _write_readings(db: Connection) -> None:
    """Accepted, without a call. One that came later in the month, by whatever way, is the one that counts."""
    stored, later = _readings.c, _readings.alias("later")
    value = select(CORRECTED.c.value).where(CORRECTED.c.reading_id == stored.id).scalar_subquery()
    corrected = stored.id.in_(select(CORRECTED.c.reading_id))
    db.execute(update(_readings).where(corrected, stored.call_sid.is_(None)).values(value=value))
    older = stored.id.in_(select(OLDER.c.reading_id))
    db.execute(update(_readings).where(older, stored.call_sid.is_(None)).values(superseded=True))
    replaced = exists().where(
        later.c.register_id == _registers.c.id,
        later.c.confirmed.is_(True),
        later.c.superseded.is_(False),
        later.c.taken_at > DAYS.c.begins,
        later.c.taken_at < DAYS.c.next_month,
    )
    query = select(
        _registers.c.id,
        REGISTERS.c.value,
        literal("accepted"),
        true(),
        false(),
        false(),
        replaced.correlate(_registers, DAYS),
        DAYS.c.begins,
    ).where(register_of_line(), DAYS.c.day == REGISTERS.c.day, REGISTERS.c.value.is_not(None))
    names = [
        "register_id",
        "value",
        "state",
        "confirmed",
        "outside_window",
        "rolled_over",
        "superseded",
        "taken_at",
    ]
    db.execute(insert(_readings).from_select(names, query))
