"""What staged lines say against each other and against what is stored, found by the database."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from ivr.store.importing.staging import ACCOUNTS, DAYS, METERS, OUTAGES, REGISTERS
from ivr.store.tables import Accounts, Meters, Readings, Registers

LAWFUL = (("T",), ("T1", "T2"), ("T1", "T2", "T3"))
_AT_ONCE = 1000

Differing = dict[str, tuple[str, str]]
"""Field → its value in this line and in the first one, as text."""


def accounts(db: Connection) -> Iterator[tuple[int, int, str, Differing]]:
    """Line, first line, account, and what differs."""
    yield from _differing(db, ACCOUNTS, ["number"], ["holder", "address", "phones"])


def meters(db: Connection) -> Iterator[tuple[int, int, str, Differing]]:
    """Line, first line, meter, and what differs."""
    fields = ["type", "prepaid", "reprogrammed_on", "max_power_kw"]
    yield from _differing(db, METERS, ["account", "number"], fields)


def registers(db: Connection) -> Iterator[tuple[int, int, str, str]]:
    """Line, first line, meter and zone that stand twice."""
    first, other = _pairs(REGISTERS, ["account", "meter", "zone"])
    query = select(other.c.line, first.c.line, other.c.meter, other.c.zone).select_from(first)
    yield from rows(db, query.join(other, _same(first, other, ["account", "meter", "zone"])))


def outages(db: Connection) -> Iterator[tuple[int, int, str]]:
    """Line, first line and announcement that stand twice."""
    first, other = _pairs(OUTAGES, ["number"])
    query = select(other.c.line, first.c.line, other.c.number).select_from(first)
    yield from rows(db, query.join(other, _same(first, other, ["number"])))


def zones(db: Connection) -> Iterator[tuple[int, str, Sequence[str]]]:
    """First line, meter and zones of the file that no meter has together. No zone stands twice by now."""
    zone = REGISTERS.c.zone
    lawful = [
        and_(func.count() == len(some), func.min(zone) == some[0], func.max(zone) == some[-1])
        for some in LAWFUL
    ]
    query = (
        select(func.min(REGISTERS.c.line), REGISTERS.c.account, REGISTERS.c.meter)
        .group_by(REGISTERS.c.account, REGISTERS.c.meter)
        .having(not_(or_(*lawful)))
    )
    for line, account, meter in rows(db, query):
        yield line, meter, _zones_told(db, account, meter)


def zones_known(db: Connection) -> Iterator[tuple[int, str, Sequence[str], Sequence[str]]]:
    """First line, meter, its zones in the file and those stored, where they do not go together."""
    told = and_(
        REGISTERS.c.account == Accounts.number,
        REGISTERS.c.meter == Meters.number,
        REGISTERS.c.zone == Registers.zone,
    )
    query = (  # only zones that the file does not tell can be too many
        select(func.min(METERS.c.line), METERS.c.account, METERS.c.number, Meters.id)
        .join(Accounts, Accounts.number == METERS.c.account)
        .join(Meters, and_(Meters.account_id == Accounts.id, Meters.number == METERS.c.number))
        .join(Registers, Registers.meter_id == Meters.id)
        .where(~exists().where(told).correlate(Accounts, Meters, Registers))
        .group_by(METERS.c.account, METERS.c.number, Meters.id)
    )
    for line, account, meter, meter_id in rows(db, query):
        stored = tuple(db.execute(select(Registers.zone).where(Registers.meter_id == meter_id)).scalars())
        found = _zones_told(db, account, meter)
        if tuple(sorted({*found, *stored})) not in LAWFUL:
            yield line, meter, found, sorted(stored)


def last_readings(db: Connection) -> Iterator[Any]:
    """Where the last accepted reading needs more digits than the file gives, or a later one of the file is lower.

    Line, digits and value of the file; value and time stored; whether it is the digits.
    """
    last = (
        select(Readings.id)
        .where(
            Readings.register_id == Registers.id,
            Readings.state == "accepted",
            Readings.superseded.is_(False),
        )
        .order_by(Readings.taken_at.desc(), Readings.id.desc())
        .limit(1)
        .correlate(Registers)
        .scalar_subquery()
    )
    room = case({digits: 10**digits for digits in range(4, 8)}, value=REGISTERS.c.digits)
    narrow = and_(
        REGISTERS.c.digits < Registers.digits,
        Readings.value >= room,
        or_(DAYS.c.begins.is_(None), DAYS.c.begins < Readings.taken_at),
    )
    lower = and_(REGISTERS.c.value < Readings.value, DAYS.c.begins > Readings.taken_at)
    query = (
        select(REGISTERS.c.line, REGISTERS.c.digits, REGISTERS.c.value, Readings.value, Readings.taken_at,
               func.coalesce(narrow, false()))
        .select_from(REGISTERS)
        .join(Accounts, Accounts.number == REGISTERS.c.account)
        .join(Meters, and_(Meters.account_id == Accounts.id, Meters.number == REGISTERS.c.meter))
        .join(Registers, and_(Registers.meter_id == Meters.id, Registers.zone == REGISTERS.c.zone))
        .join(Readings, Readings.id == last)
        .outerjoin(DAYS, DAYS.c.day == REGISTERS.c.day)
        .where(or_(narrow, lower))
    )  # fmt: skip
    yield from rows(db, query)


def _zones_told(db: Connection, account: str, meter: str) -> Sequence[str]:
    these = (REGISTERS.c.account == account, REGISTERS.c.meter == meter)
    return db.execute(select(REGISTERS.c.zone).where(*these).order_by(REGISTERS.c.zone)).scalars().all()


def _differing(
    db: Connection, table: FromClause, key: list[str], fields: list[str]
) -> Iterator[tuple[int, int, str, Differing]]:
    first, other = _pairs(table, key)
    apart = or_(false(), *(other.c[name].is_distinct_from(first.c[name]) for name in fields))
    query = select(
        other.c.line,
        first.c.line,
        other.c.number,
        *(side.c[name] for side in (other, first) for name in fields),
    )
    for line, at, number, *values in rows(
        db, query.join_from(first, other, _same(first, other, key)).where(apart)
    ):
        sides = zip(fields, values[: len(fields)], values[len(fields) :], strict=True)
        yield (
            line,
            at,
            number,
            {name: (_told(here), _told(there)) for name, here, there in sides if here != there},
        )


def _pairs(table: FromClause, key: list[str]) -> tuple[FromClause, FromClause]:
    """The first lines of keys that stand more than once, and the table once more for the others."""
    first, other = table.alias("first"), table.alias("other")
    columns = [table.c[name] for name in key]
    twice = select(func.min(table.c.line)).group_by(*columns).having(func.count() > 1)
    wanted = select(first).where(first.c.line.in_(twice)).subquery("earliest")
    return wanted, other


def _same(first: FromClause, other: FromClause, key: list[str]) -> ColumnElement[bool]:
    return and_(other.c.line > first.c.line, *(other.c[name] == first.c[name] for name in key))


def rows(db: Connection, query: Select[Any]) -> Iterator[Any]:
    """As they come, in no memory to speak of."""
    streamed = query.execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
    yield from db.execute(streamed)


def _told(value: Any) -> str:
    """A stored value as the file has it."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value)
