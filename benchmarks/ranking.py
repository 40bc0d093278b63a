"""How well the register finds the value that was meant, under the costs as they are and others (docs/language.md)."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import islice

from num2words import num2words

from ivr.domain.accounts import Register
from ivr.domain.readings import Candidate, Costs, Limits, Ranked, Sheet, rank, rival
from ivr.language import wording
from ivr.language.numbers import LOOKED_AT, spoken_numbers

ROUNDS = 2_000
TODAY = date(2026, 11, 24)
COSTS = {
    "as they are": Costs(),
    "all 0": Costs(0, 0, 0, 0, 0, 0, 0, 0, 0),
    "below_last 3": Costs(below_last=3),
    "below_last 10": Costs(below_last=10),
    "too_few_digits 0": Costs(too_few_digits=0),
    "per_doubling 0": Costs(per_doubling=0),
    "missing_digit 0": Costs(missing_digit=0),
    "alternative 0": Costs(alternative=0),
    "alternative 1.5": Costs(alternative=1.5),
    "close 0.5": Costs(close=0.5),
    "close 2": Costs(close=2),
}
SOUND_ALIKE = (
    ("двенадцать", "двадцать"), ("пятнадцать", "пятьдесят"), ("шестнадцать", "шестьдесят"), ("семь", "восемь"),
    ("семнадцать", "семьдесят"), ("восемнадцать", "восемьдесят"), ("три", "тридцать"), ("двести", "девятьсот"),
    ("пятьсот", "шестьсот"),
)  # fmt: skip
FIRST_IS_RIGHT = 0.75


def measure(databases: list[str]) -> list[str]:
    """Lines for the report; no database takes part."""
    report = []
    for name, costs in COSTS.items():
        grouped = [_grouped(costs, digits, known=known) for digits in (5, 6) for known in (True, False)]
        words = _in_words(costs)
        right, asked, wrong = _misheard(costs)
        report.append(
            f"ranking, {name}: groups {' '.join(f'{share:.1%}' for share in grouped)}; words {words:.1%}; "
            f"misheard {right:.1%} right, {asked:.1%} asked apart, {wrong:.1%} wrong"
        )
    return report


def _grouped(costs: Costs, digits: int, *, known: bool) -> float:
    """Readings cut anyhow into groups of one to four digits: the share that comes first."""
    chance = random.Random(11)
    right = 0
    for _ in range(ROUNDS):
        sheet, value = _reading(chance, digits, known=known, most=2.0)
        said = " ".join(map(wording.group, _cut(str(value), chance)))
        right += _ranked([said], sheet, costs)[0].value == value
    return right / ROUNDS


def _in_words(costs: Costs) -> float:
    """Readings said in full words, up to 500 kWh below the last one: the share that comes first and alone."""
    chance = random.Random(12)
    right = 0
    for _ in range(ROUNDS):
        sheet, _ = _reading(chance, 5, known=True, most=1.0)
        value = (sheet.last or 0) - chance.randrange(1, 500)
        found = _ranked([num2words(value, lang="ru")], sheet, costs)
        right += found[0].value == value and rival(found, costs) is None
    return right / ROUNDS


def _misheard(costs: Costs) -> tuple[float, float, float]:
    """Of two texts one has a word misheard: right at once, asked apart with the right one among the two, wrong."""
    chance = random.Random(13)
    right = asked = total = 0
    while total < ROUNDS:
        sheet, value = _reading(chance, 5, known=True, most=2.0)
        said = num2words(value, lang="ru")
        if (other := _worse(said, chance)) is None:
            continue
        total += 1
        found = _ranked([said, other] if chance.random() < FIRST_IS_RIGHT else [other, said], sheet, costs)
        second = rival(found, costs)
        if second is not None and value in (found[0].value, second.value):
            asked += 1
        elif second is None and found[0].value == value:
            right += 1
    return right / total, asked / total, (total - right - asked) / total


def _reading(chance: random.Random, digits: int, *, known: bool, most: float) -> tuple[Sheet, int]:
    """A register, and its next reading: up to `most` times the usual use."""
    usual = chance.randrange(30, 600)
    last = chance.randrange(10 ** (digits - 1), 10**digits - 2_000)
    sheet = Sheet(Register(1, "T", digits), "1", "M", last=last, usual=usual if known else None)
    return sheet, last + int(chance.random() * most * usual)


def _ranked(texts: list[str], sheet: Sheet, costs: Costs) -> tuple[Ranked, ...]:
    candidates = (
        Candidate(number.digits, number.cost, place)
        for place, text in enumerate(texts)
        for number in islice(spoken_numbers(text, longest=sheet.register.digits), LOOKED_AT)
    )
    return rank(candidates, sheet, TODAY, Limits(), costs)


def _worse(said: str, chance: random.Random) -> str | None:
    words = said.split()
    places = list(range(len(words)))
    chance.shuffle(places)
    instead = {one: other for pair in SOUND_ALIKE for one, other in (pair, pair[::-1])}
    place = next((place for place in places if words[place] in instead), None)
    return None if place is None else " ".join([*words[:place], instead[words[place]], *words[place + 1 :]])


def _cut(digits: str, chance: random.Random) -> Iterator[str]:
    while digits:
        size = chance.choice((1, 1, 2, 2, 3, 3, 4))
        yield digits[:size]
        digits = digits[size:]
