"""Numbers by sound, words and register together: the clear one leads, close ones stay close."""

from datetime import date

import pytest

from ivr.domain.accounts import Register
from ivr.domain.readings import Costs, Limits, Sheet
from ivr.speech.numbers import values
from ivr.speech.results import Alternative, Recognition

DAY, SCALE = date(2026, 11, 20), 0.3


def heard(*texts: tuple[str, float]) -> Recognition:
    found = tuple(Alternative(text, score, score, (), "numbers") for text, score in texts)
    return Recognition(found[0].text if found else "", 1.0, (), found, "", {}, 1.0)


def sheet(last: int | None = None, digits: int = 5) -> Sheet:
    return Sheet(Register(0, "T", digits), "", "", last=last, usual=150)


def found(said: Recognition, register: Sheet | None) -> list[tuple[str, float]]:
    return [(one.digits, one.cost) for one in values(said, SCALE, register, DAY, Limits())]


def test_what_was_said():
    assert found(heard(("двенадцать тысяч триста сорок пять", 50.0)), None)[0][0] == "12345"
    assert found(heard(), None) == []
    assert found(heard(("[unk] спасибо", 3.0)), None) == []


def test_close_ones_stay_close():
    said = heard(("двенадцать тысяч триста пятьдесят", 50.0), ("двенадцать тысяч триста пятнадцать", 49.0))
    (first, cost), (second, other), *_ = found(said, sheet())
    assert (first, second) == ("12350", "12315")
    assert other - cost < Costs().close


def test_sound_that_decides():
    said = heard(("двенадцать тысяч триста пятьдесят", 50.0), ("двенадцать тысяч триста пятнадцать", 40.0))
    (_, cost), (_, other), *_ = found(said, sheet())
    assert other - cost > Costs().close


def test_the_last_reading_decides_where_sound_does_not():
    said = heard(("двенадцать тысяч триста пятнадцать", 50.0), ("двенадцать тысяч триста пятьдесят", 49.0))
    assert found(said, sheet(last=12_320))[0][0] == "12350"


def test_only_what_the_register_can_show():
    said = heard(("один два три четыре пять шесть", 50.0), ("один два три четыре пять", 48.0))
    assert {len(digits) for digits, _ in found(said, sheet())} == {5}


def test_far_behind_was_not_said():
    said = heard(("пять", 50.0), ("шесть", 34.9))
    assert [digits for digits, _ in found(said, None)] == ["5"]


def test_a_number_far_behind_a_word_was_not_said():
    assert found(heard(("плюс", 50.0), ("ноль", 43.0)), None) == []
    assert [digits for digits, _ in found(heard(("плюс", 50.0), ("ноль", 49.0)), None)] == ["0"]


@pytest.mark.parametrize("register", [None, sheet(12_000)])
def test_dearer_and_dearer_each_once(register):
    said = heard(
        ("двадцать пять сорок один", 50.0), ("двадцать пять сорок", 49.0), ("двадцать пять сорок [unk]", 49.0)
    )
    listed = found(said, register)
    costs = [cost for _, cost in listed]
    assert costs == sorted(costs)
    assert len({digits for digits, _ in listed}) == len(listed)


def test_from_sound(ears, said):
    from ivr.speech.grammars import Expectation

    sound = ears.hear(said("1", "2", "3", "4", "5"), Expectation("number", digits=5, alternatives=10))
    assert found(sound, sheet(last=12_200))[0][0] == "12345"
