"""The quick way to take a phone says what the library says."""

import random

import pytest

from ivr.language.phones import russian_phone
from ivr.services.importing.phones import phones
from ivr.services.importing.problems import Wrong


def test_it_agrees_with_the_library():
    chance = random.Random(7)
    accepted = 0
    for _ in range(5000):
        national = (
            chance.choice(["9", "4", "8", "3", "49", "80", "70", ""]) + f"{chance.randrange(10**10):010}"
        )[:10]
        written = chance.choice(["+7", "7", "8", ""]) + national
        try:
            found = phones(written)[0]
        except Wrong:
            found = None
        expected = russian_phone(written)
        if expected is not None and expected.startswith(("+7800", "+7804")):
            expected = None  # toll-free: nobody's own
        assert found == expected, written
        accepted += found is not None
    assert 500 < accepted < 4500


@pytest.mark.parametrize("written", ["+79161234501", "8 (916) 123-45-01", "7-916-123–45–01", "916 123 45 01"])
def test_ways_of_writing(written):
    assert phones(f"{written}, +7 495 123-45-67,{written},") == ("+74951234567", "+79161234501")


@pytest.mark.parametrize("cell", ["", "  ", ",", " , "])
def test_none(cell):
    assert phones(cell) == ()


@pytest.mark.parametrize(
    "wrong",
    ["12345", "89161234501/89161234502", "нет", "8-800-FLOWERS", "+7916123450l", "89161234501 доб. 5"],
)
def test_what_is_no_phone_is_named(wrong):
    with pytest.raises(Wrong) as refused:
        phones(f"+79161234501,{wrong}")
    assert (refused.value.value, "российский" in str(refused.value)) == (wrong, True)


@pytest.mark.parametrize("written", ["8 800 220-0-220", "+78002200220", "8 804 333-00-00"])
def test_a_toll_free_number_is_no_subscribers(written):
    with pytest.raises(Wrong, match="бесплатный номер") as error:
        phones(f"+79161234501, {written}")
    assert error.value.value.strip() == written
