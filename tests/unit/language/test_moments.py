"""Times said by callers: any length of time, any day, any text."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words

from ivr.domain.calls import MOSCOW
from ivr.language import wording
from ivr.language.moments import spoken_moment
from ivr.language.nouns import HOUR, Noun

NOW = datetime(2026, 11, 20, 10, tzinfo=MOSCOW)
NOWS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=MOSCOW))
DAY = Noun(
    "masculine",
    ("день", "дня", "дню", "день", "днём", "дне"),
    ("дни", "дней", "дням", "дни", "днями", "днях"),
)


@given(st.integers(1, 99), NOWS)
def test_any_number_of_hours(hours: int, now: datetime) -> None:
    found = spoken_moment(f"через {wording.counted(hours, HOUR, 'accusative')}", now)
    assert found is not None
    assert found.earliest == found.latest == now + timedelta(hours=hours)


@given(st.integers(1, 99), NOWS)
def test_any_number_of_days_is_a_day_of_the_calendar(days: int, now: datetime) -> None:
    found = spoken_moment(f"на {wording.counted(days, DAY, 'accusative')}", now)
    assert found is not None
    assert found.earliest.date() == found.latest.date() == now.date() + timedelta(days=days)


@given(st.dates(date(2026, 11, 21), date(2027, 9, 20)))
def test_any_day_with_its_month(day: date) -> None:
    found = spoken_moment(wording.date(day, genitive=True), NOW)
    assert found is not None
    assert (found.earliest.date(), found.latest.date(), found.past) == (day, day, False)


@given(st.integers(32, 99))
def test_no_such_day(day: int) -> None:
    assert (
        spoken_moment(f"{num2words(day, lang='ru', to='ordinal', case='g', gender='n')} числа", NOW) is None
    )


@given(
    st.sampled_from(["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"]), NOWS
)
def test_a_day_of_the_week_is_the_next_one(name: str, now: datetime) -> None:
    found = spoken_moment(f"в {name}", now)
    assert found is not None
    assert 1 <= (found.earliest.date() - now.date()).days <= 7


WORDS = [
    "завтра",
    "вчера",
    "сегодня",
    "через",
    "на",
    "до",
    "в",
    "к",
    "дня",
    "два",
    "три",
    "часов",
    "неделю",
    "пятницу",
    "двадцатого",
    "ноября",
    "вечером",
    "утром",
    "назад",
    "полчаса",
    ",",
    "нет",
    "не",
    "уже",
    "кончились",
    "хватит",
    "конце",
    "месяца",
    "недели",
    "следующей",
    "25.11",
    "31",
    "18:00",
    "девятьсот",
    "лет",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12), NOWS)
def test_any_words_of_time_are_read(said: list[str], now: datetime) -> None:
    found = spoken_moment(" ".join(said), now)
    if found is not None:
        assert found.earliest <= found.latest
        assert found.latest <= now if found.past else found.earliest >= now
        assert found.earliest.tzinfo == found.latest.tzinfo == MOSCOW


@given(st.text(), NOWS)
def test_any_text_is_read_the_same_way_twice(text: str, now: datetime) -> None:
    assert spoken_moment(text, now) == spoken_moment(text, now)


@given(st.text(alphabet="абвгдеиклмнопрстуя ", min_size=1))
def test_what_is_no_time_is_none(text: str) -> None:
    assume(not set(text.split()) & {"час", "день", "утром", "днем", "год"})
    assert spoken_moment(f"кошка {text}", NOW) is None


@pytest.mark.parametrize(
    ("now", "said", "first", "last"),
    [
        (datetime(2026, 11, 24, 9), "двадцатого", date(2026, 11, 20), date(2026, 11, 20)),
        (datetime(2026, 12, 31, 9), "завтра", date(2027, 1, 1), date(2027, 1, 1)),
        (datetime(2026, 12, 20, 9), "пятого", date(2027, 1, 5), date(2027, 1, 5)),
        (datetime(2027, 1, 5, 9), "тридцать первого декабря", date(2026, 12, 31), date(2026, 12, 31)),
        (datetime(2026, 11, 21, 9), "в выходные", date(2026, 11, 21), date(2026, 11, 22)),
        (datetime(2028, 2, 20, 9), "двадцать девятого февраля", date(2028, 2, 29), date(2028, 2, 29)),
        (datetime(2027, 1, 31, 9), "через месяц", date(2027, 2, 28), date(2027, 2, 28)),
        (datetime(2026, 11, 20, 1), "ночью", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_at_the_edges_of_the_calendar(now: datetime, said: str, first: date, last: date) -> None:
    found = spoken_moment(said, now.replace(tzinfo=MOSCOW))
    assert found is not None
    assert (found.earliest.date(), found.latest.date()) == (first, last)


def test_another_zone_is_moscow_s_time() -> None:
    found = spoken_moment("завтра", datetime.fromisoformat("2026-11-20T22:30:00+00:00"))
    assert found is not None
    assert found.earliest == datetime(2026, 11, 22, tzinfo=MOSCOW)
