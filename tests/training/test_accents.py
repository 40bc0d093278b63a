"""Russian spelt for engines of other languages."""

import pytest

from training.ears.speakers import accents
from training.ears.words.phones import SOFT_CONSONANTS, SPOKEN
from training.ears.words.pronounce import pronounce
from training.ears.words.speaking import Spelling

SPELLINGS = (accents.kyrgyz, accents.ukrainian, accents.esperanto, accents.czech)
SPELT = {
    "чет+ыре": ("читы́ри", "чіти́рі", "ĉitiri", "čitýri"),
    "пять": ("пя́ть", "пя́ть", "pat", "pjáť"),
    "шестьс+от": ("шысо́т", "шисо́т", "ŝisot", "šysót"),
    "счётчика": ("що́чика", "що́чіка", "ŝoĉika", "ščóčika"),
    "показ+ания": ("паказа́ния", "паказа́нія", "pakazanija", "pakazánija"),
    "объ+ект": ("абъе́кт", "аб'є́кт", "abjekt", "abjékt"),
    "год": ("го́т", "ґо́т", "got", "gót"),
    "ещё": ("ищо́", "іщо́", "jiŝo", "jiščó"),
    "тётя": ("тё́тя", "тьо́тя", "tota", "ťóťa"),
    "её": ("иё́", "ійо́", "jijo", "jijó"),
    "объём": ("абъё́м", "аб'йо́м", "abjom", "abjóm"),
    "ёлка": ("ё́лка", "йо́лка", "jolka", "jólka"),
    "нет": ("не́т", "нє́т", "net", "ňét"),
}


@pytest.mark.parametrize("word", SPELT)
def test_a_word_is_spelt_as_it_sounds(word: str) -> None:
    phones = pronounce(word)
    assert tuple(spelling(phones) for spelling in SPELLINGS) == SPELT[word]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_phone_can_be_spelt(spelling: Spelling) -> None:
    for phone in SPOKEN:
        assert spelling(("a", phone, "a"))
        assert spelling((phone,))


@pytest.mark.parametrize("soft", SOFT_CONSONANTS)
def test_a_soft_consonant_is_not_spelt_as_a_hard_one(soft: str) -> None:
    for after in ("aa", "oo", "ee"):
        for spelling in (accents.kyrgyz, accents.ukrainian, accents.czech):
            assert spelling((soft, after)) != spelling((soft[0], after))
    assert accents.kyrgyz(("aa", soft)) != accents.kyrgyz(("aa", soft[0]))
