"""What was heard, as values; and word confidences out of a list of alternatives.

Vosk gives alternatives or word confidences, not both, and two decoders cost twice as much. The share of the listed
alternatives, weighted by their probability, that agree with the likeliest one about a word is of the same use. They
are aligned with it word by word; «один» and «одна», «тысяча» and «тысяч» are one word here, being one number, and a
number word too many is held against the word that it stands before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from math import exp
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from ivr.language.number_words import ATOMS
from ivr.speech.bigram import GRAPH_SCALE
from ivr.speech.grammars import Side

Meaning = tuple[str, int] | str
"""Of a word: kind and value of a number word, else the word."""
_NOTHING = 12.0
"""Nats behind the likeliest text: what is further adds nothing to a share."""

Reason = Literal["", "silence", "unknown", "unsure"]
"""Why it is no match: nothing was said (a busy tone is nothing), only words of no grammar, nothing sure enough."""


@dataclass(frozen=True)
class Word:
    """One word in its place."""

    word: str
    start: float
    """Seconds from the utterance's beginning."""
    end: float
    confidence: float
    """0 to 1."""


@dataclass(frozen=True)
class Alternative:
    """One text that may have been said."""

    text: str
    score: float
    """Natural logarithm, of sound, grammar and phrase: only differences mean something, within one utterance."""
    sound: float
    """The score of the sound alone; Vosk's own where the grammar's part is not known."""
    words: tuple[Word, ...]
    """Their confidences are known of the likeliest text alone."""
    side: str
    """The grammar that it was decoded with."""
    stray: float = 0.0
    """Nats that the text was given less for being no phrase (phrases.py)."""


@dataclass(frozen=True)
class Recognition:
    """One utterance as it was heard."""

    text: str
    """The likeliest, `[unk]` where a word was none of the grammar's; empty where nothing was said."""
    confidence: float
    """That the text is right, 0 to 1 (rejection.py)."""
    words: tuple[Word, ...]
    alternatives: tuple[Alternative, ...]
    """The likeliest first, the text among them, each text once."""
    reason: Reason
    features: dict[str, float]
    """What the confidence was made of."""
    duration: float
    """Seconds of sound."""

    @property
    def no_match(self) -> bool:
        """Whether it should be asked again, whatever the text."""
        return bool(self.reason)


def alternatives(result: dict[str, Any], side: Side, extra: float) -> list[Alternative]:
    """What one decoder found, its own order kept, not yet compared. `result`: Vosk's JSON with alternatives.

    `extra`: nats given to each beside its score.
    """
    return [_alternative(one, side, extra) for one in result["alternatives"]]


def pooled(sides: Iterable[Sequence[Alternative]]) -> tuple[Alternative, ...]:
    """All sides' alternatives together, each text once, the likeliest first and with its words' confidences."""
    best, *others = found = each_once(chain.from_iterable(sides))
    return agreed(best, found), *others


def each_once(found: Iterable[Alternative]) -> list[Alternative]:
    """Each text once, with its best score, the likeliest first."""
    best: dict[str, Alternative] = {}
    for one in found:
        if one.text not in best or one.score > best[one.text].score:
            best[one.text] = one
    return sorted(best.values(), key=lambda one: -one.score)


def agreed(one: Alternative, found: Sequence[Alternative], beside: Alternative | None = None) -> Alternative:
    """One of `found`, likeliest first, with its words' confidences; what speaks for `beside` speaks for it too."""
    said, whole = _meanings(one), 0.0
    shares = [0.0] * len(said)
    for other in found:
        if (behind := found[0].score - other.score) > _NOTHING:
            break
        weight = exp(-behind)
        whole += weight
        heard = _meanings(other)
        same = range(len(said)) if beside and heard == _meanings(beside) else _agreeing(said, heard)
        for place in same:
            shares[place] += weight
    words = zip(one.words, shares, strict=True)
    return replace(
        one, words=tuple(replace(word, confidence=round(share / whole, 4)) for word, share in words)
    )


def rival(found: Sequence[Alternative], behind: float) -> Alternative | None:
    """The likeliest text that means another number than the first and is at most so many nats behind it, if any."""
    first = _meanings(found[0])
    close = (one for one in found[1:] if found[0].score - one.score < behind)
    return next((one for one in close if one.words and _meanings(one) != first), None)


def _alternative(found: dict[str, Any], side: Side, extra: float) -> Alternative:
    words = tuple(
        Word(without_yo(one["word"]), round(one["start"], 2), round(one["end"], 2), 1.0)
        for one in found.get("result", ())
    )
    text = without_yo(" ".join(found["text"].split()))
    cost = side.bigram.cost(text.split()) if side.bigram else 0.0
    score = float(found["confidence"])
    stray = side.stray(text)
    return Alternative(text, score + extra - stray, score + GRAPH_SCALE * cost, words, side.name, stray)


def without_yo(text: str) -> str:
    """As the line's grammars spell; public Russian models write «ё»."""
    return text.replace("ё", "е")


def _agreeing(said: list[Meaning], heard: list[Meaning]) -> set[int]:
    """The places of `said` where `heard` says the same."""
    same = set(range(len(said)))
    for step in Levenshtein.editops(said, heard):
        if step.tag != "insert":
            same.discard(step.src_pos)
        elif isinstance(heard[step.dest_pos], tuple):
            same.discard(min(step.src_pos, len(said) - 1))
    return same


def _meanings(one: Alternative) -> list[Meaning]:
    return [_meaning(word.word) for word in one.words]


@cache
def _meaning(word: str) -> Meaning:
    """What the word is in a number; the word itself where it is in none."""
    atom = ATOMS.get(word)
    if atom is None or atom.kind not in ("C", "T"):
        return word
    return atom.kind, atom.value if atom.kind == "C" else 0
