"""What an utterance's text says, as pronunciations that the numerator may choose from."""

import random
import re
from dataclasses import dataclass

from ivr.language.number_words import ATOMS
from training.ears.acoustics.mmi import Ways
from training.ears.manifest import Utterance
from training.ears.words.lexicon import Lexicon
from training.ears.words.phones import PHONE_INDEX

GARBAGE = 0.1
"""How often a word that no number is said in is trained as [unk]."""
UNK: Ways = ((PHONE_INDEX["UNK"],),)
_TOKEN = re.compile(r"[а-яё+]+")


@dataclass(frozen=True)
class Word:
    """A word of an utterance: its pronunciations, and whether numbers are said in it."""

    ways: Ways
    number: bool = False


@dataclass(frozen=True)
class Transcript:
    """`garbage`: speech in which nothing is to be understood."""

    words: tuple[Word, ...]
    garbage: bool = False


def transcript(one: Utterance, lexicon: Lexicon) -> Transcript | None:
    """None if a word of it cannot be pronounced: it would be trained as something else."""
    if one.kind == "none":
        return Transcript((), garbage=one.group == "foreign")
    if one.kind == "phones":
        parts = [part.split() for part in one.text.split("SIL")]
        return Transcript(tuple(Word((tuple(PHONE_INDEX[p] for p in part),)) for part in parts if part))
    words = [word(token, lexicon) for token in _TOKEN.findall(one.text.lower())]
    return Transcript(tuple(w for w in words if w)) if words and all(words) else None


def word(token: str, lexicon: Lexicon) -> Word | None:
    """The word's pronunciations as phone indices; None if there are none."""
    ways = tuple(tuple(PHONE_INDEX[p] for p in way) for way in lexicon.ways(token))
    return Word(ways, token.replace("+", "") in ATOMS) if ways else None


def drawn(said: Transcript, rng: random.Random) -> list[Ways]:
    """The words' pronunciations for one batch; some words as [unk]."""
    if said.garbage:
        return [UNK]
    result: list[Ways] = []
    for one in said.words:
        if not one.number and rng.random() < GARBAGE:
            if not (result and result[-1] is UNK):
                result.append(UNK)
        else:
            result.append(one.ways)
    return result
