"""Questions that many conversations put."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, Question, Say
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar
from ivr.language.numbers import correction, spoken_numbers

METER_TAIL = 3
"""So many last signs of a meter's number tell it from the others of an account."""


@dataclass(frozen=True)
class YesNo:
    """Whether the caller said yes."""

    yes: bool


def understand_yes_no(grammar: Grammar) -> Callable[[Heard], YesNo | None]:
    """Yes and no, when nothing else was said with it."""

    def understand(heard: Heard) -> YesNo | None:
        meaning = grammar.by_key(heard.keys) if heard.keys else grammar.match_whole(heard.alternatives[0])
        return None if meaning is None else YesNo(meaning == "yes")

    return understand


def begun_yes_no(grammar: Grammar) -> Callable[[Heard], bool]:
    """Whether an utterance begins with a yes or a no, whatever follows."""
    return lambda heard: any(map(grammar.begins, heard.alternatives[:1]))


async def yes_no(visit: Visit, id: str, prompt: Say) -> bool:
    """Ask for a yes or a no; keys 1 and 2."""
    grammar = visit.grammars["yesno"]
    understand, begun = understand_yes_no(grammar), begun_yes_no(grammar)
    question = Question(id, YesNo, understand, prompt, begun, grammar="yesno", keys=1, pause_s=1)
    return (await ask(question)).yes


@dataclass(frozen=True)
class ReadBack:
    """The answer to a number read back: yes, no, or another number (digits) in the same breath."""

    yes: bool = False
    corrected: str = ""


async def read_back(visit: Visit, id: str, prompt: Say, around: frozenset[str]) -> ReadBack:
    """Is this the number? Several keys are another number, so one key waits for `#` or a pause.

    `around`: words that may stand beside the number.
    """
    question = Question(
        id,
        ReadBack,
        _understand_read_back(visit.grammars["yesno"], around),
        prompt,
        grammar="yesno",
        timeout_s=5,
    )
    return await ask(question)


def _understand_read_back(grammar: Grammar, around: frozenset[str]) -> Callable[[Heard], ReadBack | None]:
    yes_or_no = understand_yes_no(grammar)

    def understand(heard: Heard) -> ReadBack | None:
        if (answer := yes_or_no(heard)) is not None:
            return ReadBack(answer.yes)
        if heard.keys:
            return ReadBack(corrected=heard.keys) if len(heard.keys) > 1 and heard.keys.isdigit() else None
        text = heard.alternatives[0]
        numbers = list(spoken_numbers(text, around)) or list(spoken_numbers(correction(text) or "", around))
        return ReadBack(corrected=numbers[0].digits) if numbers else None

    return understand
