"""Readers of one cell each: a value out of a text, or Wrong with what is expected."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from ivr.domain.calls import MOSCOW
from ivr.services.importing.problems import Wrong

REMEMBERED = 4096
"""Values of a column that repeats itself: a date, a type, a zone."""
LONGEST_NUMBER = 18
FIRST_YEAR, LAST_YEAR = 1990, 2100


def text(most: int, *, required: bool = True) -> Callable[[str], str]:
    """A text of at most so many characters, white space made plain."""

    def read(cell: str) -> str:
        value = cell.strip() if cell.isprintable() else _plain(cell)
        if len(value) > most:
            raise Wrong(f"длиннее {most} знаков")
        if required and not value:
            raise Wrong("нужно значение")
        return value

    return read


def _plain(cell: str) -> str:
    """Line breaks and hard spaces as spaces, invisible marks away."""
    seen = "".join(sign for sign in cell if unicodedata.category(sign) != "Cf")
    value = " ".join(seen.split())
    if not value.isprintable():
        raise Wrong("непечатный знак в тексте")
    return value


@lru_cache(REMEMBERED)
def yes_or_no(cell: str) -> bool:
    """Да or нет."""
    try:
        return {"да": True, "нет": False}[cell.strip().casefold()]
    except KeyError:
        raise Wrong("нужно «да» или «нет»") from None


def whole(least: int, most: int, what: str, *, required: bool = True) -> Callable[[str], int | None]:
    """A whole number within limits; `what` is expected, in words."""

    def read(cell: str) -> int | None:
        value = cell.strip()
        if not value and not required:
            return None
        plain = value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER
        if not plain or not least <= (number := int(value)) <= most:
            raise Wrong(f"нужно {what}")
        return number

    return read


@lru_cache(REMEMBERED)
def power(cell: str) -> float | None:
    """Kilowatts, or None for an empty cell."""
    value = cell.strip().replace(",", ".")
    if not value:
        return None
    whole_part, _, rest = value.partition(".")
    plain = (whole_part + rest).isascii() and (whole_part + rest).isdigit() and whole_part != ""
    if not plain or len(value) > 10 or not 0 < float(value) <= 10_000:
        raise Wrong("нужна мощность в киловаттах, больше 0 и не больше 10000, например 15 или 7,5")
    return float(value)


def past_day(today: date) -> Callable[[str], date | None]:
    """A day not after today, or None for an empty cell."""

    @lru_cache(REMEMBERED)
    def read(cell: str) -> date | None:
        if not (value := cell.strip()):
            return None
        day = _parsed(value, "%d.%m.%Y", 10, "нужна дата дд.мм.гггг").date()
        if day > today:
            raise Wrong(f"дата в будущем, сегодня {today:%d.%m.%Y}")
        return day

    return read


@lru_cache(REMEMBERED)
def moment(cell: str) -> datetime:
    """A time of Moscow, in UTC."""
    expected = "нужны дата и время дд.мм.гггг чч:мм, по Москве"
    return _parsed(cell.strip(), "%d.%m.%Y %H:%M", 16, expected).replace(tzinfo=MOSCOW).astimezone(UTC)


def told(when: datetime) -> str:
    """A time as the file has it."""
    return when.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M")


def _parsed(value: str, pattern: str, length: int, expected: str) -> datetime:
    try:
        found = datetime.strptime(value, pattern)
    except ValueError:
        raise Wrong(expected) from None
    if len(value) != length or not value.isascii() or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(f"{expected}, годы с {FIRST_YEAR} по {LAST_YEAR}")
    return found
