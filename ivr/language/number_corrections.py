"""Corrections in one breath: what a number becomes when part of it is said again.

«двенадцать триста сорок пять, нет, пятьдесят пять»: the speaker goes back to the word of the same rank (the
tens) and on from there. «не сорок пять, а пятьдесят пять» names what is wrong. «в конце шестьдесят» names the
place. A longer number starts over. Each is a guess with a cost: all are yielded, the register decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ivr.language.number_groups import Reading, rank, readings
from ivr.language.number_tokens import BEFORE_END, END, MIDDLE, PLACE, START
from ivr.language.number_words import Atom

Words = tuple[Atom, ...]

NAMED = 0.0
"""«не сорок, а пятьдесят» where a forty was said: nothing is left to guess."""
SAME_RANK = 0.5
"""From the last word of the same rank on."""
AFRESH = 0.6
"""A number at least as long as the one before it: said anew."""
KEPT_END = 1.3
"""Only that one number is put right and what stood after it stays («нет, тринадцать» of 12 345 → 13 345)."""
GIVEN_UP = 0.25
"""What stood after the part said again and is not said again counts as much as it cost, less this."""
LAST_DIGITS = 1.0
"""Its digits instead of as many at the end."""
LONGER = 1.0
"""More for a correction of a part by as many digits as the whole had, and for round thousands instead of a number."""
SAME_WORD = 0.0
"""The word that the correction begins with was said before: what stands after the part put right stays."""
SHORT_AFRESH = 2.5
"""A shorter number that yet is all that is meant."""
MOST = 8
"""So many guesses are kept after each correction."""
PARSED = 2
"""So many readings of a number are taken where a correction is about its digits."""


@dataclass(frozen=True)
class Piece:
    """What is said between two corrections."""

    words: Words
    """The number, or what replaces `wrong`."""
    wrong: Words = ()
    """What is said to be wrong («не сорок пять, а …»)."""
    before: Words = ()
    """The beginning of a number whose end is `wrong`: «двенадцать триста, не сорок пять, а …»."""
    place: int | None = None
    """Which digits are meant; see number_tokens."""
    tail: Words = ()
    """After the decimal sign."""
    unit: str = ""


@dataclass(frozen=True)
class Guess:
    """A number's words after all corrections."""

    words: Words
    cost: float = 0.0


def corrected(pieces: Sequence[Piece]) -> list[Guess]:
    """What the pieces make together, cheapest first."""
    guesses: list[Guess] = []
    for piece in pieces:
        if not piece.words and not piece.wrong:
            continue  # «ой, запятая восемь» is about the tail alone
        if not guesses and piece.place is None:
            guesses = list(_first(piece))
        else:
            guesses = [
                Guess(one.words, guess.cost + one.cost)
                for guess in guesses
                for one in _amended(guess.words, piece)
            ]
        guesses = _cheapest(guesses)
        if not guesses:
            return []
    return guesses


def _cheapest(guesses: list[Guess]) -> list[Guess]:
    found: dict[Words, float] = {}
    for guess in sorted(guesses, key=lambda one: one.cost):
        found.setdefault(guess.words, guess.cost)
    return [Guess(words, cost) for words, cost in islice(found.items(), MOST)]


def _first(piece: Piece) -> Iterator[Guess]:
    if not piece.wrong or not piece.before:
        yield Guess(piece.words)
    elif piece.words:
        replaced = list(_named(piece.before, piece))
        yield from replaced or [Guess(piece.before + piece.words)]
    else:
        yield Guess(piece.before)


def _amended(said: Words, piece: Piece) -> Iterator[Guess]:
    """The ways in which the piece may correct what was said before it."""
    if piece.before:
        for whole in _first(piece):
            yield from _amended(said, Piece(whole.words))
    elif not piece.words:
        return
    elif piece.place is not None:
        yield from _placed(said, piece)
    elif piece.wrong:
        yield from list(_named(said, piece)) or _again(said, piece.words)
    else:
        yield from _again(said, piece.words)


def _named(said: Words, piece: Piece) -> Iterator[Guess]:
    """What is named as wrong, replaced where it was said: the last time it was, else its digits."""
    wrong, right = _keys(piece.wrong), piece.words
    places = [at for at in range(len(said)) if _keys(said[at : at + len(wrong)]) == wrong]
    for nth, at in enumerate(reversed(places)):
        rest = said[at + len(wrong) :]
        twice = rest[:1] and rest[0].kind == right[-1].kind == "T"  # «не двенадцать, а тринадцать тысяч»
        yield Guess(said[:at] + right + (rest[1:] if twice else rest), NAMED + nth)
    for old, cost in _few(said):
        for bad, _ in _few(piece.wrong)[:1]:
            at_digit = old.rfind(bad)
            for good, more in _few(right):
                if at_digit >= 0:
                    digits = old[:at_digit] + good + old[at_digit + len(bad) :]
                    yield _written(digits, SAME_RANK + cost + more)


def _again(said: Words, words: Words) -> Iterator[Guess]:
    """A correction that names nothing: from the word of the same rank, the last digits, or all anew."""
    (was, cost), (now, _) = likeliest(said), likeliest(words)
    longer = len(now) >= len(was)
    thousands = words[-1].kind == "T" and now.endswith("000") and said[-1].kind != "T"
    yield Guess(words, (AFRESH if longer else SHORT_AFRESH + cost) + (LONGER if thousands and longer else 0))
    if thousands and any(atom.kind == "T" for atom in said):  # «нет, тринадцать тысяч»: the rest stays
        last = max(at for at, atom in enumerate(said) if atom.kind == "T")
        yield Guess(words + said[last + 1 :], SAME_RANK)
    if any(atom.kind == "T" for atom in words):
        return
    dearer = LONGER if longer else 0.0
    yield from (Guess(one.words, one.cost + dearer) for one in _of_the_rank(said, words))
    if longer:
        return
    for old, cost in _few(said):
        for new, more in _few(words)[:1]:
            if len(new) < len(old):
                yield _written(old[: -len(new)] + new, LAST_DIGITS + cost + more)


def _of_the_rank(said: Words, words: Words) -> Iterator[Guess]:
    level = rank(words, 0)
    same = [at for at, atom in enumerate(said) if atom.word == words[0].word]
    if same and same[-1] + len(words) < len(said):
        yield Guess(said[: same[-1]] + words + said[same[-1] + len(words) :], SAME_WORD)
    places = [at for at in range(len(said)) if rank(said, at) == level]
    for nth, at in enumerate(reversed(places)):
        end = at + len(words)
        if said[at].kind != "W" or nth or at == len(said) - 1:
            given_up = max(0.0, likeliest(said[end:])[1] - GIVEN_UP)
            yield Guess(said[:at] + words, SAME_RANK + nth + given_up)
        if end < len(said):
            yield Guess(said[:at] + words + said[end:], KEPT_END + nth)


def _placed(said: Words, piece: Piece) -> Iterator[Guess]:
    """«в конце шестьдесят», «третья цифра четыре»."""
    for old, cost in _few(said):
        for new, more in _few(piece.words)[:1]:
            at = _at(piece.place or 0, len(old), len(new))
            if at is not None:
                yield _written(old[:at] + new + old[at + len(new) :], cost + more)


def _at(place: int, old: int, new: int) -> int | None:
    """Where `new` digits stand among `old` ones; None where they do not fit."""
    at = {
        START: 0,
        END: old - new,
        BEFORE_END: old - 1 - new,
        MIDDLE: (old - new) // 2 if (old - new) % 2 == 0 else -1,
    }.get(place, place - PLACE - 1)
    return at if 0 <= at <= old - new else None


def _written(digits: str, cost: float) -> Guess:
    """As one written number; what its words cost has been counted, and is counted again when it is read."""
    return Guess((Atom("W", text=digits),), max(0.0, cost - 1.0))


def _keys(words: Words) -> list[tuple[str, int, str]]:
    return [atom.word for atom in words]


def likeliest(words: Words) -> Reading:
    """Digits and cost of the cheapest reading; no digits where there is none."""
    return next(iter(_few(words)), ("", 0.0))


@lru_cache(maxsize=512)
def _few(words: Words) -> tuple[Reading, ...]:
    """The likeliest readings of a number's words; the guesses of one utterance ask for the same ones again."""
    return tuple(islice(readings(words), PARSED))
