"""The two questions of a reading: what the register shows, and whether it was heard right."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.steps import Heard, Question, Say
from ivr.domain.readings import Sheet, doubt
from ivr.flows.common import begun_yes_no, understand_yes_no
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar
from ivr.language.numbers import SpokenNumber, correction, spoken_numbers

DECIMAL_KEY = "*"
MONEY = "rub"
USUAL_ZONES = (("T",), ("T1", "T2"), ("T1", "T2", "T3"))
"""Sets of zones whose names people know: day and night; peak, night and half-peak."""


@dataclass(frozen=True)
class ReadingHeard:
    """A reading as heard: whole kWh, or None where no number of that length can stand on the register."""

    value: int | None = None
    length: int = 0
    dropped: str = ""
    """Digits after the point; they are no part of a reading."""
    keep: bool = False
    """The reading given this month is to stay."""


@dataclass(frozen=True)
class ReadBack:
    """The answer to a read-back: yes, no, or another value in the same breath."""

    yes: bool = False
    corrected: ReadingHeard | None = None


def terms(sheet: Sheet, sheets: tuple[Sheet, ...]) -> dict[str, object]:
    """How this register is called, and how its reading is taken. Words stand in the prompts."""
    zones = tuple(other.register.zone for other in sheets if other.meter_number == sheet.meter_number)
    usual = f"{len(zones)}." if zones in USUAL_ZONES else ""
    how = "stk3" if sheet.meter_type.upper().startswith("СТК3") else "other"
    return {"what": f"register.{usual}{sheet.register.zone}", "how": f"how.{how}"}


def reading_question(
    visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], *, again: bool
) -> Question[ReadingHeard]:
    """What does the register show?"""
    correcting = sheet.this_month is not None and not again
    prompt = "reading_again" if again else "reading_or_keep" if correcting else "reading"
    return Question(
        f"reading/{sheet.register.id}",
        ReadingHeard,
        _understand_reading(sheet, visit.grammars["keep"] if sheet.this_month is not None else None),
        Say(prompt, {**terms(sheet, sheets), "digits": sheet.register.digits}),
        grammar="number",
        zero_is_value=True,
        timeout_s=12,
        pause_s=3,
    )


def read_back_question(
    visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], value: int
) -> Question[ReadBack]:
    """«Вы сказали …. Верно?», with the doubt where there is one.

    Several keys are another value: were one key enough, the first of them would say yes (1) to the wrong one.
    """
    reason = doubt(value, sheet, visit.facts.today, visit.facts.limits)
    slots = {**terms(sheet, sheets), "value": value}
    if reason is not None:
        slots["last"] = sheet.last
    return Question(
        f"read_back/{sheet.register.id}",
        ReadBack,
        _understand_read_back(sheet, visit.grammars["yesno"]),
        Say("read_back" if reason is None else f"read_back_{reason}", slots),
        begun_yes_no(visit.grammars["yesno"]),
        grammar="yesno",
        timeout_s=5,
    )


def _understand_reading(sheet: Sheet, keep: Grammar | None) -> Callable[[Heard], ReadingHeard | None]:
    def understand(heard: Heard) -> ReadingHeard | None:
        if keep is not None and heard.keys and keep.by_key(heard.keys):
            return ReadingHeard(keep=True)
        if heard.keys:
            return _by_keys(sheet, heard.keys)
        if keep is not None and keep.match_whole(heard.alternatives[0]):
            return ReadingHeard(keep=True)
        return _best(sheet, [n for text in heard.alternatives for n in spoken_numbers(text)])

    return understand


def _understand_read_back(sheet: Sheet, grammar: Grammar) -> Callable[[Heard], ReadBack | None]:
    yes_no = understand_yes_no(grammar)

    def understand(heard: Heard) -> ReadBack | None:
        if (answer := yes_no(heard)) is not None:
            return ReadBack(answer.yes)
        if heard.keys:
            corrected = _by_keys(sheet, heard.keys) if len(heard.keys) > 1 else None
        else:
            corrected = _best(sheet, _numbers(heard.alternatives[0]))
        return None if corrected is None else ReadBack(corrected=corrected)

    return understand


def _numbers(text: str) -> list[SpokenNumber]:
    """A number said alone, or after a no."""
    return list(spoken_numbers(text)) or list(spoken_numbers(correction(text) or ""))


def _by_keys(sheet: Sheet, keys: str) -> ReadingHeard | None:
    whole, _, decimals = keys.partition(DECIMAL_KEY)
    if not whole.isdigit() or (decimals and not decimals.isdigit()):
        return None
    return _best(sheet, [SpokenNumber(whole, 0.0, decimals or None)])


def _best(sheet: Sheet, numbers: list[SpokenNumber]) -> ReadingHeard | None:
    """The likeliest number that fits the register; where none does, how long the likeliest was. No money."""
    numbers = [number for number in numbers if number.unit != MONEY]
    if not numbers:
        return None
    fitting = [number for number in numbers if len(number.digits) <= sheet.register.digits]
    if not fitting:
        return ReadingHeard(length=len(numbers[0].digits))
    best = min(fitting, key=lambda number: number.cost)
    return ReadingHeard(int(best.digits), len(best.digits), best.dropped or "")
