"""What is wrong with a file is told shortly and harmlessly."""

from ivr.services.importing.problems import SHOWN, Problems, quoted


def test_many_problems_are_counted_and_the_first_ones_told():
    found = Problems()
    for line in range(1000, 0, -1):
        found.add(line, "худо")
    told = list(found.sentences())
    assert told[:2] == ["строка 1: худо", "строка 2: худо"]
    assert told[SHOWN - 1 :] == [f"строка {SHOWN}: худо", "и ещё 950"]


def test_a_value_is_short_and_harmless():
    assert quoted("я" * 100) == f"«{'я' * 60}…»"
    assert quoted("\x1b]0;") == "«�]0;»"
