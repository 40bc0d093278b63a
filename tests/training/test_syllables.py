"""Russian words as Festival's lexicons have them."""

import re

import pytest

from training.ears.speakers import syllables
from training.ears.speakers.festival import Entries
from training.ears.words.phones import SPOKEN, STRESSED_VOWELS
from training.ears.words.pronounce import pronounce
from training.ears.words.speaking import Spelling

SPELLINGS = (syllables.english, syllables.italian, syllables.catalan)
ENTRIES = {
    "од+ин": ("(((ah) 0) ((d iy n) 1))", "(((a) 0) ((d i1 n) 1))", "(((a) 0) ((d i1 n) 1))"),
    "пять": ("(((p y aa t) 1))", "(((p j a1 t) 1))", "(((p j a1 t) 1))"),
    "ноль": ("(((n ao l) 1))", "(((n o1 l) 1))", "(((n o1 l) 1))"),
    "лей": ("(((l y eh iy) 1))", "(((L e1 i) 1))", "(((L e1 i) 1))"),
    "двен+адцать": (
        "(((d v iy) 0) ((n aa) 1) ((t s ah t) 0))",
        "(((d v i) 0) ((n a1) 1) ((ts a t) 0))",
        "(((d b i) 0) ((n a1) 1) ((t s ax t) 0))",
    ),
    "в": ("(((f) 0))", "(((f) 0))", "(((f) 0))"),
}


@pytest.mark.parametrize("word", ENTRIES)
def test_a_word_is_told_by_its_syllables(word: str) -> None:
    phones = pronounce(word)
    assert tuple(spelling(phones) for spelling in SPELLINGS) == ENTRIES[word]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("phone", SPOKEN)
def test_every_phone_can_be_said(spelling: Spelling, phone: str) -> None:
    assert spelling((phone,)).count("((") == 1
    assert spelling(("a", phone, "aa")).count(") 1)") == 1 + (phone in STRESSED_VOWELS)


def test_no_name_can_be_spelt_letter_by_letter() -> None:
    entries = Entries(syllables.italian)
    names = {entries(pronounce(word)) for word in ENTRIES}
    assert names == {entries(pronounce(word)) for word in ENTRIES}
    assert len(names) == len(ENTRIES)
    assert all(re.fullmatch("([b-z][aeiou]){8}", name) for name in names)
    assert entries.by_name[entries(pronounce("в"))] == "(((f) 0))"
