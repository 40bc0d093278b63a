"""Numbers as callers say them, every possible reading, the likeliest first.

The whole utterance must be number, unit and filler words: a number with anything else beside it is no answer.
Understood: written digits, nominative cardinals to 999,999, digit by digit, groups said one after the other.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ivr.language.number_words import Atom, atoms
from ivr.language.text import LONGEST, clean, words

MOST_DIGITS = 20
"""What is longer is cut to this, so that a caller can be told «слишком длинное»."""

ACCOUNT_WORDS = frozenset(words("номер лицевой лицевого счет счета мой моего"))
PHONE_WORDS = frozenset(words("номер телефон телефона мой плюс"))
"""Words that a question may allow around its number."""

GROUP, SPLIT = 1.0, 2.0
"""Costs: each group said, and each cut where one number could go on («двадцать пять» as 20, 5)."""

_LAYOUT = re.compile(r"F*(?P<whole>[CWT]+)(?:PA?(?:(?P<tail>C+|W)D?)?|A(?P<part>C+|W)D)?U?F*")


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
    """"kwh" or "rub" if it was said: a reading in roubles is a misunderstanding."""


def spoken_numbers(text: str, around: frozenset[str] = frozenset()) -> Iterator[SpokenNumber]:
    """The readings of an utterance, cheapest first; none if it is not a number and nothing else.

    `around`: further words that may stand before and after the number, such as ACCOUNT_WORDS. Never raises.
    """
    said = atoms(text, around)
    if said is None:
        return
    yield from _laid_out(said, 0.0)
    if any(atom.kind == "P" and atom.value for atom in said):  # «12.345» may be twelve thousand
        yield from _laid_out(tuple(atom for atom in said if atom.kind != "P"), SPLIT)


def correction(text: str) -> str | None:
    """What stands after a denial: «нет, двенадцать» → «двенадцать», «не сорок, а пятьдесят» → «пятьдесят»."""
    if len(text) > LONGEST:
        return None  # what was cut off may deny it all
    line = re.sub(r"\s+", " ", clean(text)).strip()
    denial = _DENIAL.match(line)
    rest = line[denial.end() :] if denial else line
    if not rest.startswith("не "):
        return rest if denial else None
    wrong, *right = re.split(r",? а ", rest.removeprefix("не "), maxsplit=1)
    return right[0] if right and any(spoken_numbers(wrong)) else None


def number_after_no(text: str) -> SpokenNumber | None:
    """The likeliest number after a denial, or None, as when one is denied and none is given instead."""
    rest = correction(text)
    return None if rest is None else next(spoken_numbers(rest), None)


_DENIAL = re.compile(
    r"\W*(?:(?:ну|ой|так|да)\W+)?"
    r"(?:(?:нет|неа|неверно|неправильно|ошибка|не (?:верно|правильно|так|то))\b\W*)+"
)


def _laid_out(said: Sequence[Atom], extra: float) -> Iterator[SpokenNumber]:
    layout = _LAYOUT.fullmatch("".join(atom.kind for atom in said))
    if layout is None:
        return
    name = "part" if layout["part"] else "tail"
    tail = said[layout.start(name) : layout.end(name)] if layout[name] else ()
    width = next((atom.value for atom in said if atom.kind == "D"), 0)
    dropped = _dropped(tail, width)
    if tail and dropped is None:
        return
    unit = next((atom.text for atom in said if atom.kind == "U"), "")
    whole = said[layout.start("whole") : layout.end("whole")]
    for digits, cost in _wholes(whole):
        yield SpokenNumber(digits[:MOST_DIGITS], cost + extra, dropped, unit)


def _dropped(tail: Sequence[Atom], width: int) -> str | None:
    """The digits after the decimal sign; `width` is 1 for «десятых», 2 for «сотых», 0 if not said."""
    if not tail:
        return None
    digits = "".join(_joined(tail, ()))
    if width == 0:
        return digits[:MOST_DIGITS]
    return digits.zfill(width) if len(digits) <= width else None


def _wholes(whole: Sequence[Atom]) -> Iterator[tuple[str, float]]:
    places = [place for place, atom in enumerate(whole) if atom.kind == "T"]
    if not places:
        yield from _grouped(whole)
    elif len(places) == 1:
        digits = _with_thousands(whole[: places[0]], whole[places[0]], whole[places[0] + 1 :])
        if digits is not None:
            yield digits, GROUP


def _with_thousands(before: Sequence[Atom], thousand: Atom, after: Sequence[Atom]) -> str | None:
    """«[ноль] двенадцать тысяч триста сорок пять»: one reading or none."""
    zeros = 0
    while zeros < len(before) and before[zeros] == Atom("C", 0):
        zeros += 1
    times = _cardinal(before[zeros:]) if before[zeros:] else thousand.value
    rest = _below_thousand(after)
    if not times or rest is None:
        return None
    return "0" * zeros + str(times * 1000 + rest)


def _below_thousand(said: Sequence[Atom]) -> int | None:
    """What follows «тысяч»: nothing, one number, zeros and a number, or groups that fill the three places."""
    if not said:
        return 0
    if (one := _cardinal(said)) is not None:
        return one
    groups = _joined(said, ())
    digits = "".join(groups)
    leading = all(group == "0" for group in groups[:-1]) and groups[-1] != "0"
    return int(digits) if len(digits) == 3 or (leading and len(digits) < 3) else None


def _cardinal(said: Sequence[Atom]) -> int | None:
    """One number from 1 to 999, or None."""
    groups = _joined(said, ())
    if len(groups) != 1 or groups[0].startswith("0") or len(groups[0]) > 3:
        return None
    return int(groups[0])


def _grouped(said: Sequence[Atom]) -> Iterator[tuple[str, float]]:
    """Every way to cut the words into groups, cheapest first: spoken ones go on, written ones stand apart."""
    pairs = list(enumerate(pairwise(said), 1))
    places = [place for place, pair in pairs if _goes_on(*pair)]
    usual = {place for place in places if said[place - 1].kind == said[place].kind == "W"}
    likeliest = _joined(said, usual)
    if sum(map(len, _joined(said, ()))) > MOST_DIGITS:
        yield "".join(likeliest), GROUP * len(likeliest)
        return
    for count in range(len(places) + 1):  # at most 13 places are left, for 20 digits
        for changed in combinations(places, count):
            digits = "".join(_joined(said, usual.symmetric_difference(changed)))
            if len(digits) <= MOST_DIGITS:
                yield digits, GROUP * len(likeliest) + SPLIT * count


def _joined(said: Sequence[Atom], cuts: Collection[int]) -> list[str]:
    """The groups' digits, each as long as its words allow, cut before the places given."""
    groups: list[str] = []
    for place, atom in enumerate(said):
        if place and place not in cuts and _goes_on(said[place - 1], atom):
            groups[-1] = str(int(groups[-1]) + _value(atom))
        else:
            groups.append(atom.text or str(atom.value))
    return groups


def _goes_on(first: Atom, second: Atom) -> bool:
    """Whether the second word can continue the first one's number: «сто» + «пять», «двадцать» + «5»."""
    start, more = _value(first), _value(second)
    if start >= 100 and start % 100 == 0:
        return 0 < more < 100
    return start >= 20 and start % 10 == 0 and 0 < more < 10


def _value(atom: Atom) -> int:
    """Of a cardinal or of up to three written digits; 0 for what joins nothing."""
    if atom.kind == "W":
        return int(atom.text) if len(atom.text) <= 3 and atom.text[0] != "0" else 0
    return atom.value
