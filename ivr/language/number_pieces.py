"""Atoms cut into pieces at each correction, and each piece laid out: number, tail, unit, what is denied."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ivr.language.number_corrections import Piece
from ivr.language.number_groups import rank, readings
from ivr.language.number_words import Atom

MOST_PIECES = 6
"""Corrections in one breath; whoever needs more is not understood."""

_LAYOUT = re.compile(
    r"(?P<whole>[CNQWTMBXHAS]*?)(?:(?:PA?)(?P<tail>[CNQ]*|W?)D?|A(?P<part>[CNW]+)D|(?P<bare>C)D|(?P<half>H))?(?P<unit>U?)"
)
_DENIED = re.compile(r"(?P<before>[^EV]*)(?:E(?P<wrong>[^EV]+)V(?P<right>[^EV]+)|V?E(?P<not>[^EV]+))")


def pieces(said: Sequence[Atom]) -> list[Piece] | None:
    """What stands between the corrections; None if something is no number, or denied and nothing said instead."""
    parts = [
        (kind == "K", list(group)) for kind, group in groupby(said, key=lambda atom: atom.kind == "K" and "K")
    ]
    if len(parts) > 2 * MOST_PIECES:
        return None
    found: list[Piece] = []
    denied = False
    for correction, part in parts:
        if correction:
            denied = denied or any(atom.value for atom in part)
            continue
        for body in _cut_at_place(_without_framing(part)):
            body[0] = replace(body[0], pause="")
            piece = _piece(body)
            if piece is None:
                return None
            found.append(piece)
            denied = False
    if denied or not found or found[0].place is not None or not (found[0].words or found[0].wrong):
        return None
    return found


def _cut_at_place(body: list[Atom]) -> list[list[Atom]]:
    """«двенадцать триста сорок, в конце пять» is a number and a correction of it; «шесть на конце» is one piece."""
    at = next((at for at, atom in enumerate(body) if atom.kind == "L"), 0)
    if at in (0, len(body) - 1) or body[at + 1].kind not in "CNQW":
        return [body] if body else []
    return [_without_framing(body[:at]), body[at:]]


def _without_framing(part: Sequence[Atom]) -> list[Atom]:
    ends = [at for at, atom in enumerate(part) if atom.kind not in "FAVS"]
    return list(part[ends[0] : ends[-1] + 1]) if ends else []


def _piece(body: Sequence[Atom]) -> Piece | None:
    """One piece laid out: place, denial, number, decimal tail, unit."""
    place = next((atom.value for atom in body if atom.kind == "L"), None)
    if place is not None:
        body = [atom for atom in body if atom.kind not in "LF"]
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
    name = next((name for name in ("part", "bare", "half") if layout[name]), "tail")
    tail = tuple(body[layout.start(name) : layout.end(name)]) if layout[name] else ()
    unit = body[-1].text if layout["unit"] else ""
    whole = tuple(body[layout.start("whole") : layout.end("whole")])
    if any(atom.kind in "AS" for atom in whole):
        return None
    width = tuple(atom for atom in body if atom.kind == "D")
    return Piece(whole, place=place, tail=tail + width, unit=unit)


def _instead(body: Sequence[Atom]) -> Sequence[Atom]:
    """«вместо сорока пяти пятьдесят пять» and «не сорок пять, пятьдесят пять» as «не сорок пять, а пятьдесят пять».

    Only where both halves are of the same ranks: else nothing tells where the new number begins.
    """
    at = next((at for at, atom in enumerate(body) if atom.kind in "EY"), len(body))
    said = tuple(body[at + 1 :])
    half = len(said) // 2
    if not half or len(said) % 2 or any(atom.kind not in "CNW" for atom in said):
        return body
    wrong, right = said[:half], said[half:]
    if any(rank(wrong, place) != rank(right, place) for place in range(half)):
        return body
    return [*body[:at], Atom("E"), *wrong, Atom("V"), *right]


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


def dropped(piece: Piece) -> str | None:
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
