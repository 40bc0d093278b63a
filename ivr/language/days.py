"""Days, weeks, months and parts of a day against the call's clock: «в следующую пятницу», «двадцатого», «к вечеру».

Each is an interval of Moscow's time, both ends included: a day ends at 23:59:59. What has no place in the calendar
(«тридцать первого ноября») is None.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as Time
from typing import Literal

from ivr.domain.calls import MOSCOW

Bounds = tuple[datetime, datetime]
Tense = Literal["", "past", "future"]

DATE_PASSED, MONTH_PASSED = 10, 60
"""A date without its month, or with it, so many days back has passed; further back the next one is meant."""
PARTS = {"morning": (6, 12), "noon": (12, 15), "day": (12, 17), "evening": (17, 23), "night": (23, 30)}
"""Hours from midnight; the night of a day is the one that follows it."""
MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
WEEKDAY = (
    r"(?:понедельник[ау]?|вторник[ау]?|сред[ауеы]|четверг[ау]?|пятниц[ауеы]|суббот[ауеы]|воскресень[еяю])"
)
MONTH = (
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[ьяею]|март[ауе]?|ма[йяею]|август[ауе]?)"
)
_NEXT, _LAST, _THIS = ("следующ", "будущ"), ("прошл", "минувш"), ("эт", "текущ")


@dataclass(frozen=True)
class Clock:
    """When the call speaks, and whether it speaks of what has been or of what will be."""

    now: datetime
    tense: Tense = ""

    @property
    def today(self) -> date:
        """The day in Moscow."""
        return self.now.date()


def whole(first: date, last: date | None = None) -> Bounds:
    """From the first day's midnight to the last second of the last day."""
    end = Time(23, 59, 59)
    return datetime.combine(first, Time(), MOSCOW), datetime.combine(last or first, end, MOSCOW)


def part_of(day: date, part: str) -> Bounds:
    """The morning, noon, day, evening or night of a day."""
    midnight = datetime.combine(day, Time(), MOSCOW)
    first, last = PARTS[part]
    return midnight + timedelta(hours=first), midnight + timedelta(hours=last)


def part_alone(clock: Clock, part: str) -> Bounds:
    """«утром»: the next one, today's evening while it lasts; the last one where it is past."""
    days = [clock.today + timedelta(days=offset) for offset in (-1, 0, 1)]
    parts = [part_of(day, part) for day in days]
    if clock.tense == "past":
        return [one for one in parts if one[0] < clock.now][-1]
    if part == "morning":
        return next(one for one in parts if one[0] > clock.now)
    return next(one for one in parts if one[1] > clock.now)


def hour_of(clock: Clock, day: date | None, hour: int, minute: int, of: str) -> datetime | None:
    """«в семь вечера», «в 18:00»; without part of the day the next such hour on a clock of twelve."""
    if hour > 24 or minute > 59 or (of and hour > 12):
        return None
    later = {"вечера": 12 if 4 <= hour < 12 else 0, "дня": 12 if hour < 7 else 0, "ночи": 0, "утра": 0}
    hours = [hour + later[of]] if of else [hour] if hour > 12 or minute or day else [hour, hour + 12]
    if of == "ночи" and hour >= 10:
        hours = [hour + 12]
    days = [day] if day else [clock.today, clock.today + timedelta(days=1)]
    moments = [
        datetime.combine(one, Time(), MOSCOW) + timedelta(hours=at, minutes=minute)
        for one in days
        for at in hours
    ]
    return next((one for one in moments if one > clock.now), moments[-1] if day else None)


def weekday(clock: Clock, name: str, which: str) -> date | None:
    """«в пятницу» is the next one, on a Friday in a week; «в следующую» is next week's."""
    wanted = next(at for at, stem in enumerate(WEEKDAYS) if name.startswith(stem))
    monday = clock.today - timedelta(days=clock.today.weekday())
    ahead = (wanted - clock.today.weekday() - 1) % 7 + 1
    if which.startswith(_NEXT):
        return monday + timedelta(days=7 + wanted)
    if which.startswith(_LAST):
        return monday + timedelta(days=wanted - 7)
    if which.startswith(_THIS):
        day = monday + timedelta(days=wanted)
        return day + timedelta(days=7) if day < clock.today and clock.tense == "future" else day
    if which and not which.startswith("ближайш"):
        return None
    return clock.today + timedelta(days=ahead - 7 if clock.tense == "past" else ahead)


def day_of_month(clock: Clock, day: int) -> date | None:
    """«двадцатого»: this month's, also if it passed in the last ten days; else next month's."""
    here = _date(clock.today.year, clock.today.month, day)
    if here is None or here >= clock.today:
        return here
    if clock.tense == "past" or (not clock.tense and (clock.today - here).days <= DATE_PASSED):
        return here
    following = clock.today.replace(day=1) + timedelta(days=32)
    return _date(following.year, following.month, day)


def day_and_month(clock: Clock, day: int, month: int, year: int = 0) -> date | None:
    """«первого декабря»: the next one, or the last one if it was in the last sixty days."""
    if not 1 <= month <= 12:
        return None
    years = [year] if year else [clock.today.year + offset for offset in (-1, 0, 1)]
    found = [one for one in (_date(one, month, day) for one in years) if one]
    passed = [one for one in found if 0 < (clock.today - one).days <= MONTH_PASSED]
    if passed and clock.tense != "future":
        return passed[-1]
    return next((one for one in found if one >= clock.today), None)


def month_number(name: str) -> int:
    """1 to 12 of a month's name in any case."""
    if name in ("май", "мая", "мае", "маю", "маем"):
        return 5
    return next(at for at, stem in enumerate(MONTHS, start=1) if name.startswith(stem))


def week(clock: Clock, which: str, third: str) -> Bounds:
    """This, the next or the last week, or its start (to Wednesday), middle, end (from Friday)."""
    monday = clock.today - timedelta(days=clock.today.weekday())
    that = which.startswith(("той", "ту"))
    if which.startswith(_NEXT) or (that and clock.tense == "future"):
        monday += timedelta(days=7)
    elif which.startswith(_LAST) or that:
        monday -= timedelta(days=7)
    elif third.startswith("нач"):
        monday += timedelta(days=7 if clock.today.weekday() > 2 else 0)
    first, last = {"нач": (0, 2), "сер": (1, 3), "кон": (4, 6)}.get(third[:3], (0, 6))
    return whole(monday + timedelta(days=first), monday + timedelta(days=last))


def weekend(clock: Clock, which: str) -> Bounds:
    """Saturday and Sunday of this week, the next or the last."""
    first, _ = week(clock, which if not which.startswith("ближайш") else "", "")
    saturday = first.date() + timedelta(days=5)
    if clock.tense == "past" and not which and saturday > clock.today:
        saturday -= timedelta(days=7)
    return whole(saturday, saturday + timedelta(days=1))


def month(clock: Clock, name: str, which: str, third: str) -> Bounds | None:
    """A named month, this or the next one, or its ten days of start or middle, its last five."""
    first = clock.today.replace(day=1)
    if name and not name.startswith("месяц"):
        wanted = month_number(name)
        first = date(first.year + (wanted < first.month), wanted, 1)
    elif which.startswith(_NEXT) or (third.startswith("нач") and not which and clock.today.day > DATE_PASSED):
        first = (first + timedelta(days=32)).replace(day=1)
    elif which.startswith(_LAST):
        first = (first - timedelta(days=1)).replace(day=1)
    end = calendar.monthrange(first.year, first.month)[1]
    one, other = {"нач": (1, 10), "сер": (11, 20), "кон": (end - 4, end)}.get(third[:3], (1, end))
    return whole(first.replace(day=one), first.replace(day=other))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
