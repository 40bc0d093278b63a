"""An utterance made comparable: one case, no ё, no punctuation, of bounded length."""

import re
import unicodedata

LONGEST = 2_000
"""Characters of an utterance that are looked at; nobody says more in one turn."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """The first 2,000 characters in lower case, ё as е, no stress marks; punctuation is kept."""
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    return _ACCENTS.sub("", composed).casefold().replace("ё", "е")[:LONGEST]


def words(text: str) -> tuple[str, ...]:
    """The words of an utterance, digits kept. Latin look-alikes are left alone: a wrong word stays wrong."""
    return tuple(_WORD.findall(clean(text)))


def normalise(text: str) -> str:
    """The words of an utterance with single spaces between them. Never raises."""
    return " ".join(words(text))


HESITATIONS = frozenset(words("э ээ эээ м мм ммм эм гм ну вот так значит короче"))
"""Words that say nothing wherever they stand. («Это» and «там» may: «двенадцать, это тринадцать».)"""
