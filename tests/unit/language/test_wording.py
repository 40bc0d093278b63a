"""Words for speaking."""

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.language import nouns, wording
from ivr.language.nouns import FIGURE, HOUR, REQUEST, ROUBLE, Case
from ivr.language.numbers import spoken_numbers


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.number(12345), "двенадцать тысяч триста сорок пять"),
        (wording.number(0), "ноль"),
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.number(12345, "genitive"), "двенадцати тысяч трёхсот сорока пяти"),
        (wording.number(340, "dative"), "трёмстам сорока"),
        (wording.number(2001, "accusative", "feminine"), "две тысячи одну"),
        (wording.number(90, "instrumental"), "девяноста"),
        (wording.number(7, "instrumental"), "семью"),
        (wording.number(503, "prepositional"), "пятистах трёх"),
        (wording.number(1, gender="neuter"), "одно"),
        (wording.number(2_000_001, gender="feminine"), "два миллиона одна"),
        (wording.number(-1_000_000, gender="feminine"), "минус один миллион"),
        (wording.counted(21, FIGURE), "двадцать одна цифра"),
        (wording.counted(2, REQUEST), "две заявки"),
        (wording.counted(21, REQUEST, "accusative"), "двадцать одну заявку"),
        (wording.counted(2, REQUEST, "prepositional"), "двух заявках"),
        (wording.counted(11, REQUEST, "dative"), "одиннадцати заявкам"),
        (wording.counted(1, ROUBLE, "genitive"), "одного рубля"),
        (wording.counted(3, ROUBLE, "genitive"), "трёх рублей"),
        (wording.counted(15, HOUR, "dative"), "пятнадцати часам"),
        (wording.money(30050), "триста рублей пятьдесят копеек"),
        (wording.money(100), "один рубль"),
        (wording.money(1), "одна копейка"),
        (wording.money(0), "ноль рублей"),
        (wording.money(-205), "минус два рубля пять копеек"),
        (wording.money(30050, "instrumental"), "тремястами рублями пятьюдесятью копейками"),
        (wording.time(time(15, 30)), "пятнадцать часов тридцать минут"),
        (wording.time(time(0, 1)), "ноль часов одна минута"),
        (wording.time(time(21, 0), "dative"), "двадцати одному часу"),
    ],
)
def test_cases_and_genders(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.number_slowly(12345), "двенадцать тысяч, триста, сорок пять"),
        (wording.number_slowly(123005), "сто двадцать три тысячи, пять"),
        (wording.number_slowly(12300), "двенадцать тысяч, триста"),
        (wording.number_slowly(345), "триста, сорок пять"),
        (wording.number_slowly(45), "сорок пять"),
        (wording.number_slowly(0), "ноль"),
        (wording.number_slowly(-345), "минус триста, сорок пять"),
        (wording.number_slowly(1345, "genitive"), "одной тысячи, трёхсот, сорока пяти"),
        (wording.kwh(1021, slow=True), "одна тысяча, двадцать один киловатт-час"),
        (wording.money(134550, slow=True), "одна тысяча, триста, сорок пять рублей, пятьдесят копеек"),
        (wording.account("05012", slow=True), "ноль пять ноль, один два"),
        (wording.account("7", slow=True), "семь"),
        (wording.request_number("100018", slow=True), "один ноль, ноль ноль, один восемь"),
        (
            wording.phone("+79161234501", slow=True),
            "восемь, девять один шесть, один два три, четыре пять, ноль один",
        ),
        (wording.phone("112", slow=True), "один, один, два"),
    ],
)
def test_slowly(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize("case", nouns.CASES)
@given(value=st.integers(0, 9_999_999))
def test_slow_speech_differs_in_pauses_alone(case: Case, value: int) -> None:
    assert wording.number_slowly(value, case).replace(",", "") == wording.number(value, case)


@given(st.integers(0, 999_999))
def test_a_number_read_out_slowly_is_understood_again(value: int) -> None:
    assert str(value) in [one.digits for one in spoken_numbers(wording.number_slowly(value))]


@given(st.text("0123456789", min_size=1, max_size=12))
def test_an_account_read_out_slowly_is_understood_at_once(number: str) -> None:
    assert next(spoken_numbers(wording.account(number, slow=True))).digits == number


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (12350, 12315, ("пятьдесят", "пятнадцать")),
        (12345, 13345, ("двенадцать", "тринадцать")),
        (12345, 12365, ("сорок", "шестьдесят")),
        (1345, 2345, ("одна тысяча", "две тысячи")),
        (21300, 22300, ("двадцать одна тысяча", "двадцать две тысячи")),
        (1_000_345, 2_000_345, ("один миллион", "два миллиона")),
        (15, 50, ("пятнадцать", "пятьдесят")),
        (0, 7, ("ноль", "семь")),
        (12300, 12345, ("двенадцать тысяч триста", "двенадцать тысяч триста сорок пять")),
        (5345, 345, ("пять тысяч триста сорок пять", "триста сорок пять")),
        (15350, 15315, ("пятнадцать тысяч триста пятьдесят", "пятнадцать тысяч триста пятнадцать")),
        (12305, 13306, ("двенадцать тысяч триста пять", "тринадцать тысяч триста шесть")),
        (5, 5, ("пять", "пять")),
    ],
)
def test_two_numbers_told_apart(first: int, second: int, expected: tuple[str, str]) -> None:
    assert wording.told_apart(first, second) == expected


@given(st.integers(0, 9_999_999), st.integers(0, 9_999_999))
def test_what_is_told_apart_stands_in_one_number_alone(first: int, second: int) -> None:
    one, other = wording.told_apart(first, second)
    assert one in wording.number(first)
    assert other in wording.number(second)
    assert (one == other) == (first == second)
    assert wording.told_apart(second, first) == (other, one)
