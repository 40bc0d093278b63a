"""Readings: the window for handing them in, the usual use, and when a value is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Literal

from ivr.domain.accounts import Register

DAYS_A_MONTH = 30.44
HOURS_A_DAY = 24

State = Literal["accepted", "in_review", "unconfirmed"]
Doubt = Literal["below_last", "far_above_usual", "above_max_power"]


@dataclass(frozen=True)
class Window:
    """Days of the month on which readings are due (the notice: «с 15 по 26 число каждого месяца»)."""

    first_day: int = 15
    last_day: int = 26

    def is_open(self, day: date) -> bool:
        """Whether a reading handed in on this day (Moscow) is in time."""
        return self.first_day <= day.day <= self.last_day


@dataclass(frozen=True)
class Limits:
    """When a reading is doubtful."""

    usual_factor: float = 3.0
    """How many times the usual use is still believed."""
    rollover_share: float = 0.1
    """With no usual use known, the share of the register's range that a rollover may have passed."""


@dataclass(frozen=True)
class Sheet:
    """What is known of one register on the day of the call. Values in whole kWh, uses in kWh a month."""

    register: Register
    meter_number: str
    meter_type: str
    max_power_kw: float | None = None
    last: int | None = None
    """The last accepted reading before this month."""
    last_on: date | None = None
    usual: int | None = None
    this_month: int | None = None
    """The reading already handed in this month, accepted or in review."""
    unconfirmed: int | None = None
    """A value read back in an earlier call this month that nobody said yes to."""


def used_since(value: int, sheet: Sheet) -> tuple[int, bool]:
    """kWh used since the last reading, and whether the register must have rolled over for that."""
    if sheet.last is None or value >= sheet.last:
        return value - (sheet.last or 0), False
    return int(value + 10**sheet.register.digits - sheet.last), True


def rolled_over(value: int, sheet: Sheet, today: date, limits: Limits) -> bool:
    """Whether a value below the last one is explained by the register having passed its last digit."""
    used, over = used_since(value, sheet)
    return over and used <= _believable(sheet, today, limits)


def doubt(value: int, sheet: Sheet, today: date, limits: Limits) -> Doubt | None:
    """Why this value should be asked once more, or None. With no last reading there is nothing to doubt by."""
    if sheet.last is None:
        return None
    used, over = used_since(value, sheet)
    if over:
        return None if rolled_over(value, sheet, today, limits) else "below_last"
    if (most := _most_by_power(sheet, today)) is not None and used > most:
        return "above_max_power"
    if sheet.usual is not None and used > limits.usual_factor * sheet.usual * _months(sheet, today):
        return "far_above_usual"
    return None


def usual_use(history: Sequence[tuple[date, int]], digits: int) -> int | None:
    """The median use a month over the accepted readings given, oldest first; None with fewer than two."""
    uses = [
        ((later - earlier) % 10**digits) / max(1.0, (day - before).days / DAYS_A_MONTH)
        for (before, earlier), (day, later) in pairwise(history)
    ]
    return round(median(uses)) if uses else None


def _months(sheet: Sheet, today: date) -> float:
    days = (today - sheet.last_on).days if sheet.last_on else 0
    return max(1.0, days / DAYS_A_MONTH)


def _most_by_power(sheet: Sheet, today: date) -> float | None:
    if sheet.max_power_kw is None or sheet.last_on is None:
        return None
    return sheet.max_power_kw * HOURS_A_DAY * max(1, (today - sheet.last_on).days)


def _believable(sheet: Sheet, today: date, limits: Limits) -> float:
    """The most kWh that a rollover may be believed to hide."""
    if sheet.usual is not None:
        return limits.usual_factor * sheet.usual * _months(sheet, today)
    by_range: float = limits.rollover_share * 10**sheet.register.digits
    by_power = _most_by_power(sheet, today)
    return by_range if by_power is None else min(by_range, by_power)
