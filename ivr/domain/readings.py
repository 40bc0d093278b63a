"""Readings: the window for handing them in, the usual use, when a value is doubtful, which heard value was meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2
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
class Costs:
    """What makes a heard value less likely to be meant; the unit is one more group of digits said.

    Measured on randomly grouped readings (docs/language.md has the table); each says why it is what it is.
    """

    below_last: float = 6.0
    """Registers do not run backwards: more than any cut that speech may hide (a cut costs 2)."""
    above_max_power: float = 6.0
    """Physics: as impossible as running backwards."""
    far_above_usual: float = 3.0
    """It happens (a repair, a guest, a wrong last reading), yet a misheard digit is likelier."""
    rolled_over: float = 1.5
    """Rare, once in many years; what else was heard should be tried first."""
    per_doubling: float = 0.35
    """For each doubling of the use above the usual one: of two believable values the nearer one."""
    missing_digit: float = 0.6
    """For each digit that the register shows and the caller left out. Zeros in front are left out often."""
    too_few_digits: float = 4.0
    """For a value below the last one that has fewer digits too: not a reading a little below, a number cut short."""
    alternative: float = 0.7
    """For each place down the recogniser's list: less than `close`, so that two as believable are asked apart."""
    close: float = 1.0
    """A second value that costs less than so much more than the first is asked about."""
    usual_unknown: int = 200
    """kWh a month, a flat's use: where nothing is known, only orders of magnitude should count."""


@dataclass(frozen=True)
class Candidate:
    """A number that may have been said."""

    digits: str
    """As said, leading zeros kept."""
    cost: float
    """Of understanding it so; lower is likelier."""
    alternative: int = 0
    """Its place in the recogniser's list, from 0."""
    dropped: str = ""
    """Digits said after the decimal sign."""


@dataclass(frozen=True)
class Ranked:
    """A candidate with all that is known of the register counted in."""

    candidate: Candidate
    value: int
    """kWh."""
    cost: float
    doubt: "Doubt | None"


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


def rank(
    candidates: Iterable[Candidate],
    sheet: Sheet,
    today: date,
    limits: Limits,
    costs: Costs = Costs(),
) -> tuple[Ranked, ...]:
    """The values that the register can show, the likeliest first, each once."""
    best: dict[int, Ranked] = {}
    for candidate in candidates:
        if len(candidate.digits) > sheet.register.digits:
            continue
        one = _ranked(candidate, sheet, today, limits, costs)
        if one.value not in best or one.cost < best[one.value].cost:
            best[one.value] = one
    return tuple(sorted(best.values(), key=lambda one: (one.cost, one.value)))


def rival(ranked: Sequence[Ranked], costs: Costs = Costs()) -> Ranked | None:
    """The second value, where it is nearly as likely as the first and nothing speaks against it: ask which one."""
    if len(ranked) < 2 or ranked[1].doubt or ranked[0].doubt:
        return None
    return ranked[1] if ranked[1].cost - ranked[0].cost < costs.close else None


def _ranked(candidate: Candidate, sheet: Sheet, today: date, limits: Limits, costs: Costs) -> Ranked:
    value = int(candidate.digits)
    why = doubt(value, sheet, today, limits)
    cost = candidate.cost + costs.alternative * candidate.alternative
    shown = sheet.register.digits if sheet.last is None else len(str(sheet.last))
    cost += costs.missing_digit * max(0, shown - len(candidate.digits))
    if why is not None:
        cost += getattr(costs, why)
    if why == "below_last" and len(candidate.digits) < shown:
        cost += costs.too_few_digits
    if sheet.last is not None and why != "below_last":
        used, over = used_since(value, sheet)
        usual = (sheet.usual or costs.usual_unknown) * _months(sheet, today)
        cost += costs.per_doubling * log2(max(1.0, used / max(1.0, usual)))
        cost += costs.rolled_over if over else 0
    return Ranked(candidate, value, cost, why)


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
