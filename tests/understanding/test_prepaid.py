"""Money, times and phones as callers tell them: tables of an utterance and what it means."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from ivr.domain.calls import MOSCOW
from ivr.flows.common import likeliest
from ivr.language.amounts import Money, spoken_money
from ivr.language.moments import Moment, spoken_moment
from ivr.language.numbers import PHONE_WORDS, spoken_numbers
from ivr.language.phones import russian_phone
from ivr.language.prepaid import Balance, spoken_balance

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 20, 10, tzinfo=MOSCOW)
"""A Friday."""


def test_money() -> None:
    said = [(text, money(kopecks)) for text, kopecks in lines("money.tsv")]
    assert len(said) >= 100
    assert [text for text, meant in said if spoken_money(text) != meant] == []


def test_moments() -> None:
    said = [(text, moment(*ends)) for text, *ends in lines("moments.tsv")]
    assert len(said) >= 120
    assert [text for text, meant in said if spoken_moment(text, NOW) != meant] == []


def test_balances() -> None:
    """With «bare» in the last column money was asked, so that a number alone is an amount."""
    wrong = []
    for text, kopecks, earliest, latest, *notes in lines("balances.tsv"):
        bare = "bare" in " ".join(notes)
        meant = Balance(money(kopecks), moment(earliest, latest, " ".join(notes)))
        if spoken_balance(text, NOW, bare=bare) != meant:
            wrong.append(text)
    assert wrong == []


def test_phones() -> None:
    said = list(lines("phones.tsv"))
    wrong = [text for text, meant in said if phone(text) != meant]
    assert len(wrong) <= len(said) * 0.05, wrong
    assert [text for text in wrong if phone(text) != "-"] == []  # another phone would be rung


def phone(text: str) -> str:
    numbers = spoken_numbers(text, PHONE_WORDS)
    return russian_phone(likeliest(numbers, lambda digits: bool(russian_phone(digits)))) or "-"


def money(text: str) -> Money | None:
    """«20000» kopecks, «~20000» for a guess, «-» for nothing understood."""
    return None if text == "-" else Money(int(text.removeprefix("~")), text.startswith("~"))


def moment(earliest: str, latest: str, notes: str = "") -> Moment | None:
    return None if earliest == "-" else Moment(at(earliest), at(latest, time(23, 59, 59)), "past" in notes)


def at(text: str, of_day: time = time()) -> datetime:
    """«now», a time, or a day: its first second, or its last."""
    if text == "now":
        return NOW
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)
    return datetime.combine(date.fromisoformat(text), of_day, MOSCOW)


def lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")
