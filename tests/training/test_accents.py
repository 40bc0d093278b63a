"""Russian spelt for engines of other languages."""

import pytest

from training.ears import accents
from training.ears.phones import SPOKEN
from training.ears.pronounce import pronounce

SPELT = {
    "чет+ыре": ("читы́ри", "чіти́рі", "ĉitiri"),
    "пять": ("пя́ть", "пя́ть", "pat"),
    "шестьс+от": ("шысо́т", "шисо́т", "ŝisot"),
    "счётчика": ("що́чика", "що́чіка", "ŝoĉika"),
    "показ+ания": ("паказа́ния", "паказа́нія", "pakazanija"),
    "объ+ект": ("абъе́кт", "аб'є́кт", "abjekt"),
    "год": ("го́т", "ґо́т", "got"),
    "ещё": ("ищо́", "іщо́", "jiŝo"),
}


@pytest.mark.parametrize("word", SPELT)
def test_a_word_is_spelt_as_it_sounds(word: str) -> None:
    phones = pronounce(word)
    assert (accents.kyrgyz(phones), accents.ukrainian(phones), accents.esperanto(phones)) == SPELT[word]


@pytest.mark.parametrize("spelling", [accents.kyrgyz, accents.ukrainian, accents.esperanto])
def test_every_phone_can_be_spelt(spelling: accents.Spelling) -> None:
    for phone in SPOKEN:
        assert spelling(("a", phone, "a"))
        assert spelling((phone,))


def test_softness_is_never_lost_where_the_letters_have_it() -> None:
    hard, soft = ("d", "aa", "t"), ("dd", "aa", "tt")
    assert accents.kyrgyz(hard) == "да́т"
    assert accents.kyrgyz(soft) == "дя́ть"
    assert accents.ukrainian(("dd", "oo", "m")) == "дьо́м"
