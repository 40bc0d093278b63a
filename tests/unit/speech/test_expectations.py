"""What questions listen for, and what they are told of an utterance."""

from dataclasses import replace

import pytest

from ivr.dialogue.steps import Heard, Question, Say
from ivr.speech.expectations import ALTERNATIVES, NOT_BELIEVED, expectation, heard
from ivr.speech.grammars import Expectation
from ivr.speech.results import Alternative, Reason, Recognition


def asked(grammar: str, digits: int = 0) -> Expectation:
    return expectation(Question("id", object, lambda _: None, Say("prompt"), grammar=grammar, digits=digits))


@pytest.mark.parametrize(
    ("grammar", "digits", "fields"),
    [
        ("number", 5, {"kind": "number", "digits": 5}),
        ("number", 0, {"kind": "amount"}),
        ("yesno", 0, {"kind": "yesno"}),
        ("yesno", 6, {"kind": "yesno", "digits": 6, "numbers": True}),
        ("place", 10, {"kind": "place", "digits": 10, "numbers": True}),
        ("menu", 0, {"kind": "menu"}),
        ("address", 0, {"kind": "address"}),
    ],
)
def test_a_question(grammar, digits, fields):
    assert asked(grammar, digits) == Expectation(alternatives=ALTERNATIVES, **fields)


def recognition(*scores: float, reason: Reason = "") -> Recognition:
    found = tuple(Alternative(f"text {score}", score, score, (), "side") for score in scores)
    text = found[0].text if found else ""
    return Recognition(text, 0.9, (), found, reason, {}, 1.0)


def test_the_close_ones_are_told():
    assert heard(recognition(-10, -11, -13.4, -20), scale=0.3) == Heard(
        ("text -10", "text -11"), costs=(0.0, pytest.approx(0.3))
    )
    assert heard(recognition(-10, -11, -13.3, -20), scale=0.3).alternatives[2:] == ("text -13.3",)
    assert len(heard(recognition(-10, -10), scale=0.3).alternatives) == 2


def test_numbers_are_told_while_the_register_may_still_decide():
    """An impossible «пятьдесят» must not hide a «пятнадцать» three nats behind it."""
    scores = {"пятьдесят": -10.0, "да пять": -11.5, "пятнадцать": -13.0, "сорок": -26.0}
    found = tuple(Alternative(text, score, score, (), "side") for text, score in scores.items())
    number = Recognition("пятьдесят", 0.9, (), found, "", {}, 1.0)
    assert heard(number, scale=1.0) == Heard(("пятьдесят", "пятнадцать"), costs=(0.0, 3.0))
    words = replace(number, alternatives=(replace(found[0], text="нет"), *found[1:]))
    assert heard(words, scale=1.0).alternatives == ("нет",)


def test_silence():
    assert heard(recognition(reason="silence"), scale=0.3).silent


@pytest.mark.parametrize("reason", ["unknown", "unsure"])
def test_what_cannot_be_believed(reason):
    assert heard(recognition(-10, reason=reason), scale=0.3) is NOT_BELIEVED
    assert not NOT_BELIEVED.silent
