"""A file of announced outages into both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from ivr.store.importing.staging import Tally
from ivr.store.tables import Outages
from tests.support.files import OUTAGES_HEADING, load_outages, notes, problems, written

LINES = (
    "2026-1;ул. Первая;ремонт;24.11.2026 09:00;24.11.2026 17:00",
    "2026-2;ул. Вторая;;31.12.2026 23:00;01.01.2027 05:30",
)


@pytest.fixture
def loading(store, tmp_path):
    def run(*lines, **options):
        return load_outages(store, written(tmp_path / "outages.csv", OUTAGES_HEADING, *lines), **options)

    return run


def stored(store):
    with store.read() as db:
        query = select(Outages.number, Outages.address, Outages.reason, Outages.starts_at, Outages.ends_at)
        return [
            tuple(row)
            for row in db.execute(query.where(Outages.number.is_not(None)).order_by(Outages.number))
        ]


def test_times_are_of_moscow(loading, store):
    assert loading(*LINES).tallies == {"outages": Tally(2, 0, 0)}
    first = datetime(2026, 11, 24, 6, tzinfo=UTC), datetime(2026, 11, 24, 14, tzinfo=UTC)
    second = datetime(2026, 12, 31, 20, tzinfo=UTC), datetime(2027, 1, 1, 2, 30, tzinfo=UTC)
    assert stored(store) == [
        ("2026-1", "ул. Первая", "ремонт", *first),
        ("2026-2", "ул. Вторая", "", *second),
    ]


def test_again_changed_and_absent(loading, store):
    loading(*LINES)
    before = stored(store)
    assert loading(*LINES).tallies == {"outages": Tally(0, 0, 2)}
    assert stored(store) == before
    moved = LINES[0].replace("17:00", "18:00")
    assert loading(moved, dry_run=True).tallies == {"outages": Tally(0, 1, 0)}
    assert stored(store) == before
    loading(moved)
    assert [row[4].hour for row in stored(store)] == [15, 2]


def test_outages_without_a_number_are_left_alone(loading, store):
    with store.read() as db:
        before = db.execute(select(Outages.id).where(Outages.number.is_(None))).all()
    loading(*LINES)
    with store.read() as db:
        assert db.execute(select(Outages.id).where(Outages.number.is_(None))).all() == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINES[0], "строка 3, столбец «Номер объявления»: «2026-1» — уже есть в строке 2"),
        (";ул.;;24.11.2026 09:00;24.11.2026 17:00", "строка 3, столбец «Номер объявления»: пусто"),
        ("3;;;24.11.2026 09:00;24.11.2026 17:00", "столбец «Адрес»: пусто"),
        (
            "3;ул.;;24.11.2026;24.11.2026 17:00",
            "столбец «Начало»: «24.11.2026» — нужны дата и время дд.мм.гггг чч:мм",
        ),
        ("3;ул.;;24.11.2026 24:00;25.11.2026 17:00", "столбец «Начало»: «24.11.2026 24:00»"),
        ("3;ул.;;24.11.2026 17:00;24.11.2026 17:00", "столбец «Конец»: «24.11.2026 17:00» — не позже начала"),
    ],
)
def test_what_is_wrong(loading, store, line, told):
    before = stored(store)
    (sentence,) = problems(loading(LINES[0], line))
    assert told in sentence
    assert stored(store) == before


def test_what_is_good_to_know(loading):
    loaded = loading(
        *LINES,
        "3;ул.;;24.11.2026 09:00;25.12.2026 17:00",
        "4;ул.;;20.11.2025 09:00;20.11.2025 17:00",
        "5;ул.;;18.11.2026 09:00;19.11.2026 17:00",
    )
    assert loaded.tallies == {"outages": Tally(5, 0, 0)}
    assert notes(loaded) == [
        "строка 4, столбец «Конец»: «25.12.2026 17:00» — дольше 30 дней, с 24.11.2026 09:00: верен ли год",
        "строка 5, столбец «Конец»: «20.11.2025 17:00» — кончилось больше 30 дней назад: абоненты о нём не услышат",
    ]
