"""How long something will last, or how long ago it was: «через пять часов», «дня на два-три», «час назад».

Hours and minutes are a point of time, days and more a whole day of the calendar; a guess («дня через два», «пару
дней») is half a unit to both sides.
"""

import re
from datetime import date, datetime, timedelta

from ivr.language.days import Bounds, Clock, whole

AT_MOST = re.compile("максимум|силы|не бол")
"""«от силы неделя» is half of it to all of it; «меньше недели» may be at once."""
MOST = 999
"""Of any unit; more is another thing."""
_UNITS = {
    "minute": r"минут(?:очек|очку|ок|ку|ки|ам|а|ы|у)?",
    "hour": r"час(?:очек|иков|ика|ик|ок|ов|ам|а)?",
    "day": r"(?:денечек|деньков|денька|денек|день|дням|дней|дня|суткам|сутки|суток)",
    "week": r"недел(?:ьку|ька|ьки|ям|ю|я|и|ь|ек)",
    "month": r"месяц(?:ев|ок|ик|а)?",
}
_HALVES: dict[str, tuple[float, float]] = {
    "полчаса": (30, 30),
    "полчасика": (30, 30),
    "получаса": (30, 30),
    "пол часа": (30, 30),
    "полдня": (360.0, 720.0),
}
"""In minutes; half a day is some hours."""
UNIT = "(?:" + "|".join(_UNITS.values()) + ")"
_NUMBER = r"\d+(?:,5)?(?:(?:[-~]| или )\d+)?"
_ABOUT = r"(?:около|примерно|приблизительно|где то|порядка)"
_LESS = (
    r"(?:меньше(?: чем)?|менее(?: чем)?|не (?:больше|более)(?: чем)?|максимум|от силы|в течение|в пределах)"
)
_PREPOSITION = r"(?:через|на|за|спустя)"
_ONE = r"(?:час(?:ик|ок|очек)?|день|денек|денечек|сутки|суток|дня|недел(?:ю|я|ьку|ька|и)|месяц|месяца)"
_FIRST = r"(?:час|часик|часок|день|денек|сутки|недел(?:ю|я|ьку|ька)|месяц)"
"""«день-два», but «дня два» is two."""
_AGO = r"(?P<ago>(?: тому)? назад)?(?P<most> максимум| от силы| не больше)?"
_LEAD = rf"(?:(?P<less>{_LESS}) )?(?:(?P<about>{_ABOUT}) )?(?:(?P<prep>{_PREPOSITION}) )?(?P<more>{_ABOUT} )?"
LASTING = tuple(
    re.compile(rf"(?<!\S){pattern}(?!\S)")
    for pattern in (
        rf"(?!(?:на )?1 минут){_LEAD}(?P<n>{_NUMBER}) (?P<unit>{UNIT})(?! (?:на|через) \d)"
        rf"(?: (?P<minutes>\d\d?) минут[ауы]?)?{_AGO}",
        rf"{_LEAD}(?P<one>{_ONE}) (?P<minutes>\d\d?) минут[ауы]?{_AGO}",
        rf"{_LEAD}(?P<one>{_FIRST})(?: или)? (?P<two>2|другой|другую|другая|полтора|1,5){_AGO}",
        rf"{_LEAD}(?P<turned>{UNIT}) (?:(?:через|на|за) )?(?P<n>{_NUMBER})(?! \d| {UNIT}| минут| час|-го| руб){_AGO}",
        rf"{_LEAD}(?P<half>{'|'.join(_HALVES)}){_AGO}",
        rf"{_LEAD}(?P<one>{_ONE}){_AGO}",
        r"(?P<prep>через) (?P<one>минут(?:очк|к)?у)",
    )
)
"""A length of time in a line that `figured` made."""


def is_plain(found: re.Match[str]) -> bool:
    """Whether neither a preposition nor a turned number says that it is a length of time from now."""
    said = found.groupdict()
    return not (
        said.get("prep")
        or said.get("turned")
        or said.get("less")
        or said.get("most")
        or said.get("ago")
        or said.get("two")
    )


def bounds(found: re.Match[str], clock: Clock) -> Bounds | None:
    """What the match of LASTING means at this moment; None beyond the calendar."""
    said = found.groupdict()
    unit = _unit(said.get("unit") or said.get("turned") or said.get("one") or "минут")
    if said.get("half"):
        low, high = _HALVES[said["half"]]
    else:
        low, high = _numbers(said)
    if high > MOST or high < low:
        return None
    if said.get("minutes"):
        if unit != "hour" or int(said["minutes"]) > 59:
            return None
        low = high = low * 60 + int(said["minutes"])
        unit = "minute"
    about = bool(said.get("about") or said.get("more") or (said.get("turned") and low == high))
    been = clock.tense == "past" and is_plain(found)  # «уже два дня как кончились»
    sign = -1 if said.get("ago") or been else 1
    if less := said.get("less") or said.get("most"):
        least = high / 2 if AT_MOST.search(less) else 0
        ends = sorted((_plus(clock.now, sign * least, unit), _plus(clock.now, sign * high, unit)))
        return ends[0], ends[1]
    return _interval(clock.now, sign * low, sign * high, unit, about)


def _numbers(said: dict[str, str | None]) -> tuple[float, float]:
    if (two := said.get("two")) is not None:
        return 1.0, 1.5 if two in ("1,5", "полтора") else 2.0
    parts = re.split(" или |[-~]", (said.get("n") or "1").replace(",", "."))
    return float(parts[0]), float(parts[-1])


def _interval(now: datetime, low: float, high: float, unit: str, about: bool) -> Bounds:
    exact = unit in ("minute", "hour")
    if about or (low == high and not exact and low % 1):
        return _plus(now, low - 0.5, unit), _plus(now, high + 0.5, unit)
    first, last = sorted((_plus(now, low, unit), _plus(now, high, unit)))
    return (first, last) if exact else whole(first.date(), last.date())


def _plus(now: datetime, count: float, unit: str) -> datetime:
    if unit != "month":
        return now + timedelta(**{f"{unit}s": count})
    months = now.year * 12 + now.month - 1 + int(count // 1)
    year, month = divmod(months, 12)
    day = min(now.day, (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day)
    return now.replace(year=year, month=month + 1, day=day) + timedelta(days=30 * (count % 1))


def _unit(word: str) -> str:
    return next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, word))
