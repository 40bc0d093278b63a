"""Words for speaking."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.language import wording
from ivr.language.numbers import spoken_numbers


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.number(12345), "двенадцать тысяч триста сорок пять"),
        (wording.reading(0), "ноль"),
        (wording.digits("120"), "один, два, ноль"),
        (
            wording.account("0512340078"),
            "ноль пять, двенадцать, тридцать четыре, ноль ноль, семьдесят восемь",
        ),
        (wording.account("00512"), "ноль ноль пять, двенадцать"),
        (wording.account("7"), "семь"),
        (wording.request_number("100018"), "десять, ноль ноль, восемнадцать"),
        (
            wording.phone("+79161234501"),
            "восемь, девятьсот шестнадцать, сто двадцать три, сорок пять, ноль один",
        ),
        (wording.phone("89160030045"), "восемь, девятьсот шестнадцать, ноль ноль три, ноль ноль, сорок пять"),
        (wording.phone("+375291"), "плюс, три, семь, пять, два, девять, один"),
        (wording.phone("112"), "один, один, два"),
        (wording.date(date(2024, 11, 20)), "двадцатое ноября"),
        (wording.date(date(2024, 11, 20), genitive=True), "двадцатого ноября"),
        (wording.date(date(2024, 5, 3)), "третье мая"),
        (wording.kwh(21), "двадцать один киловатт-час"),
        (wording.kwh(112), "сто двенадцать киловатт-часов"),
        (wording.kwh(11), "одиннадцать киловатт-часов"),
        (wording.kwh(3), "три киловатт-часа"),
    ],
)
def test_words(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize("speak", [wording.digits, wording.account, wording.phone, wording.request_number])
@pytest.mark.parametrize("wrong", ["", "12a", "1 2", "١٢", "+"])
def test_digits_alone(speak: Callable[[str], str], wrong: str) -> None:
    with pytest.raises(ValueError, match="digits alone"):
        speak(wrong)


@given(st.text("0123456789", min_size=1, max_size=12))
def test_an_account_read_out_is_understood_again(number: str) -> None:
    heard = [one.digits for one in spoken_numbers(wording.account(number))]
    assert number in heard
