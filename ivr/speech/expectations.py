"""What a question of the dialogue listens for, and what of an utterance it is told.

Questions say what they ask for (`Question.grammar`, `digits`); this is the one place that knows which grammars of
the recogniser go with that.
"""

from typing import Any

from ivr.dialogue.steps import Heard, Question
from ivr.speech.grammars import Expectation
from ivr.speech.numbers import told
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

    `scale`: what a nat of score weighs (rejection.Calibration.score_scale).
    """
    if recognition.reason == "silence":
        return Heard()
    if recognition.no_match:
        return NOT_BELIEVED
    texts, costs = zip(*told(recognition, scale), strict=True)
    return Heard(texts, costs=costs)
