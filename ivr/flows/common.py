"""Questions that many conversations put."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, IfLeft, Question, Say
from ivr.domain.commands import TakeRequest
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar
from ivr.language.numbers import LOOKED_AT, STRETCHED, SpokenNumber, corrections
from ivr.language.text import words
from ivr.language.yesno import plain_yes_or_no

Fits = Callable[[str], bool]
"""Whether these digits can be what was asked for."""
METER_TAIL = 3
"""So many last signs of a meter's number tell it from the others of an account."""


@dataclass(frozen=True)
class YesNo:
    """Whether the caller said yes."""

    yes: bool


def understand_yes_no(grammar: Grammar) -> Callable[[Heard], YesNo | None]:
    """Yes and no, when nothing else was said that matters; a number beside it may be another one."""

    def understand(heard: Heard) -> YesNo | None:
        keys = heard.keys
        meaning = grammar.by_key(keys) if keys else plain_yes_or_no(grammar, heard.alternatives[0])
        return None if meaning is None else YesNo(meaning == "yes")

    return understand


def begun_yes_no(grammar: Grammar) -> Callable[[Heard], bool]:
    """Whether an utterance begins with a yes or a no, whatever follows."""
    return lambda heard: any(map(grammar.begins, heard.alternatives[:1]))


STATEMENTS: Mapping[str, Mapping[str, bool]] = {
    "is_danger": {"no_danger": False, "dark": False},
    "is_prepaid_dark": {"at_zero": True, "money_left": False, "not_prepaid": False, "not_for_money": False},
    "is_at_zero": {
        "at_zero": True,
        "dark": True,
        "money_left": False,
        "light_is_on": False,
        "for_long": False,
    },
    "is_urgent_now": {"at_zero": True, "dark": True, "money_left": False, "for_long": False},
    "outage_here": {"here": True, "elsewhere": False},
    "report_anyway": {"write_it_down": True, "let_it_be": False},
    "after_offer": {"tell_me": True, "known": False, "let_it_be": False},
    "call_back_offer": {"ring_me": True, "i_ring": False, "let_it_be": False},
    "closed_offer": {"ring_me": True, "i_ring": False, "let_it_be": False},
}
"""Question → what says yes or no to it without either word (grammars/statements.yaml)."""


UNKNOWN_IS_NO = frozenset({"is_danger", "is_prepaid_dark", "is_at_zero", "is_urgent_now"})
"""Questions at which «не знаю» is a no: what is not known to be so is asked about further on."""


def unknown(grammar: Grammar, heard: Heard) -> bool:
    """Whether the caller says that they do not know it."""
    return any(grammar.match(text) == "unknown" for text in heard.alternatives)


def kept(request: TakeRequest | None) -> IfLeft:
    """A request that stands for who goes away or is handed to a person, but not for who wants something else."""
    return IfLeft(request, by_jump=False, by_operator=True)


def stated(visit: Visit, id: str, heard: Heard) -> YesNo | None:
    """A statement that answers this question, and no «да» or «нет» before it that says the contrary."""
    text = heard.alternatives[0]
    statements = visit.grammars["statements"]
    meanings = {yes for meaning, yes in STATEMENTS[id].items() if statements.says(text, meaning)}
    if not meanings and id in UNKNOWN_IS_NO and visit.grammars["unknown"].match(text) == "unknown":
        return YesNo(False)
    if len(meanings) != 1:
        return None
    yes = meanings.pop()
    opens = plain_yes_or_no(visit.grammars["yesno"], " ".join(words(text)[:1]))
    return None if opens == "yes" and not yes else YesNo(yes)


async def yes_no(
    visit: Visit, id: str, prompt: Say, told: Callable[[str], bool | None] = lambda text: None
) -> bool:
    """Ask for a yes or a no; keys 1 and 2. `told`: what else may answer it, said without either word."""
    grammar = visit.grammars["yesno"]
    plain, begun = understand_yes_no(grammar), begun_yes_no(grammar)

    def understand(heard: Heard) -> YesNo | None:
        answer = plain(heard)
        if answer or heard.keys:
            return answer
        if (yes := told(heard.alternatives[0])) is not None:
            return YesNo(yes)
        return stated(visit, id, heard) if id in STATEMENTS else None

    question = Question(id, YesNo, understand, prompt, begun, grammar="yesno", keys=1, pause_s=1)
    return (await ask(question)).yes


@dataclass(frozen=True)
class ReadBack:
    """The answer to a number read back: yes, no, or another number (digits) in the same breath."""

    yes: bool = False
    corrected: str = ""


async def read_back(
    visit: Visit, id: str, prompt: Say, told: str, around: frozenset[str], fits: Fits, digits: int
) -> ReadBack:
    """Is this the number? Several keys are another number, so one key waits for `#` or a pause.

    `told`: the number as it is read back, in words; `around`: words that may stand beside it; `fits`: whether
    so many digits can be right at all; `digits`: so many it has at most.
    """
    question = Question(
        id,
        ReadBack,
        _understand_read_back(visit.grammars["yesno"], told, around, fits),
        prompt,
        begun_yes_no(visit.grammars["yesno"]),
        grammar="yesno",
        digits=digits,
        timeout_s=5,
    )
    return await ask(question)


def _understand_read_back(
    grammar: Grammar, told: str, around: frozenset[str], fits: Fits
) -> Callable[[Heard], ReadBack | None]:
    yes_or_no = understand_yes_no(grammar)

    def understand(heard: Heard) -> ReadBack | None:
        if (answer := yes_or_no(heard)) is not None:
            return ReadBack(answer.yes)
        if heard.keys:
            return ReadBack(corrected=heard.keys) if len(heard.keys) > 1 and heard.keys.isdigit() else None
        digits = likeliest(corrections(heard.alternatives[0], told, around), fits)
        return ReadBack(corrected=digits) if digits else None

    return understand


def likeliest(numbers: Iterable[SpokenNumber], fits: Fits) -> str:
    """The digits of the first number that fits and is no stretch, else of the first of all; empty without any."""
    few = list(islice(numbers, LOOKED_AT))
    near = (number.digits for number in few if number.cost < few[0].cost + STRETCHED)
    return next(filter(fits, near), few[0].digits if few else "")
