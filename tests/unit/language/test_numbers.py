"""Numbers as they are said: one table of what is understood, one of what must not be."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from ivr.language.number_words import ATOMS
from ivr.language.numbers import (
    ACCOUNT_WORDS,
    MOST_DIGITS,
    PHONE_WORDS,
    correction,
    number_after_no,
    spoken_numbers,
)


def readings(said: str) -> list[tuple[str, str | None]]:
    return [(one.digits, one.dropped) for one in spoken_numbers(said)]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("12345", "12345"),
        ("12 345", "12345"),
        ("12-345", "12345"),
        ("1, 2, 3, 0, 0", "12300"),
        ("1,2,3,0,0", "12300"),
        ("1.234.567", "1234567"),
        ("00105", "00105"),
        ("двенадцать тысяч триста сорок пять", "12345"),
        ("Двенадцать тысяч, триста сорок пять.", "12345"),
        ("тысяча двести", "1200"),
        ("тыща", "1000"),
        ("две тыщи пять", "2005"),
        ("двенадцать тысяч ноль сорок пять", "12045"),
        ("двенадцать тысяч ноль пять", "12005"),
        ("двенадцать тысяч три сорок пять", "12345"),
        ("двенадцать тысяч три четыре пять", "12345"),
        ("ноль двенадцать тысяч триста", "012300"),
        ("12 тысяч 345", "12345"),
        ("12тыс", "12000"),
        ("12 тысяч 300 45", "12345"),
        ("один два три ноль ноль", "12300"),
        ("ноль", "0"),
        ("нуль", "0"),
        ("двенадцать триста сорок пять", "12345"),
        ("сто двадцать три сорок пять", "12345"),
        ("сто двадцать три, сорок пять", "12345"),
        ("ноль ноль сто пять", "00105"),
        ("двенадцать 345", "12345"),
        ("пийсят", "50"),
        ("шестьсят семь", "67"),
        ("ну вот, показания счётчика двенадцать, значит, триста сорок пять", "12345"),
        ("у меня сейчас на счётчике: 12345 кВт/ч", "12345"),
        ("12345квт", "12345"),
        ("двести киловатт-часов", "200"),
        ("сто киловатт в час", "100"),
        ("пятьсот рублей", "500"),
    ],
)
def test_first_reading(said: str, digits: str) -> None:
    assert readings(said)[0] == (digits, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("12 345,6", ("12345", "6")),
        ("12345.6", ("12345", "6")),
        ("12.345,67", ("12345", "67")),
        ("двенадцать тысяч триста сорок пять запятая семь", ("12345", "7")),
        ("сорок пять и пять десятых", ("45", "5")),
        ("сорок пять целых", ("45", None)),
        ("сорок пять целых семь десятых киловатта", ("45", "7")),
        ("сорок пять целых и семь сотых", ("45", "07")),
        ("сорок пять точка ноль семь", ("45", "07")),
    ],
)
def test_after_the_decimal_sign_is_dropped(said: str, expected: tuple[str, str | None]) -> None:
    assert readings(said) == [expected] or readings(said)[0] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("двадцать пять", ["25", "205"]),
        ("сто пять", ["105", "1005"]),
        ("двенадцать тысяч триста сорок пять", ["12345"]),
        ("12.345", ["12", "12345"]),
        ("12,345", ["12", "12345"]),
        ("один два три", ["123"]),
        ("20 5", ["205", "25"]),
        ("двадцать двенадцать", ["2012"]),
        ("десять пять", ["105"]),
        ("100 23", ["10023", "123"]),
        ("сто 23", ["123", "10023"]),
        ("100 000", ["100000"]),
    ],
)
def test_every_reading_cheapest_first(said: str, expected: list[str]) -> None:
    assert [digits for digits, _ in readings(said)] == expected


@pytest.mark.parametrize(
    "said",
    [
        "",
        "показания",
        "киловатт",
        "кошка двенадцать",
        "нет двенадцать",
        "да двенадцать",
        "не двенадцать",
        "день двенадцать",
        "двенадцать или тринадцать",
        "двенадцать это тринадцать",
        "двадцать и пять",
        "минус пять",
        "показания -5",
        "запятая семь",
        "пять десятых",
        "сто рублей пятьдесят",
        "двенадцать киловатт триста",
        "двенадцать на триста",
        "12:30",
        "25.10.2024",
        "1/2",
        "50%",
        "12а",
        "5-й",
        "миллион",
        "двенадцати тысяч",  # oblique cases: not yet
        "полторы тысячи",
        "двенадцать с половиной",
        "двадцать тысяч пять тысяч",
        "тысяч тысяч",
        "ноль тысяч",
        "двенадцать тысяч три пять",
        "двенадцать тысяч ноль ноль ноль ноль",
        "сорок пять и семнадцать десятых",
        "один два тысячи",
        "номер двенадцать",
        "١٢",
        "12,5 345",
        "1,5 тысячи",
        "двенадцать " + "ну " * 1_000 + "нет",
        "двенадцать5",
        "1.234.56",
        "25.10.123",
    ],
)
def test_no_number(said: str) -> None:
    assert readings(said) == []


def test_words_that_a_question_allows() -> None:
    assert next(spoken_numbers("номер лицевого счёта 05 12", ACCOUNT_WORDS)).digits == "0512"
    assert next(spoken_numbers("мой телефон +7 (916) 123-45-01", PHONE_WORDS)).digits == "79161234501"


def test_a_unit_is_told() -> None:
    assert [next(spoken_numbers(said)).unit for said in ("сто рублей", "сто квт ч", "сто")] == [
        "rub",
        "kwh",
        "",
    ]


def test_twenty_pairs_are_not_enumerated() -> None:
    found = list(spoken_numbers("двадцать пять " * 20))
    assert [one.digits for one in found] == [("25" * 20)[:MOST_DIGITS]]
    first, second = islice(spoken_numbers("двадцать пять " * 9), 2)
    assert (first.digits, len(second.digits)) == ("25" * 9, 19)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("нет, двенадцать триста сорок пять", "12345"),
        ("нет нет 12345", "12345"),
        ("неверно, двенадцать", "12"),
        ("нет, не сорок пять, а пятьдесят пять", "55"),
        ("не сорок пять а пятьдесят пять", "55"),
        ("ой нет это 55", "55"),
        ("не так, 55", "55"),
        ("нет не двенадцать", None),
        ("нет не кошка а двенадцать", None),
        ("нет", None),
        ("двенадцать", None),
        ("нет, двенадцать, нет", None),
        ("нетто двенадцать", None),
        ("не двенадцать", None),
        ("нет, двенадцать " + "ну " * 1_000 + "нет", None),
    ],
)
def test_number_after_no(said: str, digits: str | None) -> None:
    found = number_after_no(said)
    assert (found and found.digits) == digits


@given(st.integers(0, 999_999))
def test_every_cardinal_is_read_first_as_itself(value: int) -> None:
    assert readings(num2words(value, lang="ru"))[0] == (str(value), None)


@given(st.integers(1_000, 999_999))
def test_a_cardinal_with_thousands_has_one_reading(value: int) -> None:
    assert len(readings(num2words(value, lang="ru"))) == 1


@given(st.text("0123456789", min_size=1, max_size=12))
def test_digit_by_digit(digits: str) -> None:
    assert readings(" ".join(num2words(int(digit), lang="ru") for digit in digits)) == [(digits, None)]


WORDS = st.lists(st.sampled_from([*ATOMS, "нет", "а", "12", "0,5", "1.234", ",", "-", "кот"]), max_size=14)


@settings(deadline=None)  # a busy machine is no failure; timings live in benchmarks/
@given(st.one_of(st.text(), WORDS.map(" ".join)))
def test_anything_said_is_bounded_ordered_and_raises_nothing(said: str) -> None:
    found = list(spoken_numbers(said))
    assert len(found) < 10_000
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    assert all(one.digits.isascii() and one.digits.isdigit() for one in found)
    assert all(len(one.digits) <= MOST_DIGITS for one in found)
    assert correction(said) is None or isinstance(number_after_no(said), object)
