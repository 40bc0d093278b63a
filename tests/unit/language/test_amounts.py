"""Money said by callers: any amount in any case, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from ivr.language import wording
from ivr.language.amounts import MOST_ROUBLES, MOST_UNNAMED, Money, named_money, spoken_money
from ivr.language.figures import UNCLEAR, figured
from ivr.language.nouns import CASES

ROUBLES = st.integers(0, MOST_ROUBLES - 1)
KOPECKS = st.integers(1, 99)


@given(ROUBLES, st.sampled_from(CASES))
def test_any_amount_in_any_case(roubles: int, case: str) -> None:
    assert spoken_money(wording.money(roubles * 100, case)) == Money(roubles * 100)


@given(st.integers(1, MOST_ROUBLES - 1), KOPECKS, st.sampled_from(CASES))
def test_roubles_and_kopecks(roubles: int, kopecks: int, case: str) -> None:
    assert spoken_money(wording.money(roubles * 100 + kopecks, case)) == Money(roubles * 100 + kopecks)


@given(st.integers(1, MOST_ROUBLES - 1))
def test_below_zero(roubles: int) -> None:
    assert spoken_money(wording.money(-roubles * 100)) == Money(-roubles * 100)


@given(st.integers(0, MOST_UNNAMED - 1))
def test_without_a_unit_it_is_roubles(roubles: int) -> None:
    assert spoken_money(num2words(roubles, lang="ru")) == spoken_money(str(roubles)) == Money(roubles * 100)


@given(st.integers(0, 9_999), st.integers(0, 99))
def test_after_the_decimal_sign_it_is_kopecks(roubles: int, kopecks: int) -> None:
    assert spoken_money(f"{roubles},{kopecks:02}") == Money(roubles * 100 + kopecks)


@given(st.integers(1, 999))
def test_turned_round_it_is_a_guess(roubles: int) -> None:
    said = num2words(roubles, lang="ru")
    assert spoken_money(f"рублей {said}") == spoken_money(f"около {said}") == Money(roubles * 100, about=True)


@given(st.text())
def test_any_text_is_read_the_same_way_twice(text: str) -> None:
    assert spoken_money(text) == spoken_money(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "двести",
                "сто",
                "пять",
                "рублей",
                "копеек",
                "минус",
                "и",
                ",",
                "-",
                "нет",
                "около",
                "сотни",
                "№",
                "25",
                "запятая",
            ]
        )
    )
)
def test_any_words_of_money_are_read(said: list[str]) -> None:
    found = spoken_money(" ".join(said))
    assert found is None or abs(found.kopecks) < MOST_ROUBLES * 100


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Дня на два-три, до двадцать пятого.", "дня на 2-3 , до 25-го"),
        ("сто двадцать запятая ноль пять", "120,05"),
        ("1 250,30 руб.", "1250,30 руб"),
        ("триста пятьдесят два сорок", UNCLEAR),
        ("двести триста", "200~300"),
        ("тысячи две, пара сотен", "около 2000 , около 200"),
        ("25.11, 25-го, 18:00", "25.11 , 25-го , 18:00"),
        ("а" * 3_000, ""),
    ],
)
def test_figures(said: str, line: str) -> None:
    assert figured(said) == line


@pytest.mark.parametrize(
    ("clause", "money"),
    [
        ("муж говорит 200 рублей осталось", Money(20_000)),
        ("я видела минус 50 рублей", Money(-5_000)),
        ("70 рублей и дальше минус", Money(7_000)),
        ("было 200 рублей стало 100 рублей", None),
        ("3 дня", None),
    ],
)
def test_an_amount_among_other_words(clause: str, money: Money | None) -> None:
    assert named_money(clause) == money


@pytest.mark.parametrize("said", ["сто " * 490, "2 " * 990, "двадцать пять " * 140, "рублей сто " * 180])
def test_a_list_of_numbers_is_no_amount(said: str) -> None:
    assert spoken_money(said) is None
