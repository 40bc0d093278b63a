"""What a question of the dialogue listens for, and what of an utterance it is told.

Questions say what they ask for (`Question.grammar`, `digits`); this is the one place that knows which grammars of
the recogniser go with that.
"""

from typing import Any

from ivr.dialogue.steps import Heard, Question
from ivr.speech.grammars import Expectation
from ivr.speech.number_grammar import OF_A_NUMBER
from ivr.speech.numbers import FAR_BEHIND
from ivr.speech.rejection import CLOSE
from ivr.speech.results import Recognition

ALTERNATIVES = 10
"""Texts that a question is told of, at most."""

NOT_BELIEVED = Heard(("…",))
"""Something was said, and none of it can be believed: no words, so no meaning at any question."""


def expectation(question: Question[Any]) -> Expectation:
    """For a recogniser that hears one answer to this question."""
    kind, digits = question.grammar, question.digits
    if kind == "number" and not digits:
        kind = "amount"
    return Expectation(
        kind, digits=digits or None, numbers=bool(digits) and kind != "number", alternatives=ALTERNATIVES
    )


def heard(recognition: Recognition, scale: float) -> Heard:
    """What the question is told: the texts that may have been said, the likeliest first.

    Of numbers also those that the sound alone decides against: the register has a say in it (domain/readings.py).
    `scale`: what a nat of score weighs (rejection.Calibration.score_scale).
    """
    if recognition.reason == "silence":
        return Heard()
    if recognition.no_match:
        return NOT_BELIEVED
    best = recognition.alternatives[0]
    far = FAR_BEHIND if _is_number(best.text) else 0.0
    told = [
        (one.text, scale * behind)
        for one in recognition.alternatives
        if scale * (behind := best.score - one.score) < CLOSE or (behind < far and _is_number(one.text))
    ]
    return Heard(tuple(text for text, _ in told), costs=tuple(cost for _, cost in told))


def _is_number(text: str) -> bool:
    """Whether nothing but a number is said: no «это», «да», «нет» around it either."""
    return OF_A_NUMBER.issuperset(text.split())
