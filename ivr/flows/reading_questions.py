"""The questions of a reading: what the register shows, which of two was meant, and whether it was heard right."""

from ivr.dialogue.steps import Question, Say
from ivr.domain.readings import Sheet, doubt
from ivr.flows.common import begun_yes_no
from ivr.flows.reading_heard import ReadBack, ReadingEars, ReadingHeard
from ivr.flows.visit import Visit
from ivr.language import wording

USUAL_ZONES = (("T",), ("T1", "T2"), ("T1", "T2", "T3"))
"""Sets of zones whose names people know: day and night; peak, night and half-peak."""


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
    ears = ReadingEars(visit, sheet)
    prompt = "reading_again" if again else "reading_or_keep" if correcting else "reading"
    return Question(
        f"reading/{sheet.register.id}",
        ReadingHeard,
        ears.reading,
        Say(prompt, {**terms(sheet, sheets), "digits": sheet.register.digits}),
        guess=ears.guess,
        grammar="number",
        zero_is_value=True,
        digits=sheet.register.digits,
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
        ReadingEars(visit, sheet).read_back(value),
        Say("read_back" if reason is None else f"read_back_{reason}", slots),
        begun_yes_no(visit.grammars["yesno"]),
        grammar="yesno",
        digits=sheet.register.digits,
        timeout_s=5,
    )


def which_question(
    visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], first: int, second: int
) -> Question[ReadingHeard]:
    """«Пятьдесят или пятнадцать?»: two values were heard, one as likely as the other."""
    words = dict(zip(("first", "second"), wording.told_apart(first, second), strict=True))
    return Question(
        f"which/{sheet.register.id}",
        ReadingHeard,
        ReadingEars(visit, sheet).which(first, second),
        Say("reading_which", {**terms(sheet, sheets), **words}),
        grammar="number",
        digits=sheet.register.digits,
        timeout_s=8,
    )
