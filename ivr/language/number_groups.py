"""The ways to cut a number's words into groups, cheapest first.

«двенадцать триста сорок пять» is 12 and 345, or 12, 300 and 45, or 12, 300, 40 and 5. Every group that can
begin at a word is an edge of a graph; a path from the first word to the last is a reading, its digits the
edges' digits in a row. The paths are walked cheapest first (A*, the cost left to the end known exactly), so
that the first reading of twenty pairs costs no more than the first of two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from ivr.language.number_words import ORDINAL, Atom

GROUP = 1.0
"""Each group said: of two readings the one in fewer groups is likelier."""
SPLIT = 2.0
"""Each cut where a number could go on («двадцать пять» as 20, 5): people pause there, most recognisers drop it."""
SPELT_OUT = 8.0
"""The same cut in a number with «тысяч»: who says «двенадцать тысяч пятьдесят шесть» dictates no groups. More than
any doubt of the register costs: what was said so is read back, with its doubt."""
ORDINAL_INSIDE = 7.0
"""An ordinal before the end of a number («первый восемь тысяч»): it is a zone, a place, a date."""
COMMA_SPLIT, COMMA_JOINED = 0.3, 2.0
"""The same cut where a comma is written, and going on over it («сто, сорок пять» as 145)."""
UNFILLED = 0.5
"""Each further group that fills the places after «тысяч» («двенадцать тысяч три сорок пять»)."""
COUNTED = 3.0
"""«Три нуля» as 3 and 0."""
REPEATED, REPEATED_PAUSE = 1.0, -0.5
"""What was said twice in a row, meant once, beside the cost of its groups; after a pause («сорок пять… сорок
пять»), where two would be rarer. A lone digit repeats only after a pause."""
JOINED = 2.0
"""Written numbers are cut where the speaker cut them: «20 5» as 25."""
LONGEST_REPEAT = 8
"""Words; in utterances of more than twenty words a single one is not taken for repeated."""
MOST_STEPS = 1_000
"""Steps of one walk; nobody asks for readings beyond them."""
MOST_DIGITS = 20
"""What is longer is cut to this, so that a caller can be told «слишком длинное»."""

Reading = tuple[str, float]
"""Digits, cost."""
Span = tuple[int, int, float]
"""Where a cardinal below a thousand ends, its value, its cost."""


@dataclass(frozen=True)
class Edge:
    """A group: the place after its last word, its digits, its cost."""

    end: int
    digits: str
    cost: float


def readings(said: Sequence[Atom], longest: int = MOST_DIGITS) -> Iterator[Reading]:
    """The readings of the words of a whole number, cheapest first, each once, of at most `longest` digits.

    Where every reading is longer than 20 digits, the cheapest one, cut.
    """
    return _Graph(tuple(said)).walk(longest)


@dataclass(frozen=True)
class _Graph:
    said: tuple[Atom, ...]

    @cached_property
    def groups(self) -> list[list[Edge]]:
        """By their first word, without what is said twice."""
        return [self._from(place) for place in range(len(self.said))]

    @cached_property
    def edges(self) -> list[list[Edge]]:
        return [[*groups, *self._repeated(place)] for place, groups in enumerate(self.groups)]

    @cached_property
    def left(self) -> list[float]:
        """From each place, the least cost to the end."""
        found = [inf] * len(self.said) + [0.0]
        for place in reversed(range(len(self.said))):
            found[place] = min((edge.cost + found[edge.end] for edge in self.edges[place]), default=inf)
        return found

    @cached_property
    def shortest(self) -> list[float]:
        """From each place, the fewest digits to the end."""
        found = [inf] * len(self.said) + [0.0]
        for place in reversed(range(len(self.said))):
            ends = (len(edge.digits) + found[edge.end] for edge in self.edges[place])
            found[place] = min(ends, default=inf)
        return found

    def walk(self, longest: int) -> Iterator[Reading]:
        """See `readings`."""
        if self.said and self.left[0] < inf:
            found = False
            for reading in self._paths(longest) if self.shortest[0] <= longest else ():
                found = True
                yield reading
            if longest == MOST_DIGITS and not found and (cheapest := self._cheapest())[0]:
                yield cheapest

    def _paths(self, longest: int) -> Iterator[Reading]:
        heap: list[tuple[float, int, str]] = [(self.left[0], 0, "")]
        been: set[tuple[int, str]] = set()
        for _ in range(MOST_STEPS):
            if not heap:
                return
            total, back, digits = heappop(heap)
            place = -back  # of equal ones the furthest first
            if (place, digits) in been:
                continue
            been.add((place, digits))
            if place == len(self.said):
                if digits:
                    yield digits, total
                continue
            so_far = total - self.left[place]
            for edge in self.edges[place]:
                if len(digits) + len(edge.digits) + self.shortest[edge.end] <= longest:
                    cost = so_far + edge.cost + self.left[edge.end]
                    heappush(heap, (cost, -edge.end, digits + edge.digits))

    def _cheapest(self) -> Reading:
        digits, place = "", 0
        while place < len(self.said) and len(digits) <= MOST_DIGITS:
            edge = min(self.edges[place], key=lambda one: one.cost + self.left[one.end])
            digits, place = digits + edge.digits, edge.end
        return digits[:MOST_DIGITS], self.left[0]

    def _from(self, place: int) -> list[Edge]:
        """The groups that begin here."""
        atom, found = self.said[place], list[Edge]()
        if atom.kind == "W":
            found.append(Edge(place + 1, atom.text, GROUP))
        found += self._counted(place)
        for end, value, cost in self._cardinals(place):
            if atom.kind != "W" or end > place + 1:
                found.append(Edge(end, str(value), GROUP + cost))
        if atom.kind == "C" and atom.value == 0:
            found.append(Edge(place + 1, "0", GROUP + atom.cost))
        found += self._thousands(place)
        found += self._millions(place)
        return [cut for edge in found if (cut := self._cut(place, edge)) is not None]

    def _cut(self, start: int, edge: Edge) -> Edge | None:
        """The group with the cost of ending it here; None where the word after it needs it («двенадцать | тысяч»)."""
        if edge.end == len(self.said):
            return edge
        last, after = self.said[edge.end - 1], self.said[edge.end]
        if after.kind in "TMBH" and not after.value:
            return None
        cost = edge.cost + (ORDINAL_INSIDE if last.cost == ORDINAL else 0)
        if (last.kind in "TM" and after.kind in "CX" and after.value) or (
            after.kind in "TMB" and _value(last)
        ):
            cost += SPELT_OUT
        elif _goes_on(last, after) and not last.kind == after.kind == "W":
            spelt_out = any(atom.kind in "TM" for atom in self.said[start : edge.end])
            cost += SPELT_OUT if spelt_out else COMMA_SPLIT if after.pause == "," else SPLIT
        return Edge(edge.end, edge.digits, cost)

    def _repeated(self, place: int) -> Iterator[Edge]:
        """What is said twice in a row: the second time gives no digits, or the first, and goes on from there."""
        shortest = 1 if len(self.said) <= MOST_DIGITS else 2
        for length in range(shortest, min(LONGEST_REPEAT, len(self.said) - place) + 1):
            if place >= length and self._twice(place - length, length):
                yield Edge(place + length, "", self._repeating(place - length, length))
            if place + length < len(self.said) and self._twice(place, length):
                cost = self._repeating(place, length)
                later = self.groups[place + length]
                yield from (Edge(edge.end, edge.digits, edge.cost + cost) for edge in later)

    def _twice(self, start: int, length: int) -> bool:
        middle = start + length
        if length == 1 and len(str(_value(self.said[start]))) == 1 and self.said[middle].pause != "…":
            return False  # «три три» are two digits
        return self.keys[start:middle] == self.keys[middle : middle + length]

    @cached_property
    def keys(self) -> list[tuple[str, int, str]]:
        return [atom.word for atom in self.said]

    def _repeating(self, start: int, length: int) -> float:
        said = self.said[start : start + length]
        groups = GROUP * (
            1 + sum(other.pause == "," or not _goes_on(one, other) for one, other in pairwise(said))
        )
        if self.said[start + length].pause == "…":
            return groups + REPEATED_PAUSE
        return groups + REPEATED

    def _counted(self, place: int) -> Iterator[Edge]:
        """«Семёрка», «две семёрки», «дважды ноль»."""
        atom = self.said[place]
        after = self.said[place + 1] if place + 1 < len(self.said) else None
        if atom.kind == "N":
            counted = place > 0 and self.said[place - 1].kind == "C" and 2 <= self.said[place - 1].value <= 9
            yield Edge(place + 1, str(atom.value), GROUP + (COUNTED if counted else 0))
        if after is None:
            return
        if after.kind == "N" and atom.kind in "CQW" and 2 <= _value(atom) <= 9:
            yield Edge(place + 2, str(after.value) * _value(atom), GROUP)
        elif atom.kind == "Q" and after.kind in "CW" and len(str(_value(after))) <= 3:
            yield Edge(place + 2, (after.text or str(after.value)) * atom.value, GROUP)

    def _cardinals(self, place: int) -> Iterator[Span]:
        """Numbers from 1 to 999 that begin here, the shortest first."""
        atom = self.said[place]
        if atom.kind == "W" and (atom.text[0] == "0" or len(atom.text) > 3):
            return
        if atom.kind not in "CWB" or not (value := _value(atom)):
            return
        cost, end = atom.cost, place + 1
        yield end, value, cost
        while end < len(self.said):
            last, after = self.said[end - 1], self.said[end]
            if after.kind == "B" and end == place + 1 and 2 <= value <= 9:
                value *= 100
            elif _goes_on(last, after):
                value += _value(after)
                cost += after.cost + (COMMA_JOINED if after.pause == "," else 0)
                cost += JOINED if last.kind == after.kind == "W" else 0
            else:
                return
            end += 1
            yield end, value, cost

    def _thousands(self, place: int) -> Iterator[Edge]:
        """«[двенадцать] тысяч [триста сорок пять]», «полторы тысячи», «пять с половиной тысяч»."""
        for end, times, cost in self._times(place, "T"):
            yield Edge(end, str(times), GROUP + cost)
            if times % 1000:  # «полторы тысячи двадцать»
                halves = self._cardinals(end) if end < len(self.said) else ()
                yield from (
                    Edge(to, str(times + rest), GROUP + cost + more)
                    for to, rest, more in halves
                    if rest < 500
                )
                continue
            for after, digits, more in self._below(end):
                yield Edge(after, str(times)[:-3] + digits, GROUP + cost + more)

    def _times(self, place: int, kind: str) -> Iterator[Span]:
        """What «тысяч» or «миллионов» is multiplied by, and the word itself: end, value, cost."""
        unit = 1_000 if kind == "T" else 1_000_000
        said = self.said
        if said[place].kind == kind and said[place].value:
            yield place + 1, unit, said[place].cost
        if said[place].kind == "X" and place + 1 < len(said) and said[place + 1].kind == kind:
            yield place + 2, unit * 3 // 2, 0.0
        for end, value, cost in self._cardinals(place):
            if end < len(said) and said[end].kind == kind:
                yield end + 1, value * unit, cost
            elif end + 1 < len(said) and said[end].kind == "H" and said[end + 1].kind == kind:
                yield end + 2, value * unit + unit // 2, cost

    def _below(self, place: int) -> Iterator[tuple[int, str, float]]:
        """What fills the three places after «тысяч»: one number, zeros and one, groups of three digits in all."""
        if place == len(self.said):
            return
        atom = self.said[place]
        if atom.kind == "W" and len(atom.text) == 3 and not _value(atom):
            yield place + 1, atom.text, 0.0
        for end, value, cost in self._cardinals(place):
            yield end, str(value).zfill(3), min(cost, JOINED / 4)
        yield from self._filled(place, "", 0.0)

    def _filled(self, place: int, digits: str, cost: float) -> Iterator[tuple[int, str, float]]:
        for end, group, more in self._small(place):
            so_far = digits + group
            if len(so_far) > 3:
                continue
            if len(so_far) == 3 and digits:
                yield end, so_far, cost + more
            elif len(so_far) == 2 and digits == "0" and end == len(self.said):
                yield end, so_far.zfill(3), cost + more + UNFILLED
            if len(so_far) < 3 and end < len(self.said):
                cut = SPELT_OUT if _goes_on(self.said[end - 1], self.said[end]) else UNFILLED
                yield from self._filled(end, so_far, cost + more + cut)

    def _small(self, place: int) -> Iterator[tuple[int, str, float]]:
        """Groups of one or two digits that begin here."""
        atom = self.said[place]
        if atom.kind == "C" and atom.value == 0:
            yield place + 1, "0", 0.0
        elif atom.kind == "W" and len(atom.text) <= 2:
            yield place + 1, atom.text, 0.0
        else:
            for end, value, cost in self._cardinals(place):
                yield end, str(value), cost
        for edge in self._counted(place):
            yield edge.end, edge.digits, edge.cost - GROUP

    def _millions(self, place: int) -> Iterator[Edge]:
        for end, value, cost in self._times(place, "M"):
            yield Edge(end, str(value), GROUP + cost)
            if value % 1_000_000 or end == len(self.said):
                continue
            rest = [(edge.end, edge.digits, edge.cost - GROUP) for edge in self._thousands(end)]
            rest += [(after, str(number), more) for after, number, more in self._cardinals(end)]
            for after, digits, more in rest:
                yield Edge(after, str(value)[:-6] + digits.zfill(6), GROUP + cost + more)


def _goes_on(first: Atom, second: Atom) -> bool:
    """Whether the second word can continue the first one's number: «сто» + «пять», «двадцать» + «5»."""
    if second.kind not in "CW":
        return False
    start, more = (100 if first.kind == "B" else _value(first)), _value(second)
    if start >= 100 and start % 100 == 0:
        return 0 < more < 100
    return start >= 20 and start % 10 == 0 and start < 100 and 0 < more < 10


def leading_digit(atom: Atom) -> str:
    """The first digit of a word's number, as a quick test whether two can begin the same one."""
    return (atom.text or str(_value(atom)))[:1]


def _value(atom: Atom) -> int:
    """Of a cardinal, a digit's noun or up to three written digits; 0 for what joins nothing."""
    if atom.kind == "W":
        return int(atom.text) if len(atom.text) <= 3 and atom.text[0] != "0" else 0
    if atom.kind == "B":
        return 100
    return atom.value if atom.kind in "CNQ" else 0


def rank(said: Sequence[Atom], place: int) -> int:
    """How high a word stands in its number, so that a correction finds its place: units 1, tens 2, hundreds 3.

    A counted digit («две семёрки») is 5; what has no rank is 0.
    """
    atom = said[place]
    if place + 1 < len(said) and said[place + 1].kind == "N" and atom.kind in "CQ":
        return 5
    if atom.kind in "CNW":
        return 1 if not (value := _value(atom)) else len(str(value))
    return 3 if atom.kind == "B" else 0
