"""Word confidences out of a list of alternatives."""

import math

import pytest

from ivr.speech.results import Alternative, Word, pooled


def alternative(text: str, score: float) -> Alternative:
    words = tuple(Word(word, float(place), place + 0.9, 1.0) for place, word in enumerate(text.split()))
    return Alternative(text, score, score, words, "numbers")


@pytest.mark.parametrize(
    ("texts", "confidences"),
    [
        (("пять", "девять"), [0.5]),
        (("один два", "одна два"), [1.0, 1.0]),
        (("две тысячи", "две тысяч"), [1.0, 1.0]),
        (("тридцать", "три"), [0.5]),
        (("да пять", "да шесть"), [1.0, 0.5]),
    ],
)
def test_forms_of_one_number_share_their_confidence(texts: tuple[str, ...], confidences: list[float]) -> None:
    best, *_ = pooled([[alternative(text, 0.0) for text in texts]])
    assert [word.confidence for word in best.words] == confidences


def test_a_share_is_weighted_by_the_scores() -> None:
    best, other = pooled([[alternative("пять", 0.0), alternative("девять", math.log(1 / 3))]])
    assert best.words[0].confidence == pytest.approx(0.75)
    assert other.words[0].confidence == pytest.approx(0.25)


def test_each_text_once_the_likeliest_of_all_sides_first() -> None:
    found = pooled([[alternative("пять", -2.0)], [alternative("девять", -1.0), alternative("пять", -0.5)]])
    assert [(one.text, one.score) for one in found] == [("пять", -0.5), ("девять", -1.0)]
