"""Feeds what atheris invents to everything that understands. `python fuzzing.py -runs=1000` (libFuzzer's flags)."""

import sys
from itertools import islice

import atheris

with atheris.instrument_imports(include=["ivr.language"]):
    from ivr import data
    from ivr.language.numbers import corrections, spoken_numbers
    from ivr.language.understanding import load
    from ivr.language.yesno import yes_or_no

HEARD = load(data.grammars())
WORDS = (
    "двенадцать", "тысяч", "триста", "сорок", "пять", "ноль", "нуля", "семерки", "и", "запятая", "десятых", "нет",
    "не", "а", "полторы", "с половиной", "в конце", "первая цифра", "вместо", "12", "1,5", "…", ",", "да", "но",
    "оператор", "показания", "света", "воды", "[unk]", "\u0301", "Ё", "٣", "😀", "cто",
)  # fmt: skip


def one_input(content: bytes) -> None:
    """Words of ours and anything else, in any order: an answer each, never an exception."""
    given = atheris.FuzzedDataProvider(content)
    parts = []
    while given.remaining_bytes():
        word = given.PickValueInList([*WORDS, ""])
        parts.append(word or given.ConsumeUnicode(8))
    text = " ".join(parts)
    for longest in (5, 20):
        for strangers in (False, True):
            found = list(islice(spoken_numbers(text, longest=longest, strangers=strangers), 20))
            assert all(one.digits.isascii() and one.digits.isdigit() for one in found), text
    list(islice(corrections(text, "двенадцать тысяч триста сорок пять", longest=5), 20))
    assert yes_or_no(HEARD.grammars["yesno"], text) in ("yes", "no", None), text
    heard = HEARD.topics.understand(text)
    assert 0 <= heard.score <= 1, text
    assert (heard.meaning is None) <= (heard.other is None), text
    for grammar in HEARD.grammars.values():
        grammar.match(text)
        grammar.match_whole(text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
