"""Accounts with their meters and registers."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from ivr.domain.accounts import Account, Meter, Register
from ivr.store.tables import Accounts, Meters, Phones, Registers

_ZONES = {"T": 0, "T1": 1, "T2": 2, "T3": 3}


def by_phone(db: Connection, phone: str) -> tuple[Account, ...]:
    """The accounts that a phone (E.164) belongs to, in the order of their numbers."""
    owned = select(Phones.account_id).where(Phones.phone == phone)
    return _accounts(db, Accounts.id.in_(owned))


def by_number(db: Connection, number: str) -> tuple[Account, ...]:
    """The account with this number, or none."""
    return _accounts(db, Accounts.number == number)


def by_id(db: Connection, account_id: int) -> tuple[Account, ...]:
    """The account with this id, or none."""
    return _accounts(db, Accounts.id == account_id)


def lock(db: Connection, account_id: int) -> None:
    """Hold an account, so that two calls do not write requests or readings for it past each other."""
    # Not against rows that only point to it: those are locked first, by this call too, and two calls would wait
    # for each other.
    db.execute(select(Accounts.id).where(Accounts.id == account_id).with_for_update(key_share=True))


def _accounts(db: Connection, where: ColumnElement[bool]) -> tuple[Account, ...]:
    query = (
        select(Accounts.id.label("account_id"), Accounts.number.label("account"), Meters.id.label("meter_id"),
               Meters.number, Meters.type, Meters.prepaid, Meters.max_power_kw, Meters.reprogrammed_on,
               Registers.id, Registers.zone, Registers.digits)
        .select_from(Accounts)
        .outerjoin(Meters, Meters.account_id == Accounts.id)
        .outerjoin(Registers, Registers.meter_id == Meters.id)
        .where(where)
        .order_by(Accounts.number, Meters.id, Registers.zone)
    )  # fmt: skip
    rows = db.execute(query).all()
    return tuple(
        Account(id, number, _meters(group))
        for (id, number), group in groupby(rows, key=lambda row: (row.account_id, row.account))
    )


def _meters(rows: Iterable[Any]) -> tuple[Meter, ...]:
    return tuple(
        Meter(
            id,
            first.number,
            first.type,
            first.prepaid,
            first.max_power_kw,
            _registers([first, *group]),
            first.reprogrammed_on,
        )
        for id, group in groupby(rows, key=lambda row: row.meter_id)
        if id is not None and (first := next(group)) is not None
    )


def _registers(rows: Iterable[Any]) -> tuple[Register, ...]:
    found = [Register(row.id, row.zone, row.digits) for row in rows if row.id is not None]
    return tuple(sorted(found, key=lambda register: _ZONES[register.zone]))


def holder(db: Connection, account_id: int) -> tuple[str, str]:
    """The holder's name and the address: for operators alone, never for a script."""
    row = db.execute(select(Accounts.holder, Accounts.address).where(Accounts.id == account_id)).one()
    return row.holder, row.address
