"""Numbers out of sound: what the recogniser and the number parser each think likely, in one ranked list.

The utterance was decoded digit by digit and as whole numbers side by side. Each text that may have been said is
parsed into each number that it may mean; a number costs what its text is behind the likeliest one, scaled, and what
its reading costs. With a register the last reading and the usual use weigh too (domain/readings.py), so that
«пятьдесят» and «пятнадцать» stay close where neither sound nor register decides, and are asked apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ivr.domain.readings import Candidate, Limits, Sheet, rank
from ivr.language.numbers import LOOKED_AT, alone_or_beside
from ivr.speech.number_grammar import OF_A_NUMBER
from ivr.speech.rejection import CLOSE
from ivr.speech.results import Recognition

FAR_BEHIND = 15.0
"""Nats behind the likeliest text; what is further was not said."""
LONGEST = 10
"""Digits of a value where no register is known."""


@dataclass(frozen=True)
class Value:
    """One number that may have been meant."""

    digits: str
    """As said, leading zeros kept."""
    cost: float
    """Lower is likelier; a difference of 1 is what one more group of digits costs."""
    text: str
    """What was heard for it."""


def told(heard: Recognition, scale: float) -> tuple[tuple[str, float], ...]:
    """The texts that a question is told, the likeliest first, with what they cost: scaled nats behind it.

    Of numbers also those that the sound alone decides against: the register has a say in it (domain/readings.py).
    Where the likeliest says none, a number far behind it was not said. `scale`: as for `values`.
    """
    if not heard.alternatives:
        return ()
    best = heard.alternatives[0]
    far = FAR_BEHIND if _is_number(best.text) else 0.0
    return tuple(
        (one.text, scale * behind)
        for one in heard.alternatives
        if scale * (behind := best.score - one.score) < CLOSE or (behind < far and _is_number(one.text))
    )


def values(
    heard: Recognition, scale: float, sheet: Sheet | None, today: date, limits: Limits
) -> tuple[Value, ...]:
    """The numbers that may have been meant, the likeliest first, each once; none where none was said.

    `scale`: what a nat of the recogniser's score weighs (rejection.Calibration.score_scale). `sheet`: the register
    that is asked for; only what it can show is given then.
    """
    cheapest: dict[str, Value] = {}
    for one in _heard(heard, scale, sheet.register.digits if sheet else LONGEST):
        if one.digits not in cheapest or one.cost < cheapest[one.digits].cost:
            cheapest[one.digits] = one
    if sheet is None:
        return tuple(sorted(cheapest.values(), key=lambda one: one.cost))
    candidates = [Candidate(one.digits, one.cost) for one in cheapest.values()]
    return tuple(
        Value(one.candidate.digits, one.cost, cheapest[one.candidate.digits].text)
        for one in rank(candidates, sheet, today, limits)
    )


def _heard(heard: Recognition, scale: float, longest: int) -> Iterator[Value]:
    for text, cost in told(heard, scale):
        for number in islice(alone_or_beside(text, longest), LOOKED_AT):
            yield Value(number.digits, cost + number.cost, text)


def _is_number(text: str) -> bool:
    """Whether nothing but a number is said: no «это», «да», «нет» around it either."""
    return OF_A_NUMBER.issuperset(text.split())
