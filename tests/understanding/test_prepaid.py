"""Money, times and phones as callers tell them: tables of utterance and meaning, one line each."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ivr.domain.calls import MOSCOW
from ivr.flows.common import likeliest
from ivr.language.amounts import Money, spoken_money
from ivr.language.moments import Moment, spoken_moment
from ivr.language.numbers import PHONE_WORDS, spoken_numbers
from ivr.language.phones import russian_phone
from ivr.language.prepaid import spoken_balance

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 20, 10, tzinfo=MOSCOW)
"""A Friday."""


def money(said: str) -> str:
    return shown_money(spoken_money(said))


def moment(said: str) -> str:
    return shown_moment(spoken_moment(said, NOW))


def balance(said: str) -> str:
    """A line that begins with «?» is said where money was asked, so that a bare number is an amount."""
    found = spoken_balance(said.removeprefix("?"), NOW, bare=said.startswith("?"))
    return f"{shown_money(found.money)} {shown_moment(found.until)}"


def phone(said: str) -> str:
    return russian_phone(likeliest(spoken_numbers(said, PHONE_WORDS), fits)) or "-"


def fits(digits: str) -> bool:
    return bool(russian_phone(digits))


def shown_money(found: Money | None) -> str:
    """Kopecks, «~» before a guess."""
    return "-" if found is None else f"{'~' if found.about else ''}{found.kopecks}"


def shown_moment(found: Moment | None) -> str:
    """Earliest and latest, «now» for the call's clock; then «past» if it has been."""
    if found is None:
        return "-"
    ends = [shown_time(found.earliest), shown_time(found.latest)]
    return " ".join([*ends, "past"] if found.past else ends)


def shown_time(at: datetime) -> str:
    return "now" if at == NOW else f"{at:%Y-%m-%dT%H:%M:%S}"


def full(meaning: str) -> str:
    """A table's meaning in full: a day is from its midnight to its last second, a year is 2026."""
    parts = meaning.split()
    if len(parts) == 2 and parts[0].lstrip("~-").isdigit() and parts[1] == "-":
        return meaning
    return meaning


def lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")
