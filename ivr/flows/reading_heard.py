"""A reading as it was heard: what was said or keyed becomes a value that the register can show, or two."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from ivr.dialogue.steps import Heard
from ivr.domain.readings import Candidate, Sheet, rank, rival
from ivr.flows.visit import Visit
from ivr.language import wording
from ivr.language.grammar import Grammar
from ivr.language.numbers import LOOKED_AT, SpokenNumber, corrections, spoken_numbers
from ivr.language.yesno import plain_yes_or_no, yes_or_no

DECIMAL_KEY = "*"
TOO_LONG = 1.0
"""A longer number that costs so much less than what fits was meant: the register cannot show it."""


@dataclass(frozen=True)
class ReadingHeard:
    """A reading as heard: whole kWh, or None where no number of that length can stand on the register."""

    value: int | None = None
    length: int = 0
    dropped: str = ""
    """Digits after the point; they are no part of a reading."""
    keep: bool = False
    """The reading given this month is to stay."""
    other: int | None = None
    """Another value nearly as likely: the caller is asked which one."""


@dataclass(frozen=True)
class ReadBack:
    """The answer to a read-back: yes, no, or another value in the same breath."""

    yes: bool = False
    corrected: ReadingHeard | None = None


@dataclass(frozen=True)
class ReadingEars:
    """Understands the answers to the questions about one register."""

    visit: Visit
    sheet: Sheet

    def reading(self, heard: Heard) -> ReadingHeard | None:
        """«Назовите показания»: a value, or «оставить» where one was given this month."""
        keep = self.visit.grammars["keep"] if self.sheet.this_month is not None else None
        if keep is not None and (
            keep.by_key(heard.keys) if heard.keys else keep.match_whole(heard.alternatives[0])
        ):
            return ReadingHeard(keep=True)
        return self.by_keys(heard.keys) if heard.keys else self._said(heard, strangers=False)

    def guess(self, heard: Heard) -> ReadingHeard | None:
        """The same with words beside the number that belong to none («муж продиктовал: …»)."""
        return None if heard.keys else self._said(heard, strangers=True)

    def read_back(self, value: int) -> Callable[[Heard], ReadBack | None]:
        """«Вы сказали …. Верно?»: yes, no, or what is right."""

        def understand(heard: Heard) -> ReadBack | None:
            if heard.keys:
                return self._read_back_by_keys(heard.keys)
            text, grammar = heard.alternatives[0], self.visit.grammars["yesno"]
            if (answer := plain_yes_or_no(grammar, text)) is not None:
                return ReadBack(answer == "yes")
            corrected = self._corrected(text, value)
            answer = yes_or_no(grammar, text)
            if answer != "yes":
                denied = ReadBack() if answer == "no" else None  # «нет» with the number that was read back
                return denied if corrected is None else ReadBack(corrected=corrected)
            # «Да, двенадцать триста сорок пять» is a yes to that number alone; to another one it is neither.
            return ReadBack(yes=True) if corrected is not None and corrected.value == value else None

        return understand

    def which(self, first: int, second: int) -> Callable[[Heard], ReadingHeard | None]:
        """«Пятьдесят или пятнадцать?»: one of them, by its words, its place or its key, or a third value."""

        def understand(heard: Heard) -> ReadingHeard | None:
            keys, text = heard.keys, "" if heard.keys else heard.alternatives[0]
            place = keys or self.visit.grammars["which"].match_whole(text)
            if place in ("1", "2"):
                return _plain(first if place == "1" else second)
            parts = [_likeliest(part) for part in wording.told_apart(first, second)]
            said = _likeliest(text)
            if said in parts and parts[0] != parts[1]:
                return _plain(first if said == parts[0] else second)
            ending = [value for value in (first, second) if said and str(value).endswith(said)]
            if len(ending) == 1:
                return _plain(ending[0])
            return self.by_keys(keys) if keys else self._corrected(text, first)

        return understand

    def by_keys(self, keys: str) -> ReadingHeard | None:
        """A value keyed; `*` is the decimal sign."""
        whole, _, decimals = keys.partition(DECIMAL_KEY)
        if not whole.isdigit() or (decimals and not decimals.isdigit()):
            return None
        return self._shown(whole, decimals)

    def _shown(self, digits: str, dropped: str) -> ReadingHeard:
        """One number as this register shows it; more zeros in front than it has change nothing."""
        if len(digits.lstrip("0")) > self.sheet.register.digits:
            return ReadingHeard(length=len(digits))
        return ReadingHeard(int(digits), len(digits), dropped)

    def _read_back_by_keys(self, keys: str) -> ReadBack | None:
        if (answer := self.visit.grammars["yesno"].by_key(keys)) is not None:
            return ReadBack(answer == "yes")
        corrected = self.by_keys(keys) if len(keys) > 1 else None
        return None if corrected is None else ReadBack(corrected=corrected)

    def _said(self, heard: Heard, *, strangers: bool) -> ReadingHeard | None:
        texts = [self._without_zone(text) for text in heard.alternatives]
        most = self.sheet.register.digits
        found = [
            Candidate(number.digits, number.cost + behind, place, number.dropped or "")
            for (behind, place), text in zip(_behind(heard), texts, strict=True)
            for number in islice(spoken_numbers(text, longest=most, strangers=strangers), LOOKED_AT)
        ]
        anything = (number for text in texts for number in spoken_numbers(text, strangers=strangers))
        return self._chosen(found, next(anything, None))

    def _corrected(self, text: str, value: int) -> ReadingHeard | None:
        text, told, most = self._without_zone(text), wording.number(value), self.sheet.register.digits
        numbers = islice(corrections(text, told, longest=most), LOOKED_AT)
        found = [Candidate(number.digits, number.cost, 0, number.dropped or "") for number in numbers]
        return self._chosen(found, next(corrections(text, told), None))

    def _chosen(self, found: list[Candidate], likeliest: SpokenNumber | None) -> ReadingHeard | None:
        """The value for this register; `likeliest`: what was said if its length is left out of account."""
        if likeliest is None:
            return None
        if not found or found[0].cost - likeliest.cost >= TOO_LONG:
            return self._shown(likeliest.digits, likeliest.dropped or "")
        ranked = rank(found, self.sheet, self.visit.facts.today, self.visit.facts.limits)
        best, other = ranked[0], rival(ranked)
        candidate = best.candidate
        return ReadingHeard(
            best.value, len(candidate.digits), candidate.dropped, other=other.value if other else None
        )

    def _without_zone(self, text: str) -> str:
        """«день, двенадцать тысяч» when the day is asked: the zone's name left out; another's stays, and refuses."""
        zones: Grammar = self.visit.grammars["zones"]
        return zones.without(text, self.sheet.register.zone)


def _behind(heard: Heard) -> list[tuple[float, int]]:
    """Of each alternative: what its score costs, or its place in the list where only that is known."""
    if heard.costs:
        return [(cost, 0) for cost in heard.costs]
    return [(0.0, place) for place in range(len(heard.alternatives))]


def _plain(value: int) -> ReadingHeard:
    return ReadingHeard(value, len(str(value)))


def _likeliest(text: str) -> str:
    return next((number.digits for number in spoken_numbers(text)), "")
