"""A Russian word's dictionary form, verb form and sound, by pymorphy3."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pymorphy3 import MorphAnalyzer

KEPT = 1_500
"""Words whose analysis is remembered; the language of calls is a few thousand."""

_ALIKE = (
    (re.compile("ть?с[яь]"), "ца"),
    (re.compile("[сзжш]ч|щ"), "щ"),
    (re.compile("[ъь]"), ""),
    (re.compile("([сз])[тд]н"), r"\1н"),
)
_SOUND = str.maketrans("оеэяыюйбвгджз", "аииииуипфктшс")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(KEPT)
def sound(word: str) -> str:
    """What the word sounds like without stress: «щётчик» and «счётчик», «аператор» and «оператор» are one."""
    for spelt, heard in _ALIKE:
        word = spelt.sub(heard, word)
    return _TWICE.sub(r"\1", word.translate(_SOUND))


@dataclass(frozen=True, slots=True)
class Form:
    """What a word is, as the likeliest of its readings has it."""

    lemma: str
    """Its dictionary form, ё as е."""
    verb: str
    """«inf», «impr», or a tense with the person if it is the first («past», «futr1»); empty for other words."""


class Forms:
    """The analyser, about 15 MB, and what it said of words before."""

    def __init__(self) -> None:
        self._morph = MorphAnalyzer(lang="ru")
        self.of = lru_cache(KEPT)(self._of)
        self.known = lru_cache(KEPT)(self._known)

    def _known(self, word: str) -> bool:
        """Whether the dictionary has it: much cheaper than the whole analysis of an unknown word."""
        return bool(self._morph.word_is_known(word))

    def lemma(self, word: str) -> str:
        """The dictionary form of the word."""
        return self.of(word).lemma

    def _of(self, word: str) -> Form:
        try:
            likeliest = self._morph.parse(word)[0]
        except ValueError:  # pymorphy3 asks for the Unicode name of each letter, and not every letter has one
            return Form(word, "")
        lemma = likeliest.normal_form.replace("ё", "е")
        return Form(lemma, _verb(likeliest.tag))


def _verb(tag: object) -> str:
    part, mood, tense, person = (getattr(tag, name, None) for name in ("POS", "mood", "tense", "person"))
    if part == "INFN":
        return "inf"
    if mood == "impr":
        return "impr"
    if part in ("VERB", "PRTS", "GRND"):
        return (tense or "short") + ("1" if person == "1per" else "")
    return ""
