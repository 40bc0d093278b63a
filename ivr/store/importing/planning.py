"""What a file of accounts would change: found out in a read transaction, so that nobody waits for it.

What the database has already is crossed out of the staging tables; what is left is to be written.
"""

from typing import Any

from sqlalchemy import Connection, Delete, Table, and_, delete, exists, func, insert, select, update

from ivr.domain.requests import OPEN_STATES
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
    SPELLED,
    Tally,
    index,
)
from ivr.store.tables import Accounts, Meters, Phones, Readings, Registers, Requests

TABLES = (ACCOUNTS, PHONES, METERS, REGISTERS, SPELLED, DAYS, GONE, CORRECTED, OLDER, DONE)
_KEYS = ((ACCOUNTS, "number"), (PHONES, "account", "phone"), (METERS, "account", "number"),
         (REGISTERS, "account", "meter", "zone"))  # fmt: skip
_accounts: Any = Accounts.__table__
_meters: Any = Meters.__table__
_registers: Any = Registers.__table__
_phones: Any = Phones.__table__
_readings: Any = Readings.__table__


def prepare(db: Connection) -> None:
    """Once all lines are staged: let them be found by their keys."""
    for table, *key in _KEYS:
        index(db, table, key)
    index(db, METERS, ["folded"])


def plan(db: Connection) -> dict[str, Tally]:
    """Cross out and count."""
    _once(db)
    _requests_done(db)
    accounts, phones = _accounts_and_phones(db)
    return {
        "accounts": accounts,
        "phones": phones,
        "meters": _meters_left(db),
        "registers": _registers_left(db),
        "readings": _readings_left(db),
        "requests": Tally(0, _count(db, DONE), 0),
    }


def _once(db: Connection) -> None:
    """An account may come back later in the file: one line of it is enough."""
    for table, *key in (one for one in _KEYS if one[0] is not REGISTERS):
        earlier = table.alias("earlier")
        same = and_(earlier.c.line < table.c.line, *(earlier.c[name] == table.c[name] for name in key))
        db.execute(delete(table).where(exists().where(same)))


def _accounts_and_phones(db: Connection) -> tuple[Tally, Tally]:
    ours, stored = ACCOUNTS.c, _accounts.c
    told = and_(PHONES.c.account == stored.number, PHONES.c.phone == _phones.c.phone)
    gone = (
        select(_phones.c.phone, _phones.c.account_id)
        .join(_accounts, stored.id == _phones.c.account_id)
        .where(exists().where(ours.number == stored.number), ~exists().where(told))
    )
    db.execute(insert(GONE).from_select(["phone", "account_id"], gone))
    owned = select(_phones.c.phone).join(_accounts, stored.id == _phones.c.account_id).where(told)
    kept = _crossed_out(db, delete(PHONES).where(owned.correlate(PHONES).exists()))
    phones = Tally(_count(db, PHONES), 0, kept, _count(db, GONE))
    this = stored.number == ours.number
    same = and_(this, stored.holder == ours.holder, stored.address == ours.address)
    kept = _crossed_out(db, delete(ACCOUNTS).where(exists().where(same)))
    return _tally(db, ACCOUNTS, exists().where(this), kept), phones


def _meters_left(db: Connection) -> Tally:
    ours, stored = METERS.c, _meters.c
    this = (
        select(stored.id)
        .join(_accounts, _accounts.c.id == stored.account_id)
        .where(_accounts.c.number == ours.account, stored.number == ours.number)
        .correlate(METERS)
    )
    same = this.where(
        stored.type == ours.type,
        stored.prepaid == ours.prepaid,
        stored.reprogrammed_on.is_not_distinct_from(ours.reprogrammed_on),
        stored.max_power_kw.is_not_distinct_from(ours.max_power_kw),
    )
    return _tally(db, METERS, this.exists(), _crossed_out(db, delete(METERS).where(same.exists())))


def _registers_left(db: Connection) -> Tally:
    this = select(_registers.c.id).where(register_of_line()).correlate(REGISTERS)
    same = select(REGISTERS.c.line).where(register_of_line(), _registers.c.digits == REGISTERS.c.digits)
    kept = db.execute(
        update(REGISTERS).where(REGISTERS.c.line.in_(same.correlate(None))).values(digits=None)
    ).rowcount
    return _tally(db, REGISTERS, this.exists(), kept, REGISTERS.c.digits.is_not(None))


def _readings_left(db: Connection) -> Tally:
    """The same value on the same day is the same reading, whoever gave it; calls' readings are never touched."""
    stored, ours = _readings.c, REGISTERS.c
    of_register = (stored.register_id == _registers.c.id, register_of_line(), DAYS.c.day == ours.day)
    that_day = (stored.taken_at >= DAYS.c.begins, stored.taken_at < DAYS.c.ends, stored.state == "accepted")
    same = select(ours.line).where(*of_register, *that_day, stored.value == ours.value)
    kept = db.execute(
        update(REGISTERS).where(ours.line.in_(same.correlate(None))).values(value=None)
    ).rowcount
    given = ours.value.is_not(None)
    own = (given, stored.call_sid.is_(None))
    wrong = select(stored.id, ours.line, ours.value).where(*of_register, *that_day, *own)
    db.execute(insert(CORRECTED).from_select(["reading_id", "line", "value"], wrong))
    db.execute(update(REGISTERS).where(ours.line.in_(select(CORRECTED.c.line))).values(value=None))
    older = select(stored.id).where(
        *of_register, *own, stored.superseded.is_(False),
        stored.taken_at >= DAYS.c.month, stored.taken_at < DAYS.c.begins,
    )  # fmt: skip
    db.execute(insert(OLDER).from_select(["reading_id"], older))
    return Tally(_count(db, REGISTERS, given), _count(db, CORRECTED), kept)


def _requests_done(db: Connection) -> None:
    """Open requests for a meter that is reprogrammed now; without a meter: where none of the account waits for it."""
    done = and_(METERS.c.account == _accounts.c.number, METERS.c.reprogrammed_on.is_not(None))
    told = and_(METERS.c.account == _accounts.c.number, METERS.c.number == _meters.c.number)
    waits = select(_meters.c.id).where(
        _meters.c.account_id == _accounts.c.id, _meters.c.prepaid.is_(True), ~exists().where(told)
    )
    waits_in_file = and_(METERS.c.account == _accounts.c.number, METERS.c.prepaid.is_(True))
    open_ = (Requests.kind == "reprogramming", Requests.state.in_(OPEN_STATES))
    by_meter = (
        select(Requests.id)
        .join(_meters, _meters.c.id == Requests.meter_id)
        .join(_accounts, _accounts.c.id == _meters.c.account_id)
        .where(*open_, exists().where(done, METERS.c.number == _meters.c.number))
    )
    by_account = (
        select(Requests.id)
        .join(_accounts, _accounts.c.id == Requests.account_id)
        .where(
            *open_,
            Requests.meter_id.is_(None),
            exists().where(done),
            ~exists().where(waits_in_file),
            ~waits.correlate(_accounts).exists(),
        )
    )
    for query in (by_meter, by_account):
        db.execute(insert(DONE).from_select(["request_id"], query))


def register_of_line() -> Any:
    """The stored register that a staged line is about; the tables of accounts, meters and registers take part."""
    return and_(
        _accounts.c.number == REGISTERS.c.account,
        _meters.c.account_id == _accounts.c.id,
        _meters.c.number == REGISTERS.c.meter,
        _registers.c.meter_id == _meters.c.id,
        _registers.c.zone == REGISTERS.c.zone,
    )


def _tally(db: Connection, table: Table, known: Any, same: int, *left: Any) -> Tally:
    """What is left in a staging table: new, or known and different."""
    changed = _count(db, table, known, *left)
    return Tally(_count(db, table, *left) - changed, changed, same)


def _count(db: Connection, table: Table, *where: Any) -> int:
    return db.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


def _crossed_out(db: Connection, statement: Delete) -> int:
    return db.execute(statement).rowcount
