"""Spelling to sound, by rule and by hand."""

import pytest

from training.ears.words.phones import PHONE_INDEX, PHONES, SPOKEN
from training.ears.words.pronounce import pronounce
from training.ears.words.reductions import everyday

SAID = {
    # voice and its loss
    "год": "g oo t", "сд+ача": "z d aa ch ax", "вокз+ал": "v a g z aa l", "вт+орник": "f t oo r nn i k",
    "твой": "t v oo j", "кровь": "k r oo ff", "пр+осьба": "p r oo zz b ax",
    # softness
    "здесь": "zz dd ee ss", "шесть": "sh ee ss tt", "п+енсия": "pp ee nn ss i j ax", "цирк": "c yy r k",
    "жить": "zh yy tt", "подд+ержка": "p a dd ee r sh k ax", "к+ончил": "k oo nn ch i l",
    # clusters
    "счёт": "sch oo t", "сч+ётчик": "sch oo ch i k", "б+оится": "b oo i c ax",
    "стар+аться": "s t a r aa c ax", "п+оздно": "p oo z n ax", "ч+естный": "ch ee s n y j",
    "с+олнце": "s oo n c y", "городск+ой": "g ax r a c k oo j", "дв+адцать": "d v aa c ax tt",
    "+отдых": "oo d y h", "л+учше": "l uu ch sh y",
    # spelt otherwise
    "что": "sh t oo", "кон+ечно": "k a nn ee sh n ax", "сег+одня": "ss i v oo dd nn ax", "ег+о": "j i v oo",
    "больш+ого": "b a ll sh oo v ax", "мн+ого": "m n oo g ax", "ничег+о": "nn i ch i v oo",
    "стр+ого": "s t r oo g ax", "интерн+ет": "i n t y r n ee t", "здр+авствуйте": "z d r aa s t v u j tt i",
    # vowels
    "молок+о": "m ax l a k oo", "огор+од": "a g a r oo t", "час+ы": "ch i s yy", "яз+ык": "j i z yy k",
    "по+этому": "p a ee t ax m u", "семь+я": "ss i mm j aa", "буль+он": "b u ll j oo n",
    "стать+и": "s t a tt j ii", "объ+ект": "a b j ee k t", "показ+ания": "p ax k a z aa nn i j ax",
    "т+ысячами": "t yy ss i ch ax mm i", "трёхс+от": "t rr oo h s oo t", "-не": "nn i",
}  # fmt: skip


@pytest.mark.parametrize(("word", "phones"), SAID.items())
def test_words_are_said_by_rule(word: str, phones: str) -> None:
    assert " ".join(pronounce(word)) == phones


def test_the_phone_set() -> None:
    assert len(PHONE_INDEX) == len(PHONES)
    assert PHONES[:2] == ("SIL", "UNK")


def test_number_words_are_said_faster_too() -> None:
    assert {" ".join(pronounce(way)) for way in everyday("пятьдес+ят")} >= {
        "pp i j ss aa t",
        "pp i i ss aa t",
    }
    assert "t yy sch ax mm i" in {" ".join(pronounce(way)) for way in everyday("т+ысячами")}
    assert not list(everyday("окн+о"))


def test_every_phone_is_one_of_the_set() -> None:
    for word in SAID:
        assert set(pronounce(word)) <= set(SPOKEN)
