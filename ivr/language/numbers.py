"""Numbers as callers say them: every possible reading, the likeliest first. How: docs/language.md.

The utterance must be number, unit and filler words, or be asked for with `strangers` beside the number.
Understood: written digits; cardinals in every case and ordinals, digit by digit, in groups one after the other,
«три нуля», «полторы тысячи»; what is said twice; corrections in one breath.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from ivr.language.number_corrections import Guess, corrected, likeliest
from ivr.language.number_groups import MOST_DIGITS, leading_digit, readings
from ivr.language.number_pieces import dropped, pieces
from ivr.language.number_tokens import atoms
from ivr.language.number_words import Atom
from ivr.language.text import words

ACCOUNT_WORDS = frozenset(words("номер лицевой лицевого счет счета мой моего"))
PHONE_WORDS = frozenset(
    words(
        "номер номера телефон телефона телефону мой плюс код кода города городской городского домашний домашнего"
        " рабочий рабочего стационарный стационарного мобильный мобильного сотовый сотового московский подмосковный"
        " областной через скобках скобки звоните позвоните перезвоните наберите набирайте личный"
    )
)
"""Words that a question may allow around its number."""
LOOKED_AT = 40
"""So many readings of one utterance are looked at by whoever ranks them; what comes later costs too much."""
STRETCHED = 3.0
"""A reading that costs so much more than the likeliest was not meant: the number is of another length."""
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


def alone_or_beside(text: str, longest: int) -> Iterator[SpokenNumber]:
    """As at the question of a reading: a number alone, else one with other words beside it."""
    alone = spoken_numbers(text, longest=longest)
    first = next(alone, None)
    if first is None:
        yield from spoken_numbers(text, longest=longest, strangers=True)
    else:
        yield first
        yield from alone


def corrections(
    text: str,
    told: str,
    around: frozenset[str] = frozenset(),
    longest: int = MOST_DIGITS,
) -> Iterator[SpokenNumber]:
    """What a caller makes of a number that was read back as `told`: «нет, в конце шестьдесят», a whole new number.

    `told`: the words or digits of the read-back; what is denied is not yielded again. Nothing where the answer is no
    correction.
    """
    said, before = atoms(text, around, told=True), atoms(told)
    if said is None or before is None or not any(atom.kind in "CNWTX" for atom in said):
        return
    denied = any((atom.kind == "K" and atom.value) or atom.kind == "E" for atom in said)
    was = likeliest(before)[0] if denied else ""
    alone = next(_readings(said, longest, PLAIN_UNITS), None)
    if denied and alone is not None and alone.digits == was:
        return  # «нет» and the number itself: a no
    for number in _readings((*before, Atom("K"), *said), longest, PLAIN_UNITS):
        if not denied or number.digits.lstrip("0") != was.lstrip("0"):
            yield number


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
        found = pieces(laid_out)
        if not found:
            continue
        decimals = next((dropped(piece) for piece in reversed(found) if piece.tail), None)
        unit = next((piece.unit for piece in reversed(found) if piece.unit), "")
        if decimals == "":
            continue
        for guess in corrected(found):
            yield cost + guess.cost, _numbers(guess, cost, longest, decimals, unit)
            for half in _said_twice(guess) if len(found) == 1 else ():
                yield cost + half.cost, _numbers(half, cost, longest, decimals, unit)


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
