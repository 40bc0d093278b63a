"""Corrections in one breath: what a number becomes, and what a caller makes of one that was read back."""

from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from num2words import num2words

from ivr.language import wording
from ivr.language.number_words import ATOMS
from ivr.language.numbers import ACCOUNT_WORDS, corrections, spoken_numbers


def first(said: str, longest: int = 20) -> str | None:
    return next((one.digits for one in spoken_numbers(said, longest=longest)), None)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("двенадцать триста сорок пять, нет, пятьдесят пять", "12355"),
        ("двенадцать триста сорок пять нет пятьдесят пять", "12355"),
        ("двенадцать триста не сорок пять а пятьдесят пять", "12355"),
        ("двенадцать триста сорок пять, не сорок пять, а пятьдесят пять", "12355"),
        ("двенадцать триста пятьдесят пять, а не сорок пять", "12355"),
        ("двенадцать тысяч триста ой четыреста сорок пять", "12445"),
        ("двенадцать триста, ой, тринадцать триста сорок пять", "13345"),
        ("двенадцать триста сорок пять, ой, тринадцать триста сорок пять", "13345"),
        ("двенадцать тысяч триста сорок пять, нет, тринадцать тысяч", "13345"),
        ("девять двести пятьдесят, ой, шестьдесят", "9260"),
        ("один два три четыре нет пять", "1235"),
        ("четырнадцать две семёрки ой три семёрки", "14777"),
        ("сорок две вернее сорок три тысячи сто", "43100"),
        ("двенадцать тысяч триста сорок пять виноват шесть на конце", "12346"),
        ("сорок, нет, пятьдесят, нет, шестьдесят", "60"),
        ("12345, нет, 55", "12355"),
        ("12 345 нет 346", "12346"),
        ("двенадцать нет", None),
        ("двенадцать, нет, спасибо", None),
        ("не сорок пять, а пятьдесят пять", "55"),
        ("двенадцать триста сорок, в конце пять", "12345"),
        ("нет не двенадцать", None),
    ],
)
def test_in_one_breath(said: str, digits: str | None) -> None:
    assert first(said) == digits


@pytest.mark.parametrize(
    ("said", "value", "digits"),
    [
        ("нет, в конце шестьдесят", 12345, "12360"),
        ("нет, не сорок пять, а пятьдесят пять", 12345, "12355"),
        ("пятьдесят пять, а не сорок пять", 12345, "12355"),
        ("вместо сорока пяти пятьдесят пять", 12345, "12355"),
        ("нет, пятьдесят пять", 12345, "12355"),
        ("тринадцать тысяч триста сорок пять", 12345, "13345"),
        ("нет, тринадцать триста сорок пять", 12345, "13345"),
        ("не двенадцать, а тринадцать тысяч", 12345, "13345"),
        ("не двенадцать, а тринадцать", 12345, "13345"),
        ("последняя цифра семь", 12345, "12347"),
        ("предпоследняя цифра восемь", 12345, "12385"),
        ("третья цифра четыре", 12345, "12445"),
        ("вторая цифра единица", 62234, "61234"),
        ("последние две восемьдесят семь", 5678, "5687"),
        ("начинается на двадцать два", 12345, "22345"),
        ("посередине восемь", 12345, "12845"),
        ("не триста сорок пять тысяч, а триста сорок шесть", 345678, "346678"),
        ("не семьдесят, а семнадцать в конце", 8070, "8017"),
        ("в конце ноль пять", 12345, "12305"),
        ("нет, две последние пятьдесят пять", 12345, "12355"),
        ("нет, третья четыре", 12345, "12445"),
        ("нет, первая двойка", 12345, "22345"),
        ("нет, двенадцать тысяч", 12345, "12000"),
        ("нет, двенадцать тысяч триста сорок пять", 12345, None),  # denied, and the same again
        ("двенадцать тысяч триста сорок пять", 12345, "12345"),
        ("не двенадцать тысяч, а тринадцать", 12345, "13345"),
        ("не сорок пять, пятьдесят пять", 12345, "12355"),
        ("вы неправильно поняли, двенадцать триста пятьдесят пять", 12345, "12355"),
        ("хотя нет, в конце шестьдесят", 12345, "12360"),
        ("седьмая цифра два", 12345, None),
        ("нет", 12345, None),
        ("да", 12345, None),
        ("в конце не то", 12345, None),
        ("это не мои показания", 12345, None),
        ("нет света", 12345, None),
    ],
)
def test_of_what_was_read_back(said: str, value: int, digits: str | None) -> None:
    found = corrections(said, wording.number(value), longest=7)
    assert next((one.digits for one in found), None) == digits


def test_a_phone_is_corrected_where_it_was_said() -> None:
    told = wording.phone("+79161234567")
    assert next(corrections("нет, девятьсот пятнадцать", told)).digits == "89151234567"
    assert next(corrections("нет, сто двадцать четыре", told)).digits == "89161244567"


def test_an_account_read_back_in_pairs_is_corrected_in_pairs() -> None:
    told = wording.account("0512345678")
    assert next(corrections("нет, в конце восемьдесят семь", told, ACCOUNT_WORDS)).digits == "0512345687"
    assert next(corrections("не тридцать четыре, а сорок три", told, ACCOUNT_WORDS)).digits == "0512435678"


@given(st.integers(10_000, 99_999), st.integers(0, 4), st.integers(1, 9))
def test_any_one_digit_can_be_put_right_by_its_place(value: int, place: int, digit: int) -> None:
    ordinal = num2words(place + 1, lang="ru", to="ordinal", gender="f")
    said = f"нет, {ordinal} цифра {num2words(digit, lang='ru')}"
    digits = str(value)
    expected = digits[:place] + str(digit) + digits[place + 1 :]
    assume(expected != digits)
    assert next(corrections(said, wording.number(value), longest=5)).digits == expected


@given(st.integers(1_000, 9_999), st.integers(1_000, 999_999))
def test_a_new_number_no_shorter_is_among_the_first_two(value: int, other: int) -> None:
    assume(other != value)
    found = islice(corrections(f"нет, {num2words(other, lang='ru')}", wording.number(value), longest=6), 2)
    assert str(other) in [one.digits for one in found]


WORDS = st.lists(st.sampled_from([*ATOMS, "12", "не", "а", "нет", "в конце", "вместо"]), max_size=14)


@settings(deadline=None)
@given(st.one_of(st.text(), WORDS.map(" ".join)), st.integers(0, 9_999_999))
def test_anything_said_at_a_read_back_raises_nothing(said: str, value: int) -> None:
    found = list(islice(corrections(said, wording.number(value), longest=7), 100))
    assert [one.cost for one in found] == sorted(one.cost for one in found)
