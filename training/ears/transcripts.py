"""What an utterance's text says, as pronunciations that the numerator may choose from."""

import random
import re
from dataclasses import dataclass

from training.ears.closed import CLOSED
from training.ears.lexicon import Lexicon
from training.ears.manifest import Utterance
from training.ears.mmi import Ways
from training.ears.phones import PHONE_INDEX

GARBAGE = 0.1
"""How often a word outside the closed vocabulary is trained as [unk]."""
UNK: Ways = ((PHONE_INDEX["UNK"],),)
_TOKEN = re.compile(r"[а-яё+]+")


@dataclass(frozen=True)
class Word:
    """A word of an utterance: its usual pronunciations, and the one of its own phones, if any."""

    usual: Ways
    own: Ways = ()
    closed: bool = False


@dataclass(frozen=True)
class Transcript:
    """`garbage`: speech in which nothing is to be understood."""

    words: tuple[Word, ...]
    garbage: bool = False

    @property
    def closed(self) -> bool:
        """Whether the closed vocabulary holds all of it."""
        return bool(self.words) and all(word.closed for word in self.words)


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
    bare = token.replace("+", "")
    ways = lexicon.ways(token)
    own = tuple(tuple(PHONE_INDEX[p] for p in way) for way in ways if ":" in way[0])
    usual = tuple(tuple(PHONE_INDEX[p] for p in way) for way in ways if ":" not in way[0])
    return Word(usual, own, bare in CLOSED) if usual else None


def drawn(said: Transcript, own: bool, rng: random.Random) -> list[Ways]:
    """The words' pronunciations for one batch: own phones or usual ones; some words as [unk]."""
    if said.garbage:
        return [UNK]
    result: list[Ways] = []
    for one in said.words:
        if not one.closed and rng.random() < GARBAGE:
            if not (result and result[-1] is UNK):
                result.append(UNK)
        else:
            result.append(one.own if one.own and own else one.usual)
    return result
