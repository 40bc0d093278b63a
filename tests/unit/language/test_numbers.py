"""Numbers as they are said: one table of what is understood, one of what must not be."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from ivr.language import wording
from ivr.language.number_groups import MOST_DIGITS
from ivr.language.number_words import ATOMS
from ivr.language.numbers import ACCOUNT_WORDS, PHONE_WORDS, spoken_numbers


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
        ("двенадцати тысяч трёхсот сорока пяти", "12345"),
        ("к двенадцати тысячам тремстам", "12300"),
        ("двенадцать тысяч триста с пятью", "12305"),
        ("сорок пятый", "45"),
        ("двадцатого", "20"),
        ("15-го", "15"),
        ("полторы тысячи", "1500"),
        ("пять с половиной тысяч", "5500"),
        ("1,5 тысячи", "1500"),
        ("полтораста тысяч", "150000"),
        ("миллион двести четыре тысячи пятьсот", "1204500"),
        ("две сотни сорок пять", "245"),
        ("три нуля сто пять", "000105"),
        ("двенадцать две семёрки", "1277"),
        ("дважды ноль пять", "005"),
        ("сорок, три, нуля", "40000"),
        ("ноль-ноль сто пять", "00105"),
        ("двести пийсят тыщ", "250000"),
        ("двадцать пять тысяч", "25000"),
        ("двенадцать… двенадцать тысяч триста", "12300"),
        ("сорок пять… сорок пять", "45"),
        ("сорок пять сорок пять", "4545"),
        ("семь тысяч двести восемь, повторяю: семь тысяч двести восемь", "7208"),
        ("двенадцать тысяч и триста сорок пять", "12345"),
        ("сорок, пять", "405"),
        ("да двенадцать", "12"),
        ("двенадцать… так, сейчас… триста сорок пять", "12345"),
        ("полторы тысячи двадцать", "1520"),
        ("три три двенадцать", "3312"),
        ("двенадцать тысяч пятьдесят шесть", "12056"),
        ("нет двенадцать", "12"),
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
        ("двенадцать с половиной", ("12", "5")),
        ("сорок пять и шесть", ("45", "6")),
        ("сорок пять, одна десятая", ("45", "1")),
        ("сорок пять, а после запятой шесть", ("45", "6")),
        ("сорок пять, после запятой восемь", ("45", "8")),
        ("сорок пять и красная четыре", ("45", "4")),
        ("полтора киловатта", ("1", "5")),
        ("сорок пять запятая семь ой запятая восемь", ("45", "8")),
    ],
)
def test_after_the_decimal_sign_is_dropped(said: str, expected: tuple[str, str | None]) -> None:
    assert readings(said) == [expected] or readings(said)[0] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("двадцать пять", ["25", "205"]),
        ("сто пять", ["105", "1005"]),
        ("двенадцать тысяч триста", ["12300", "12000300"]),
        ("двадцать и пять", ["25", "20", "205"]),
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
        "не двенадцать",
        "двенадцать триста нет",
        "запятая семь ой запятая восемь",
        "вместо двенадцати",
        "в конце пять",
        "пятьсот рублей",
        "сорок минут",
        "день двенадцать",
        "двенадцать или тринадцать",
        "двенадцать это тринадцать",
        "двадцать или пять",
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
        "миллиард миллиардов",
        "полторы",
        "тысяч тысяч",
        "ноль тысяч",
        "сорок пять и семнадцать десятых",
        "номер двенадцать",
        "١٢",
        "12,5 345",
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


def test_a_unit_is_told_and_money_is_no_reading() -> None:
    everything = frozenset({"", "kwh", "rub", "kop", "hour"})
    units = {said: [one.unit for one in spoken_numbers(said, units=everything)][:1] for said in UNITS}
    assert units == UNITS
    assert list(spoken_numbers("сто рублей")) == []


UNITS = {
    "сто рублей": ["rub"],
    "сто квт ч": ["kwh"],
    "сто": [""],
    "три часа": ["hour"],
    "пять копеек": ["kop"],
}


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("муж продиктовал: две тысячи триста сорок пять", "2345"),
        ("слушайте внимательно девяносто двести десять", "90210"),
        ("высвечивается 12345", "12345"),
        ("муж продиктовал пять", None),  # too short to be believed
        ("две тысячи муж триста", None),
        ("в квартире две тысячи триста", None),
        ("двадцать пятого ноября две тысячи", None),
        ("ночью двенадцать тысяч триста", "12300"),
        ("ночь двенадцать тысяч триста", None),
        ("не двенадцать тысяч триста продиктовал", None),
    ],
)
def test_words_beside_a_number_where_they_are_allowed(said: str, digits: str | None) -> None:
    assert next((one.digits for one in spoken_numbers(said, strangers=True)), None) == digits
    assert list(spoken_numbers(said)) == []


def test_twenty_pairs_are_not_enumerated() -> None:
    pairs = " ".join(num2words(value, lang="ru") for value in range(21, 99) if value % 10)
    found = [one.digits for one in islice(spoken_numbers(pairs), 3)]
    assert found == ["21222324252627282931"]  # cut at twenty digits: too long, and by what
    first, second = islice(spoken_numbers("двадцать один тридцать два сорок три пятьдесят четыре"), 2)
    assert (first.digits, len(second.digits)) == ("21324354", 9)


def test_only_what_fits_is_yielded() -> None:
    assert {len(one.digits) for one in spoken_numbers("двенадцать триста сорок пять", longest=6)} == {5, 6}
    assert list(spoken_numbers("двенадцать триста сорок пять", longest=4)) == []


@given(st.integers(0, 999_999))
def test_every_cardinal_is_read_first_as_itself(value: int) -> None:
    assert readings(num2words(value, lang="ru"))[0] == (str(value), None)


@given(st.integers(0, 999_999), st.sampled_from("gdaip"))
def test_in_every_case(value: int, case: str) -> None:
    assert readings(num2words(value, lang="ru", case=case))[0] == (str(value), None)


@given(st.integers(1, 999), st.sampled_from("ngdip"), st.sampled_from("mn"))
def test_ordinals(value: int, case: str, gender: str) -> None:
    # feminine ones («сотая») are parts after the point
    said = num2words(value, lang="ru", to="ordinal", case=case, gender=gender)
    assert readings(said)[0] == (str(value), None)


@given(st.text("0123456789", min_size=1, max_size=12))
def test_digit_by_digit(digits: str) -> None:
    assert readings(" ".join(num2words(int(digit), lang="ru") for digit in digits))[0] == (digits, None)


@given(st.lists(st.text("0123456789", min_size=1, max_size=3), min_size=1, max_size=5))
def test_groups_with_a_comma_between(groups: list[str]) -> None:
    assert readings(", ".join(map(wording.group, groups)))[0] == ("".join(groups), None)


WORDS = st.lists(st.sampled_from([*ATOMS, "12", "0,5", "1.234", ",", "-", "…", "кот"]), max_size=14)


@settings(deadline=None)  # a busy machine is no failure; timings live in benchmarks/
@given(st.one_of(st.text(), WORDS.map(" ".join)))
def test_anything_said_is_bounded_ordered_and_raises_nothing(said: str) -> None:
    for strangers in (False, True):
        for longest in (5, MOST_DIGITS):
            found = list(islice(spoken_numbers(said, longest=longest, strangers=strangers), 200))
            assert [one.cost for one in found] == sorted(one.cost for one in found)
            assert all(one.digits.isascii() and one.digits.isdigit() for one in found)
            assert all(len(one.digits) <= longest for one in found)
            assert len({one.digits for one in found}) == len(found)
