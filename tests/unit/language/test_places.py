"""Addresses as callers say them, against those of announcements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.language.places import is_place, place, same_place


@pytest.mark.parametrize(
    ("text", "names", "houses"),
    [
        ("г. Красногорск, ул. Дачная, д. 11А", ("дачная",), {"11"}),
        ("дачная улица дом одиннадцать а квартира пять", ("дачная",), {"11"}),
        ("улица Карла Маркса двадцать пять", ("карла", "маркса"), {"25"}),
        ("ул. Мира, д. 1-3, 17", ("мира",), {"1", "2", "3", "17"}),
        ("деревня Гаврилково", ("гаврилково",), set()),
        ("не слышу", ("слышу",), set()),
    ],
)
def test_taken_apart(text, names, houses):
    assert (place(text).names[: len(names)], place(text).houses) == (names, frozenset(houses))


@pytest.mark.parametrize(
    ("said", "announced", "same"),
    [
        ("на Дачной улице дом семь", "г. Красногорск, ул. Дачная, д. 1-9", True),
        ("дачная двенадцать", "ул. Дачная, д. 1-9", False),
        ("дачная", "ул. Дачная, д. 1-9", True),
        ("дачная двенадцать", "ул. Дачная", True),
        ("ленина пять", "ул. Дачная, д. 5", False),
        ("мы живём на карла маркса сто", "ул. Карла Маркса, д. 100", True),
        ("на маркса сто", "ул. Карла Маркса, д. 100", False),
        ("дом семь", "ул. Дачная, д. 7", False),
        ("", "ул. Дачная", False),
        ("ул. Дачная", "", False),
    ],
)
def test_the_same_place(said, announced, same):
    assert same_place(said, announced) is same


@pytest.mark.parametrize(
    "text", ["улица Садовая", "посёлок Нахабино дом два", "ул. Мира, 3", "Опалиха дом один"]
)
def test_places(text):
    assert is_place(text)


@pytest.mark.parametrize("text", ["не знаю", "повторите", "что вы сказали", "два", "дома", "улица"])
def test_no_places(text):
    assert not is_place(text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_never_raises(said, announced):
    same_place(said, announced)
    assert not said.strip() or same_place(said, said) is bool(place(said).names)
