"""Readings as people dictate them: lists written by people who saw no code, and numbers at random."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from num2words import num2words

from ivr.domain.accounts import Register
from ivr.domain.readings import Candidate, Limits, Sheet, rank
from ivr.language import wording
from ivr.language.numbers import corrections, spoken_numbers

HERE = Path(__file__).parent
ROUNDS = 3_000
TODAY = date(2026, 11, 24)


def lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def ranked(said: str, digits: int, last: int | None, usual: int | None = None) -> list[tuple[int, str]]:
    sheet = Sheet(Register(1, "T", digits), "1", "M", last=last, usual=usual)
    few = islice(spoken_numbers(said, longest=digits, strangers=True), 40)
    found = [Candidate(one.digits, one.cost, 0, one.dropped or "") for one in few]
    return [(one.value, one.candidate.dropped) for one in rank(found, sheet, TODAY, Limits())]


def test_dictated_readings_are_found_first() -> None:
    wrong = []
    total = 0
    for value, digits, last, dropped, said in lines("numbers.tsv"):
        total += 1
        expected = [] if value == "-" else [(int(value), dropped.replace("-", ""))]
        if ranked(said, int(digits), int(last))[:1] != expected:
            wrong.append(said)
    assert len(wrong) <= total * 0.01, wrong


def test_nothing_is_heard_where_nothing_was_said() -> None:
    none = [(said, int(digits)) for value, digits, _, _, said in lines("numbers.tsv") if value == "-"]
    assert len(none) >= 25
    assert [said for said, digits in none if ranked(said, digits, None)] == []


def test_corrections_at_the_read_back() -> None:
    wrong = []
    total = 0
    for value, told, digits, said in lines("corrections.tsv"):
        total += 1
        found = corrections(said, wording.number(int(told)), longest=int(digits))
        if next((one.digits for one in found), "-") != value:
            wrong.append(said)
    assert len(wrong) <= total * 0.1, wrong


def test_numbers_at_random_are_the_first_choice() -> None:
    """At least 99.9 % of numbers to 999,999: in words (two cases), digit by digit, in groups with a comma between."""
    chance = random.Random(20261124)
    missed = []
    for _ in range(ROUNDS):
        digits = str(chance.randrange(1_000_000))
        ways = [
            num2words(int(digits), lang="ru"),
            num2words(int(digits), lang="ru", case="g"),
            " ".join(map(wording.group, digits)),
            ", ".join(map(wording.group, cut(digits, chance, (2, 3)))),
        ]
        missed += [said for said in ways if next(spoken_numbers(said)).digits != digits]
    assert len(missed) <= 4 * ROUNDS * 0.001, missed


def test_grouped_readings_at_random_are_the_first_for_the_register() -> None:
    """At least 99.5 % of five-digit readings cut anyhow, with the last reading known, and with the use or without."""
    chance = random.Random(24112026)
    missed = []
    for round_ in range(ROUNDS):
        usual = chance.randrange(30, 600)
        last = chance.randrange(98_000)
        value = last + chance.randrange(2 * usual)
        digits = str(value).zfill(5) if chance.random() < 0.7 else str(value)
        said = " ".join(map(wording.group, cut(digits, chance, (1, 2, 3))))
        if ranked(said, 5, last, usual if round_ % 2 else None)[0][0] != value:
            missed.append(said)
    assert len(missed) <= ROUNDS * 0.005, missed


def cut(digits: str, chance: random.Random, sizes: tuple[int, ...]) -> Iterator[str]:
    while digits:
        size = chance.choice(sizes)
        yield digits[:size]
        digits = digits[size:]
