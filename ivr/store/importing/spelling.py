"""One meter however its number was typed: a Cyrillic М for a Latin M, small letters for capital ones."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, exists, func, insert, select, update

from ivr.store.importing.conflicts import rows
from ivr.store.importing.staging import METERS, REGISTERS, SPELLED, folding
from ivr.store.tables import Accounts, Meters


def unify(db: Connection) -> Iterator[tuple[int, str, str, bool]]:
    """Let staged lines of an account name a meter as the database does, or else the first line.

    Line, its spelling, the one that counts, and whether it is the database's.
    """
    stored = (
        select(METERS.c.line, METERS.c.account, METERS.c.number, func.min(Meters.number))
        .join(Accounts, Accounts.number == METERS.c.account)
        .join(Meters, and_(Meters.account_id == Accounts.id, Meters.number != METERS.c.number))
        .where(folding(db, Meters.number) == METERS.c.folded, ~_stored_so())
        .group_by(METERS.c.line, METERS.c.account, METERS.c.number)
    )
    first, earlier = METERS.alias("first"), METERS.alias("earlier")
    before = and_(
        earlier.c.account == first.c.account,
        earlier.c.folded == first.c.folded,
        earlier.c.line < first.c.line,
    )
    told = (
        select(METERS.c.line, METERS.c.account, METERS.c.number, first.c.number)
        .join(first, and_(first.c.account == METERS.c.account, first.c.folded == METERS.c.folded))
        .where(first.c.number != METERS.c.number, ~exists().where(before).correlate(first), ~_stored_so())
    )
    for query, in_database in ((stored, True), (told, False)):
        db.execute(insert(SPELLED).from_select(["line", "account", "other", "number"], query))
        found = False
        for line, other, number in rows(db, select(SPELLED.c.line, SPELLED.c.other, SPELLED.c.number)):
            found = True
            yield line, other, number, in_database
        if found:
            _respell(db, METERS, METERS.c.number)
            _respell(db, REGISTERS, REGISTERS.c.meter)
            db.execute(SPELLED.delete())


def elsewhere(db: Connection) -> Iterator[tuple[int, str, str, int | None]]:
    """First line and number of a meter that another account has too; that account, and its line if it has one."""
    first = METERS.alias("first")
    many = (
        select(func.min(METERS.c.line))
        .group_by(METERS.c.folded)
        .having(func.min(METERS.c.account) != func.max(METERS.c.account))
    )
    query: Any = (
        select(func.min(METERS.c.line), METERS.c.number, first.c.account, first.c.line)
        .join(first, and_(first.c.folded == METERS.c.folded, first.c.account != METERS.c.account))
        .where(first.c.line.in_(many))
        .group_by(METERS.c.account, METERS.c.number, first.c.account, first.c.line)
    )
    yield from rows(db, query)
    told = and_(first.c.account == Accounts.number, first.c.folded == METERS.c.folded)
    query = (
        select(func.min(METERS.c.line), METERS.c.number, func.min(Accounts.number))
        .select_from(Meters)
        .join(Accounts, Accounts.id == Meters.account_id)
        .join(
            METERS, and_(METERS.c.folded == folding(db, Meters.number), METERS.c.account != Accounts.number)
        )
        .where(~exists().where(told).correlate(METERS, Accounts))
        .group_by(METERS.c.account, METERS.c.number)
    )
    for line, number, account in rows(db, query):
        yield line, number, account, None


def _stored_so() -> Any:
    account, meter = Accounts.__table__.alias("its_account"), Meters.__table__.alias("its_meter")
    return (
        select(meter.c.id)
        .join(account, account.c.id == meter.c.account_id)
        .where(account.c.number == METERS.c.account, meter.c.number == METERS.c.number)
        .correlate(METERS)
        .exists()
    )


def _respell(db: Connection, table: Any, column: Any) -> None:
    this = and_(SPELLED.c.account == table.c.account, SPELLED.c.other == column)
    number = select(func.min(SPELLED.c.number)).where(this).correlate(table).scalar_subquery()
    db.execute(update(table).where(exists().where(this)).values({column: number}))
