"""Which one of a list read out: by its place, or by last digits that fit exactly one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from ivr.dialogue.steps import Heard, Question, Say
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar
from ivr.language.numbers import ACCOUNT_WORDS, LOOKED_AT, spoken_numbers


@dataclass(frozen=True)
class Choice:
    """Which of the things told, from 0."""

    index: int


def choice_question(visit: Visit, id: str, numbers: Sequence[str]) -> Question[Choice]:
    """The question that ends the list; `numbers`: what is written on each thing (of at most nine: a key each)."""
    understand = _understand(numbers, visit.grammars["place"])
    longest = max(map(len, numbers), default=0)
    return Question(id, Choice, understand, Say(id), grammar="place", digits=longest, keys=1)


def _understand(numbers: Sequence[str], places: Grammar) -> Callable[[Heard], Choice | None]:
    def understand(heard: Heard) -> Choice | None:
        for digits in [heard.keys] if heard.keys else _said(heard, places):
            if digits.isdigit() and len(digits) == 1 and 1 <= int(digits) <= len(numbers):
                return Choice(int(digits) - 1)
            ending = [place for place, number in enumerate(numbers) if number.endswith(digits)]
            if len(digits) > 1 and len(ending) == 1:
                return Choice(ending[0])
        return None

    return understand


def _said(heard: Heard, places: Grammar) -> list[str]:
    named = [place for text in heard.alternatives if (place := places.match_whole(text))]
    numbers = (islice(spoken_numbers(text, ACCOUNT_WORDS), LOOKED_AT) for text in heard.alternatives)
    return [*named, *(number.digits for found in numbers for number in found)]
