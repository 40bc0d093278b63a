"""Where the stress falls, and which е is ё."""

from itertools import pairwise
from pathlib import Path

import pytest

from training.ears.words import stress
from training.ears.words.lexicon import BY_HAND, Lexicon
from training.ears.words.phones import SPOKEN
from training.ears.words.pronounce import pronounce
from training.ears.words.stress import Stresses

SMALL = Stresses(
    ours={"россети": ["росс+ети"], "счета": ["счет+а", "сч+ёта"]},
    festvox={
        "вода": ["вод+а"],
        "счетчик": ["сч+етчик"],
        "сестры": ["сестр+ы"],
        "все": ["вс+е"],
        "замок": ["з+амок"],
    },
)


@pytest.fixture
def small() -> Stresses:
    SMALL.__dict__["gruut"] = {"замок": [("замок", "z a m oː k")], "рекс": [("рэкс", "r eː k s")]}
    return SMALL


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def test_our_own_list_overrules(small: Stresses) -> None:
    assert small.ways("россети") == ["росс+ети"]
    assert small.ways("счета") == ["счет+а", "сч+ёта"]
    assert small.ways("счёта") == ["сч+ёта"]


def test_yo_comes_back(small: Stresses) -> None:
    assert small.ways("счетчик") == ["сч+ётчик"]
    assert set(small.ways("сестры")) == {"сестр+ы", "с+ёстры"}
    assert small.ways("все")[:2] == ["вс+е", "вс+ё"]
    assert small.ways("полет") == ["пол+ёт"]
    assert small.ways("идёт") == ["ид+ёт"]  # in no list: ё tells


def test_both_dictionaries_make_a_homograph(small: Stresses) -> None:
    assert small.ways("замок") == ["зам+ок", "з+амок"]


def test_words_without_a_dictionary(small: Stresses) -> None:
    assert small.ways("дом") == ["д+ом"]
    assert small.ways("не") == ["н+е", "-не"]
    assert small.ways("в") == ["в"]
    assert small.ways("абракадабра") == small.ways("мтс") == small.ways("wi") == small.ways("") == []


def test_every_line_of_ours_is_a_stressed_word() -> None:
    for way in [way for ways in Stresses(stress._ours(stress.OURS), {}).ours.values() for way in ways]:
        stressed = [after for sign, after in pairwise(way) if sign == "+"]
        assert stressed, way
        assert set(stressed) <= set(stress.VOWELS), way


def test_ways_by_hand_can_be_said() -> None:
    for line in Path(BY_HAND).read_text("utf-8").splitlines():
        for way in line.partition("#")[0].partition("\t")[2].split():
            assert set(pronounce(way)) <= set(SPOKEN), line
            assert pronounce(way), line


@pytest.mark.training_data
def test_the_usual_way_first(lexicon: Lexicon) -> None:
    assert lexicon.ways("пять") == [("pp", "aa", "tt")]
    assert lexicon.ways("пятьдесят")[0] == ("pp", "i", "dd", "i", "ss", "aa", "t")


@pytest.mark.training_data
def test_a_marked_stress_is_kept(lexicon: Lexicon) -> None:
    assert lexicon.ways("з+амок")[0][1] == "aa"
    assert lexicon.ways("зам+ок")[0][3] == "oo"
    assert lexicon.ways("сч+етчик")[0] == lexicon.ways("счётчик")[0] == ("sch", "oo", "ch", "i", "k")


@pytest.mark.training_data
def test_prepositions_are_voiced_too(lexicon: Lexicon) -> None:
    assert {("f",), ("v",)} <= set(lexicon.ways("в"))
    assert ("p", "oo", "d") in lexicon.ways("под")


@pytest.mark.training_data
def test_what_cannot_be_said(lexicon: Lexicon) -> None:
    assert lexicon.ways("шмяндрыкл") == lexicon.ways("hello") == lexicon.ways("12") == lexicon.ways("") == []
    assert lexicon.ways("кое-что")
