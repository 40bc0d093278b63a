"""Cells that Excel shows as they are, and calculates none of."""

import pytest

from ivr.services.exporting import harmless, roubles


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-2", "@SUM(A1)", "\tx", "\r=1", "  =1", "+7916", "+7 916 123-45-01", "+79161234501+1"],
)
def test_a_formula_is_made_a_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "передать", "12450", "+79161234501", "а=б", "'=1"])
def test_what_is_none_stays(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("kopecks", "told"), [(0, "0.00"), (5, "0.05"), (123450, "1234.50"), (-1250, "-12.50"), (None, "None")]
)
def test_roubles(kopecks, told):
    assert str(roubles(kopecks)) == told
