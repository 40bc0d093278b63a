"""Numbers as callers say them: every possible reading, the likeliest first. How: docs/language.md.

The whole utterance must be number, unit and filler words: a number with anything else beside it is no answer.
Understood: written digits; cardinals and ordinals to 9,999,999 in every case, digit by digit, in groups one
after the other, «три нуля», «полторы тысячи»; what is said twice; corrections in one breath.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import groupby

from ivr.language.number_corrections import Guess, Piece, corrected, likeliest
from ivr.language.number_groups import MOST_DIGITS, leading_digit, readings
from ivr.language.number_tokens import atoms
from ivr.language.number_words import Atom
from ivr.language.text import words

ACCOUNT_WORDS = frozenset(words("номер лицевой лицевого счет счета мой моего"))
PHONE_WORDS = frozenset(words("номер телефон телефона мой плюс"))
"""Words that a question may allow around its number."""
PLAIN_UNITS = frozenset({"", "kwh"})
"""Units that a reading may have; a number of anything else is not yielded unless it is asked for."""

SOFT = 0.5
"""A word between groups that says nothing («потом», «и ещё»)."""
TAIL_UNNAMED, TAIL_OR_NUMBER = 1.0, 2.0
"""«сорок пять и шесть»: six is after the point, though «десятых» was not said; «сто и пять» is 105 more often."""
UNSPLICED = 2.0
"""«12.345» as twelve thousand."""
STRANGER, MOST_STRANGERS = 1.0, 6
"""A word beside the number that is none of a number's («муж продиктовал: …»), where those are allowed."""
FEWEST_BESIDE = 3
"""So many words or digits a number must have to be believed with strangers beside it."""
SAID_TWICE = 0.5
"""A whole number said twice in two ways («пять тысяч шестьдесят один, пять ноль шесть один»), beside its groups."""
MOST_PIECES = 6
"""Corrections in one breath; whoever needs more is not understood."""

_LAYOUT = re.compile(
    r"(?P<whole>[CNQWTMBXHAS]*?)(?:(?:PA?)(?P<tail>[CNQ]*|W?)D?|A(?P<part>[CNW]+)D|(?P<half>H))?(?P<unit>U?)"
)
_DENIED = re.compile(r"(?P<before>[^EV]*)(?:E(?P<wrong>[^EV]+)V(?P<right>[^EV]+)|V?E(?P<not>[^EV]+))")


@dataclass(frozen=True)
class SpokenNumber:
    """One reading of what was said."""

    digits: str
    """As said, leading zeros kept; at most 20, more are cut off: check the length before the value."""
    cost: float
    """Lower is likelier."""
    dropped: str | None = None
    """Digits after the decimal sign; the caller is told that they do not count."""
    unit: str = ""
    """"kwh", "rub", "kop", "minute", "hour", "day", "week" or "month", if it was said."""


def spoken_numbers(
    text: str,
    around: frozenset[str] = frozenset(),
    longest: int = MOST_DIGITS,
    units: frozenset[str] = PLAIN_UNITS,
    *,
    strangers: bool = False,
) -> Iterator[SpokenNumber]:
    """The readings of an utterance, cheapest first, each once; none if it is not a number and nothing else.

    `around`: further words that may stand before and after the number, such as ACCOUNT_WORDS.
    `longest`: only readings of at most so many digits.
    `strangers`: up to six words that belong to no number may stand before or after a number of three words or
    digits, unless they make it another thing («квартира», «минус», «ноября»). Never raises.
    """
    said = atoms(text, around, strangers=strangers)
    if said is None:
        return
    beside = sum(atom.kind == "G" for atom in said)
    if beside:
        kept = _without_strangers(said)
        said = kept if beside <= MOST_STRANGERS else None
    if said is not None:
        yield from _readings(said, longest, units, beside * STRANGER)


def corrections(
    text: str,
    told: str,
    around: frozenset[str] = frozenset(),
    longest: int = MOST_DIGITS,
) -> Iterator[SpokenNumber]:
    """What a caller makes of a number that was read back as `told`: «нет, в конце шестьдесят», a whole new number.

    `told`: the words or digits of the read-back. None where the answer is no correction.
    """
    said, before = atoms(text, around), atoms(told)
    if said is None or before is None or not any(atom.kind in "CNWTX" for atom in said):
        return
    yield from _readings((*before, Atom("K"), *said), longest, PLAIN_UNITS)


def _without_strangers(said: Sequence[Atom]) -> tuple[Atom, ...] | None:
    """The words from the first to the last of the number; None if strangers stand inside or it is too short."""
    places = [at for at, atom in enumerate(said) if atom.kind in "CNQWTMBX"]
    if not places:
        return None
    inside = said[places[0] : places[-1] + 1]
    size = sum(len(atom.text) if atom.kind == "W" else 1 for atom in inside if atom.kind in "CNQWTMBX")
    if size < FEWEST_BESIDE or any(atom.kind == "G" for atom in inside):
        return None
    return tuple(atom for atom in said if atom.kind != "G")


def _readings(
    said: Sequence[Atom], longest: int, units: frozenset[str], extra: float = 0.0
) -> Iterator[SpokenNumber]:
    found: dict[str, float] = {}
    heap: list[tuple[float, int, SpokenNumber | None, Iterator[SpokenNumber]]] = []
    for at, (cost, source) in enumerate(_sources(said, longest)):
        heappush(heap, (cost, at, None, source))
    while heap:
        _, at, number, source = heappop(heap)
        if number is not None and number.digits not in found and number.unit in units:
            found[number.digits] = number.cost
            yield replace(number, cost=number.cost + extra) if extra else number
        following = next(source, None)
        if following is not None:
            heappush(heap, (following.cost, at, following, source))


def _sources(said: Sequence[Atom], longest: int) -> Iterator[tuple[float, Iterator[SpokenNumber]]]:
    """For each way to lay out the words, the least that its readings cost, and they themselves, not begun."""
    for cost, laid_out in _with_points(said):
        pieces = _pieces(laid_out)
        if not pieces:
            continue
        dropped = next((_dropped(piece) for piece in reversed(pieces) if piece.tail), None)
        unit = next((piece.unit for piece in reversed(pieces) if piece.unit), "")
        if dropped == "":
            continue
        for guess in corrected(pieces):
            yield cost + guess.cost, _numbers(guess, cost, longest, dropped, unit)
            for half in _said_twice(guess) if len(pieces) == 1 else ():
                yield cost + half.cost, _numbers(half, cost, longest, dropped, unit)


def _said_twice(guess: Guess) -> Iterator[Guess]:
    """The first half, where the second is the same number in other words."""
    said = guess.words
    for middle in range(2, len(said) - 1 if len(said) <= MOST_DIGITS else 0):
        if leading_digit(said[middle]) != leading_digit(said[0]):
            continue
        (first, _), (second, cost) = map(likeliest, (said[:middle], said[middle:]))
        if first == second and len(first) > 2:
            yield Guess(said[:middle], guess.cost + cost + SAID_TWICE)


def _numbers(
    guess: Guess, cost: float, longest: int, dropped: str | None, unit: str
) -> Iterator[SpokenNumber]:
    for digits, more in readings(guess.words, longest):
        yield SpokenNumber(digits, cost + guess.cost + more, dropped, unit)


def _with_points(said: Sequence[Atom]) -> Iterator[tuple[float, tuple[Atom, ...]]]:
    """As said; «12.345» as twelve thousand; «и» and «потом» left out; «и шесть» at the end as after the point."""
    plain = tuple(said)
    yield 0.0, plain
    if any(atom.kind == "P" and atom.value for atom in plain):
        yield UNSPLICED, tuple(atom for atom in plain if atom.kind != "P")
    soft = [atom.kind in "AS" for atom in plain]
    if any(soft):
        yield SOFT, tuple(atom for atom in plain if atom.kind not in "AS")
    if len(plain) > 2 and plain[-2].kind == "A" and plain[-1].kind in "CW" and plain[-3].kind in "CWT":
        joins = plain[-3].kind != "W" and plain[-3].value % 10 == 0
        tail = (*plain[:-2], Atom("P"), plain[-1])
        yield (TAIL_OR_NUMBER if joins else TAIL_UNNAMED - SOFT), tail


def _pieces(said: Sequence[Atom]) -> list[Piece] | None:
    """What stands between the corrections; None if something is no number, or denied and nothing said instead."""
    parts = [
        (kind == "K", list(group)) for kind, group in groupby(said, key=lambda atom: atom.kind == "K" and "K")
    ]
    if len(parts) > 2 * MOST_PIECES:
        return None
    pieces: list[Piece] = []
    denied = False
    for correction, part in parts:
        if correction:
            denied = denied or any(atom.value for atom in part)
            continue
        body = _without_framing(part)
        if not body:
            continue
        body[0] = replace(body[0], pause="")
        piece = _piece(body)
        if piece is None or (pieces and pieces[-1].place is not None and len(pieces) == 1):
            return None
        pieces.append(piece)
        denied = False
    if denied or not pieces or pieces[0].place is not None or not (pieces[0].words or pieces[0].wrong):
        return None
    return pieces


def _without_framing(part: Sequence[Atom]) -> list[Atom]:
    ends = [at for at, atom in enumerate(part) if atom.kind not in "FAVS"]
    return list(part[ends[0] : ends[-1] + 1]) if ends else []


def _piece(body: Sequence[Atom]) -> Piece | None:
    """One piece laid out: place, denial, number, decimal tail, unit."""
    place = next((atom.value for atom in body if atom.kind == "L"), None)
    if place is not None:
        body = [atom for atom in body if atom.kind not in "LF"]
    if body and body[0].kind == "Y":
        body = _instead(body)
    kinds = "".join(atom.kind for atom in body)
    denial = _DENIED.fullmatch(kinds)
    if denial is not None:
        return _denial(body, denial, place)
    if kinds in ("X", "XU") and body[0].value:  # «полтора киловатта»: one, and five after the point
        return Piece((Atom("C", 1),), place=place, tail=(Atom("H"),), unit=body[-1].text)
    layout = _LAYOUT.fullmatch(kinds)
    if layout is None or not (layout["whole"] or layout["tail"]):
        return None
    name = "part" if layout["part"] else "half" if layout["half"] else "tail"
    tail = tuple(body[layout.start(name) : layout.end(name)]) if layout[name] else ()
    unit = body[-1].text if layout["unit"] else ""
    whole = tuple(body[layout.start("whole") : layout.end("whole")])
    if any(atom.kind in "AS" for atom in whole):
        return None
    width = tuple(atom for atom in body if atom.kind == "D")
    return Piece(whole, place=place, tail=tail + width, unit=unit)


def _instead(body: Sequence[Atom]) -> list[Atom]:
    """«вместо сорока пяти пятьдесят пять» as «не сорок пять, а пятьдесят пять»: cut where a new number must begin."""
    said = list(body[1:])
    at = next(
        (at for at in range(1, len(said)) if said[at].value >= 10 or said[at - 1].value < 10), len(said)
    )
    return [Atom("E"), *said[:at], Atom("V"), *said[at:]] if at < len(said) else list(body)


def _denial(body: Sequence[Atom], denial: re.Match[str], place: int | None) -> Piece | None:
    parts = {
        name: tuple(atom for atom in body[denial.start(name) : denial.end(name)] if atom.kind not in "FAS")
        for name in ("before", "wrong", "right", "not")
        if denial[name] is not None
    }
    if any(atom.kind not in "CNQWTMBXH" for part in parts.values() for atom in part):
        return None
    before = parts.get("before", ())
    if "not" in parts:  # «пятьдесят пять, а не сорок пять»
        return Piece(before, wrong=parts["not"], place=place) if before else None
    return Piece(
        parts["right"], wrong=parts["wrong"], before=() if place is not None else before, place=place
    )


def _dropped(piece: Piece) -> str | None:
    """The digits after the decimal sign; «десятых» asks for one, «сотых» for two. Empty where they are more."""
    width = next((atom.value for atom in piece.tail if atom.kind == "D"), 0)
    tail = tuple(atom for atom in piece.tail if atom.kind != "D")
    if not tail:
        return None
    if tail[0].kind == "H":
        return "5"
    digits = next(readings(tail), ("", 0.0))[0]
    if width == 0:
        return digits or None
    return digits.zfill(width) if 0 < len(digits) <= width else ""
