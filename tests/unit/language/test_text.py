"""Utterances made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.language.text import LONGEST, clean, normalise


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Счётчик, Ёлка!", "счетчик елка"),
        ("12 345,6 кВт·ч", "12 345 6 квт ч"),
        ("за\u0301мок — Й", "замок й"),
        ("и\u0306", "й"),
        ("cчетчик", "cчетчик"),  # a Latin c stays one
        ("", ""),
        ("…", ""),
    ],
)
def test_normalise(said: str, expected: str) -> None:
    assert normalise(said) == expected


def test_long_utterances_are_cut() -> None:
    assert len(clean("ß" * 5_000)) == LONGEST
    assert normalise("да " * LONGEST).split() == ["да"] * (LONGEST // 3) + ["да"]


@given(st.text())
def test_normalising_twice_changes_nothing(said: str) -> None:
    once = normalise(said)
    assert normalise(once) == once
