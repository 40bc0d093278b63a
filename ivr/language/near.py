"""Dictionary words that a recogniser could write for another one: one sound apart, common, and as good a fit.

Commonness comes from pymorphy3's own counts: only words that the OpenCorpora texts hold, and that have several
parses there, are counted. It is no frequency list, but it tells «повар» from «жамкнуть».
"""

from collections.abc import Iterator
from typing import Any

from pymorphy3 import MorphAnalyzer

SOUNDS = ("бп", "вф", "гк", "дт", "жш", "зс", "оа", "еи", "ыи", "яе", "еэ")
"""Letters that sound alike: voiced and voiceless consonants, vowels without stress."""
LONG = 5
"""From so many letters on any one letter may be another, missing or too many."""
FORMS = 2
"""So many forms of a word must be counted for it to be common."""

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_VOWELS = "аеиоуыэюя"
_FUNCTION = frozenset(("NPRO", "PREP", "CONJ", "PRCL", "INTJ", "PRED", "NUMR"))
_SAID = frozenset(("NOUN", "VERB", "INFN"))
_ODD = frozenset(
    ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init", "Arch", "Slng", "Infr", "Erro", "Dist")
)
"""Marks of names, abbreviations, and what is archaic, slang or misspelt."""


class Dictionary:
    """The Russian dictionary; loading takes about 0.1 s and 15 MB."""

    def __init__(self) -> None:
        self._morph = MorphAnalyzer()
        counted = self._morph.prob_estimator.p_t_given_w.iterkeys()
        self._counted = frozenset(key.partition(":")[0].replace("ё", "е") for key in counted)

    def function_word(self, word: str) -> bool:
        """Whether it is a pronoun, a preposition, «нет» and the like, and can be nothing else."""
        return all(parse.tag.POS in _FUNCTION for parse in self._morph.parse(word))

    def lemmas(self, word: str) -> set[str]:
        """Its dictionary forms."""
        return {parse.normal_form for parse in self._morph.parse(word)}

    def near(self, word: str) -> Iterator[str]:
        """Common nouns and verbs in the same form, one sound from the word and no form of it."""
        lemmas, fitting = self.lemmas(word), set(map(_form, self._morph.parse(word)))
        for other in sorted(one_sound_away(word)):
            if not self._morph.word_is_known(other) or self.lemmas(other) & lemmas:
                continue
            if any(_form(parse) in fitting and self._common(parse) for parse in self._morph.parse(other)):
                yield other

    def _common(self, parse: Any) -> bool:
        if parse.tag.POS not in _SAID or _ODD & parse.tag.grammemes:
            return False
        forms = {form.word.replace("ё", "е") for form in parse.lexeme}
        return len(forms & self._counted) >= FORMS


def one_sound_away(word: str) -> set[str]:
    """What differs by one sound, dictionary words or not: «дым» → «тым», «дымь», «дымм» and so on."""
    found = set(_alike(word)) | (set(_edited(word)) if len(word) >= LONG else set())
    return found - {word}


def _alike(word: str) -> Iterator[str]:
    """One letter for its like, a soft sign more or less, a consonant doubled or no longer so."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        yield from (before + pair.replace(letter, "") + after for pair in SOUNDS if letter in pair)
        if letter == "ь" or before.endswith(letter):
            yield before + after
        elif letter not in _VOWELS:
            yield from (before + letter + more + after for more in ("ь", letter))


def _edited(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, rest = word[:place], word[place:]
        yield before + rest[1:]
        yield from (before + letter + rest for letter in _LETTERS)
        yield from (before + letter + rest[1:] for letter in _LETTERS if rest)


def _form(parse: Any) -> tuple[object, ...]:
    """What must be the same for a word to stand in the other's place."""
    tag = parse.tag
    return tag.POS, tag.number, tag.case, tag.person, tag.tense, tag.mood
