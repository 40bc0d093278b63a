"""Where in a sentence a time stands, and when that is: «завтра к вечеру», «дня через два», «уже ноль».

Lines are those of `figured`. A day and its part, or its hour, are one time.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ivr.language import days, lasting
from ivr.language.days import Bounds, Clock, Tense
from ivr.language.time_words import DAY, DAYS, FUTURE, IN_DAY, PARTS, PAST, PATTERNS


@dataclass(frozen=True)
class Moment:
    """Between which two moments of Moscow's time, both included; `past` if it has been."""

    earliest: datetime
    latest: datetime
    past: bool = False


@dataclass(frozen=True)
class Span:
    """Where in the line a time stands, and what it means: None if there is no such time."""

    start: int
    end: int
    moment: Moment | None
    sure: bool = True
    """Whether it is a time from now by itself: «на три дня»; «три дня» needs words that say so."""


def spans(line: str, now: datetime) -> list[Span]:
    """The times that the line names, in order; `now` in Moscow."""
    clock = Clock(now, tense(line))
    found = _joined(_pieces(line), line)
    firm = [one for one in found if one[0].kind != "ended"]
    ended = found[:1] if clock.tense != "future" else []
    return [_span(pieces, clock) for pieces in firm or ended]


def tense(line: str) -> Tense:
    """Whether its verbs are of what has been («кончились») or of what will be («хватит»); neither if both are."""
    past, future = bool(PAST.search(line)), bool(FUTURE.search(line))
    return "" if past == future else "past" if past else "future"


@dataclass(frozen=True)
class _Piece:
    """A day, a part of it, an hour, or a whole time."""

    kind: str
    found: re.Match[str]

    @property
    def start(self) -> int:
        return self.found.start()

    @property
    def end(self) -> int:
        return self.found.end()


def _pieces(line: str) -> list[_Piece]:
    """The longest at each place, none inside another."""
    every = [_Piece(kind, found) for kind, pattern in PATTERNS for found in pattern.finditer(line)]
    kept: list[_Piece] = []
    for one in sorted(every, key=lambda piece: (piece.start, -piece.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _joined(pieces: list[_Piece], line: str) -> list[tuple[_Piece, ...]]:
    """A day with the part or the hour beside it."""
    joined: list[tuple[_Piece, ...]] = []
    for one in pieces:
        before = joined[-1] if joined else ()
        near = len(before) == 1 and line[before[0].end : one.start].strip(" ,") in ("", "где то")
        if (
            near
            and {before[0].kind in IN_DAY, one.kind in IN_DAY} == {True, False}
            and (before[0].kind in DAY or one.kind in DAY)
        ):
            joined[-1] = (*before, one)
        else:
            joined.append((one,))
    return joined


def _span(pieces: tuple[_Piece, ...], clock: Clock) -> Span:
    """What they mean at this moment: what is over is past, what has begun begins now."""
    first, last = pieces[0], pieces[-1]
    bounds = _meant(pieces, clock)
    sure = not (first.kind == "lasting" and lasting.is_plain(first.found))
    if bounds is None:
        return Span(first.start, last.end, None, sure)
    earliest, latest = bounds
    if first.kind in ("now", "ended"):
        return Span(first.start, last.end, Moment(clock.now, clock.now), sure)
    if latest <= clock.now or (clock.tense == "past" and earliest < clock.now):
        return Span(first.start, last.end, Moment(earliest, min(latest, clock.now), past=True), sure)
    return Span(first.start, last.end, Moment(max(earliest, clock.now), latest), sure)


def _meant(pieces: tuple[_Piece, ...], clock: Clock) -> Bounds | None:
    try:
        day = next((one for one in pieces if one.kind in DAY), None)
        inside = next((one for one in pieces if one.kind in IN_DAY), None)
        if day is None and inside is None:
            return _alone(pieces[0], clock)
        on = _day(day, clock) if day else None
        if day and on is None:
            return None
        if inside is None:
            return days.whole(on) if on else None
        if inside.kind == "hour":
            return _hour(inside.found, on, clock)
        part = next(part for stem, part in PARTS.items() if stem in inside.found.group())
        return days.part_of(on, part) if on else days.part_alone(clock, part)
    except (ValueError, OverflowError):
        return None


def _day(piece: _Piece, clock: Clock) -> date | None:
    said = piece.found.groupdict()
    match piece.kind:
        case "relative":
            return clock.today + timedelta(days=DAYS.get(said["day"], 0))
        case "weekday":
            return days.weekday(clock, said["name"], said["which"] or "")
        case "monthday":
            return days.day_of_month(clock, int(said["day"]))
        case "newyear":
            return date(clock.today.year, 12, 31)
    month = said["month"]
    number = int(month) if month.isdigit() else days.month_number(month)
    return days.day_and_month(clock, int(said["day"]), number, int(said["year"] or 0))


def _hour(found: re.Match[str], on: date | None, clock: Clock) -> Bounds | None:
    said = found.groupdict()
    hour, minute = int(said.get("hour") or said["near"]), int(said.get("minute") or 0)
    at = days.hour_of(clock, on, hour, minute, said.get("of") or "")
    if at is None:
        return None
    near = timedelta(0) if found.group().startswith("в ") else timedelta(minutes=30)
    return at - near, at + near


def _alone(piece: _Piece, clock: Clock) -> Bounds | None:
    said = piece.found.groupdict()
    which, third = said.get("which") or "", said.get("third") or ""
    match piece.kind:
        case "lasting":
            return lasting.bounds(piece.found, clock)
        case "week":
            return days.week(clock, which, third)
        case "weekend":
            return days.weekend(clock, which)
        case "month":
            return days.month(clock, said["name"], which, third)
    return clock.now, clock.now
