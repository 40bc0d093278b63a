"""Word confidences out of a list of alternatives."""

import math

import pytest

from ivr.speech.results import Alternative, Word, agreed, pooled, rival


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
        (("один два", "один один два"), [1.0, 0.5]),
        (("двадцать", "двадцать один"), [0.5]),
        (("пять пять", "пять"), [1.0, 0.5]),
        (("пять", "это пять"), [1.0]),
        (("пять", "[unk] пять"), [1.0]),
    ],
)
def test_forms_of_one_number_share_their_confidence(texts: tuple[str, ...], confidences: list[float]) -> None:
    best, *_ = pooled([[alternative(text, 0.0) for text in texts]])
    assert [word.confidence for word in best.words] == confidences


def test_a_share_is_weighted_by_the_scores() -> None:
    found = pooled([[alternative("пять", 0.0), alternative("девять", math.log(1 / 3))]])
    assert found[0].words[0].confidence == pytest.approx(0.75)
    assert agreed(found[1], found).words[0].confidence == pytest.approx(0.25)


def test_each_text_once_the_likeliest_of_all_sides_first() -> None:
    found = pooled([[alternative("пять", -2.0)], [alternative("девять", -1.0), alternative("пять", -0.5)]])
    assert [(one.text, one.score) for one in found] == [("пять", -0.5), ("девять", -1.0)]


def test_what_speaks_for_one_of_two_rivals_speaks_for_both() -> None:
    found = pooled([[alternative(text, score) for text, score in HEARD]])
    other = rival(found, behind=1.0)
    assert other is not None
    assert other.text == "триста пятнадцать"
    assert [word.confidence for word in found[0].words] == pytest.approx([1.0, 0.52], abs=0.01)
    assert [word.confidence for word in agreed(found[0], found, other).words] == pytest.approx(
        [1.0, 0.97], abs=0.01
    )


def test_another_wording_of_the_same_number_is_no_rival() -> None:
    found = pooled([[alternative("одна тысяча", 0.0), alternative("один тысяч", -0.1)]])
    assert rival(found, behind=1.0) is None


def test_a_rival_is_close() -> None:
    found = pooled([[alternative(text, score) for text, score in HEARD]])
    assert rival(found, behind=0.05) is None


HEARD = (("триста пятьдесят", 0.0), ("триста пятнадцать", -0.1), ("триста шестнадцать", -3.0))
