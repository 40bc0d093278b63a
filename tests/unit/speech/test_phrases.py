"""Whole phrases before loose words."""

import pytest

from ivr.speech.grammars import Side
from ivr.speech.phrases import FURTHER, STRAY, Phrases
from ivr.speech.results import alternatives

SAID = [("все", "верно"), ("верно",), ("да",), ("верно", "вы", "поняли")]


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("", 0.0),
        ("[unk]", 0.0),
        ("верно вы поняли", 0.0),
        ("да все верно", FURTHER),
        ("да [unk] верно", 2 * FURTHER),
        ("[unk] [unk] [unk] верно", FURTHER),
        ("верно вы позови", STRAY),
        ("вы поняли верно", STRAY),
        ("да да да да да да да", STRAY),
    ],
)
def test_a_text_costs_what_makes_it_no_phrase(text: str, cost: float) -> None:
    assert Phrases(SAID).cost(text.split()) == cost


def test_a_number_is_one_phrase_where_numbers_are_said_too() -> None:
    text = ["верно", "двенадцать", "тысяч", "триста", "сорок", "пять"]
    assert Phrases(SAID, numbers=True).cost(text) == FURTHER
    assert Phrases(SAID).cost(text) == STRAY


def test_the_phrase_is_heard_rather_than_loose_words_a_little_likelier() -> None:
    side = Side("yesno", (("верно", "вы", "поняли"), ("позови",)), Phrases(SAID))
    found = alternatives(
        {
            "alternatives": [
                {"text": "верно вы позови", "confidence": -100.0},
                {"text": "верно вы поняли", "confidence": -103.0},
            ]
        },
        side,
        0.0,
    )
    assert max(found, key=lambda one: one.score).text == "верно вы поняли"
    assert [(one.stray, one.score) for one in found] == [(STRAY, -100.0 - STRAY), (0.0, -103.0)]
