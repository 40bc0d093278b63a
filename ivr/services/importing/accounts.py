"""The file of accounts: a line for each register, as «docs/ru/data.md» tells the utility."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from ivr.domain.calls import MOSCOW
from ivr.language.nouns import plural
from ivr.services.importing import cells
from ivr.services.importing.columns import Column
from ivr.services.importing.phones import phones
from ivr.services.importing.problems import Problems, Wrong, quoted
from ivr.store.importing import conflicts, planning, spelling, writing
from ivr.store.importing.staging import ACCOUNTS, DAYS, METERS, PHONES, REGISTERS, Tally, folded, put

ACCOUNT, HOLDER, ADDRESS, PHONE = "Лицевой счёт", "Абонент", "Адрес", "Телефоны"
METER, TYPE, PREPAID, REPROGRAMMED, POWER = (
    "Номер счётчика", "Тип счётчика", "Предоплата", "Перепрограммирован", "Мощность, кВт"
)  # fmt: skip
ZONE, DIGITS, LAST, LAST_ON = "Зона", "Знаков до запятой", "Последнее показание", "Дата показания"

_ZONES = {"Т": "T", "Т1": "T1", "Т2": "T2", "Т3": "T3", "T": "T", "T1": "T1", "T2": "T2", "T3": "T3"}
_TOLD = {"holder": HOLDER, "address": ADDRESS, "phones": PHONE, "type": TYPE, "prepaid": PREPAID,
         "reprogrammed_on": REPROGRAMMED, "max_power_kw": POWER}  # fmt: skip


ANCIENT = timedelta(days=3653)
"""Ten years: a reading that old is hardly the last one."""


class Accounts:
    """One file on its way into the staging tables, and from there into the line's own."""

    tables = planning.TABLES

    def __init__(self, today: date, account_digits: int, account_pattern: str) -> None:
        """`today` in Moscow; an account number has so many digits and fits this regular expression."""
        day = cells.past_day(today)
        value = cells.whole(0, 10**7 - 1, "целое число кВт·ч, от 0 до 9999999, без запятой", required=False)
        self.columns = (
            Column(ACCOUNT, _account(account_digits, account_pattern)),
            Column(HOLDER, cells.text(200)),
            Column(ADDRESS, cells.text(500)),
            Column(PHONE, phones),
            Column(METER, cells.text(32)),
            Column(TYPE, lru_cache(cells.REMEMBERED)(cells.text(100))),
            Column(PREPAID, cells.yes_or_no),
            Column(REPROGRAMMED, day),
            Column(POWER, cells.power),
            Column(ZONE, _zone),
            Column(DIGITS, lru_cache(cells.REMEMBERED)(cells.whole(4, 7, "число от 4 до 7"))),
            Column(LAST, value),
            Column(LAST_ON, day),
        )
        self._ancient = today - ANCIENT
        self._account: tuple[Any, ...] = ()
        self._meter: tuple[Any, ...] = ()
        self._days: set[date] = set()

    def stage(self, db: Connection, rows: list[tuple[int, list[Any]]], problems: Problems) -> None:
        """Put lines that were read into the staging tables; a line that contradicts itself goes to `problems`."""
        staged: dict[Table, list[tuple[Any, ...]]] = {}
        accounts, numbers, meters, registers = (
            staged.setdefault(table, []) for table in (ACCOUNTS, PHONES, METERS, REGISTERS)
        )
        for line, values in rows:
            zone, digits, value, day = values[9:]
            if not _consistent(line, values, problems):
                continue
            account, owned = values[0], values[3]
            if self._account != (same := tuple(values[:4])):
                self._account, self._meter = same, ()
                accounts.append((line, account, values[1], values[2], ",".join(owned)))
                numbers += [(line, account, phone) for phone in owned]
            if self._meter != (same := tuple(values[4:9])):
                self._meter = same
                meters.append((line, account, *same, folded(values[4])))
            ordinal = None if day is None else day.toordinal()
            registers.append((line, account, values[4], zone, digits, value, ordinal))
            if day is not None:
                self._days.add(day)
                if day < self._ancient:
                    problems.notes.add_cell(line, LAST_ON, f"{day:%d.%m.%Y}", "больше десяти лет назад")
        for table, many in staged.items():
            put(db, table, many)

    def finish(self, db: Connection, problems: Problems) -> None:
        """After the last line: what lines say of each other, and of what the database has."""
        put(db, DAYS, [_bounds(day) for day in self._days])
        planning.prepare(db)
        _unify(db, problems)
        for line, other, number, differing in conflicts.accounts(db):
            self._differ(problems, line, differing, f"счёт {number}: в строке {other} иначе")
        for line, other, number, differing in conflicts.meters(db):
            self._differ(problems, line, differing, f"счётчик {number}: в строке {other} иначе")
        for line, other, number, zone in conflicts.registers(db):
            problems.add(line, f"счётчик {number} с зоной {_ru(zone)} уже есть в строке {other}")
        _compare(db, problems)
        if problems.total:
            return  # a meter whose other zone stands in a wrong line would be told of for nothing
        for line, number, zones in conflicts.zones(db):
            told = ", ".join(_ru(zone) for zone in zones)
            problems.add(line, f"счётчик {number}: зоны {told}; бывает Т, или Т1 и Т2, или Т1, Т2 и Т3")
        for line, number, zones, known in conflicts.zones_known(db):
            told, stored = (", ".join(map(_ru, some)) for some in (zones, known))
            problems.add(
                line, f"счётчик {number}: в файле зоны {told}, а в базе {stored}; вместе они не бывают"
            )

    def plan(self, db: Connection) -> dict[str, Tally]:
        """Cross out of the staging tables what the database has already; returns what is left to do, counted."""
        return planning.plan(db)

    def write(self, db: Connection, now: datetime) -> None:
        """All that is left, in this transaction."""
        writing.write(db, now)

    def _differ(
        self, problems: Problems, line: int, differing: dict[str, tuple[str, str]], where: str
    ) -> None:
        for field, (value, other) in differing.items():
            problems.add_cell(line, _TOLD[field], value, f"{where}: {other or 'пусто'}")


def _account(digits: int, pattern: str) -> Callable[[str], str]:
    fits = re.compile(pattern)

    def read(cell: str) -> str:
        number = cell.strip()
        if len(number) != digits or not (number.isascii() and number.isdigit()):
            raise Wrong(f"не лицевой счёт; нужно {digits} цифр подряд")
        if not fits.fullmatch(number):
            raise Wrong(f"не подходит под IVR_ACCOUNT_PATTERN: {pattern}")
        return number

    return read


@lru_cache(cells.REMEMBERED)
def _zone(cell: str) -> str:
    try:
        return _ZONES[cell.strip().upper()]
    except KeyError:
        raise Wrong("не зона; нужно Т, Т1, Т2 или Т3") from None


def _ru(zone: str) -> str:
    return zone.replace("T", "Т")


def _unify(db: Connection, problems: Problems) -> None:
    """One meter by one number, however it was typed."""
    for line, other, number, stored in spelling.unify(db):
        where = "в базе" if stored else "выше"
        why = f"{where} он записан как {quoted(number)}: похожие буквы, считается тем же счётчиком"
        problems.notes.add_cell(line, METER, other, why)


def _compare(db: Connection, problems: Problems) -> None:
    """Meters of other accounts, and the last readings that the database has."""
    for line, number, account, at in spelling.elsewhere(db):
        why = f"такой счётчик есть и на счёте {account}, " + (f"строка {at}" if at else "в базе")
        problems.notes.add_cell(line, METER, number, why)
    for line, digits, value, last, taken_at, narrow in conflicts.last_readings(db):
        known = f"{last} от {taken_at.astimezone(MOSCOW):%d.%m.%Y}, которое есть в базе"
        if narrow:
            why = f"мало: принятому показанию {known}, нужно {_signs(len(str(last)))}"
            problems.add_cell(line, DIGITS, str(digits), why)
        else:
            problems.notes.add_cell(line, LAST, str(value), f"меньше показания {known}")


def _signs(count: int) -> str:
    return f"{count} {plural(count, ('знак', 'знака', 'знаков'))}"


def _consistent(line: int, values: list[Any], problems: Problems) -> bool:
    prepaid, reprogrammed = values[6:8]
    digits, value, day = values[10:]
    before = problems.total
    if prepaid and reprogrammed is not None:
        why = "предоплата «да», а счётчик перепрограммирован: после этого она «нет»"
        problems.add_cell(line, REPROGRAMMED, f"{reprogrammed:%d.%m.%Y}", why)
    if value is not None and value >= 10**digits:
        problems.add_cell(line, LAST, str(value), f"не помещается в {_signs(digits)} до запятой")
    if (value is None) != (day is None):
        column = LAST if value is None else LAST_ON
        problems.add_cell(line, column, "", "показание и его дата бывают только вместе")
    return problems.total == before


def _bounds(day: date) -> tuple[int, datetime, datetime, datetime, datetime]:
    """The ordinal of a reading's day, when it begins and ends in Moscow, and its month too."""
    month = day.replace(day=1)
    following = (month + timedelta(days=31)).replace(day=1)
    begins, ends, first, last = (
        datetime.combine(one, time(), MOSCOW) for one in (day, day + timedelta(days=1), month, following)
    )
    return day.toordinal(), begins, ends, first, last
