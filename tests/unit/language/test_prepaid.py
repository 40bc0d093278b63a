"""A balance in one sentence: money, time, both, and stories that hold neither."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.calls import MOSCOW
from ivr.language import wording
from ivr.language.amounts import Money, spoken_money
from ivr.language.moments import spoken_moment
from ivr.language.prepaid import Balance, spoken_balance

NOW = datetime(2026, 11, 20, 10, tzinfo=MOSCOW)
ROUBLES = st.integers(1, 99_999)
TIMES = st.sampled_from(
    [
        "до завтра",
        "на три дня",
        "дня на два",
        "к пятнице",
        "до двадцать пятого",
        "до конца недели",
        "на неделю",
    ]
)


@given(ROUBLES, TIMES)
def test_money_and_time_in_any_order(roubles: int, time: str) -> None:
    money = wording.money(roubles * 100)
    both = Balance(Money(roubles * 100), spoken_moment(time, NOW))
    assert spoken_balance(f"{money}, {time}", NOW) == both
    assert spoken_balance(f"{time}, {money}", NOW) == both
    assert spoken_balance(f"осталось {money}, хватит {time}", NOW) == both


@given(ROUBLES)
def test_a_number_alone_is_money_only_where_it_was_asked(roubles: int) -> None:
    said = wording.number(roubles)
    assert spoken_balance(said, NOW, bare=True) == Balance(Money(roubles * 100), None)
    assert spoken_balance(said, NOW) == Balance(None, None)


@given(
    ROUBLES, st.sampled_from(["платила", "положила", "внесла", "тариф", "стоит", "пенсия", "счёт за свет"])
)
def test_what_was_paid_is_not_left(roubles: int, word: str) -> None:
    assert spoken_balance(f"три дня назад {word} {wording.money(roubles * 100)}", NOW) == Balance(None, None)


@given(st.text(), st.booleans())
def test_any_text_is_read_the_same_way_twice(text: str, bare: bool) -> None:
    assert spoken_balance(text, NOW, bare) == spoken_balance(text, NOW, bare)


@given(st.text(alphabet="двести рублей на три дня завтра нет, минус не 25", max_size=60))
def test_what_is_all_money_or_all_time_is_the_same_alone(text: str) -> None:
    money, until = spoken_money(text), spoken_moment(text, NOW)
    found = spoken_balance(text, NOW, bare=True)
    assert money is None or found.money == money
    assert until is None or found.until == until


@pytest.mark.parametrize(
    "said",
    [
        "хочу, чтобы мне отключили предоплату",
        "отключили предоплату неделю назад, что теперь",
        "если ночью деньги кончатся, что делать",
        "хватит ли мне до пятницы",
        "горячую воду отключили",
        "деньги на телефоне кончились",
        "двести рублей за килограмм",
        "мастер будет до обеда",
        "одну минуту",
        "стрижка, на субботу",
        "у меня дома три кошки",
    ],
)
def test_other_stories_say_nothing_of_it(said: str) -> None:
    assert spoken_balance(said, NOW) == Balance(None, None)


@pytest.mark.parametrize(
    ("said", "kopecks"),
    [
        ("семьдесят рублей на приборе, ну и дальше минус", 7_000),
        ("подошла, а там мигает и семнадцать рублей написано, сын говорит, мама, звони", 1_700),
        ("положила пятьсот рублей, осталось двести рублей", 20_000),
    ],
)
def test_a_story_with_the_amount_in_it(said: str, kopecks: int) -> None:
    assert spoken_balance(said, NOW).money == Money(kopecks)
