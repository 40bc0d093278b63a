"""Handing in readings: each register is asked, read back, confirmed; and hearing the last ones."""

from dataclasses import replace

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, IfLeft, Jump, Say
from ivr.domain.accounts import Account
from ivr.domain.commands import Confirmed, ReadSheets, SubmitReadings
from ivr.domain.readings import Sheet, doubt, rolled_over
from ivr.flows.common import METER_TAIL, yes_no
from ivr.flows.identify import identify
from ivr.flows.opening import READING
from ivr.flows.reading_heard import ReadingHeard
from ivr.flows.reading_questions import read_back_question, reading_question, terms, which_question
from ivr.flows.visit import Visit

TRIES = 3
"""Values refused or impossible for one register before an operator helps."""


async def submit_readings(visit: Visit) -> str:
    """Take a reading of each register of the account, save them, tell the receipt's number."""
    account = await identify(visit)
    sheets = await _sheets(account)
    facts = visit.facts
    in_time = facts.window.is_open(facts.today)
    if not in_time:
        await Say("outside_window", {"first": facts.window.first_day, "last": facts.window.last_day})
    so_far = SubmitReadings(account.id, outside_window=not in_time)
    meter = ""
    for sheet in sheets:
        if sheet.meter_number != meter and len({s.meter_number for s in sheets}) > 1:
            await Say("meter", {"tail": sheet.meter_number[-METER_TAIL:]})
        meter = sheet.meter_number
        so_far = await _take_reading(visit, sheet, sheets, so_far)
        await IfLeft(so_far)  # what is confirmed is saved even if the caller goes away now
    receipt = await Do(so_far)
    await IfLeft(None)
    if receipt.saved:
        in_review = any(confirmed.in_review for confirmed in so_far.confirmed.values())
        await Say("readings_in_review" if in_review else "readings_saved", {"receipt": receipt.number})
    else:
        await Say("readings_kept")
    return "what_else"


async def last_readings(visit: Visit) -> str:
    """«Какие последние показания?», to an identified caller."""
    sheets = await _sheets(await identify(visit))
    for sheet in sheets:
        what = terms(sheet, sheets)["what"]
        if sheet.this_month is not None:
            await Say("last_reading_this_month", {"what": what, "value": sheet.this_month})
        elif sheet.last is None or sheet.last_on is None:
            await Say("last_reading_none", {"what": what})
        else:
            await Say("last_reading", {"what": what, "value": sheet.last, "day": sheet.last_on.isoformat()})
    return "what_else"


async def _sheets(account: Account) -> tuple[Sheet, ...]:
    """One a register; an account without any is an operator's business."""
    sheets = (await Do(ReadSheets(account.id))).sheets
    if not sheets:
        await Say("no_meters")
        raise Jump("operator", reason="no_meters")
    return sheets


async def _take_reading(
    visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], so_far: SubmitReadings
) -> SubmitReadings:
    """One register: asked, read back, confirmed. Returns what is confirmed so far, this one included."""
    value = await _from_last_call(visit, sheet, sheets)
    if value is None:
        value = _told_before(visit, sheet, sheets)
    if value is None:
        value = await _ask_value(visit, sheet, sheets, again=False)
    tries = 1
    while value is not None:
        await IfLeft(replace(so_far, unconfirmed={sheet.register.id: value}))
        answer = await ask(read_back_question(visit, sheet, sheets, value))
        if answer.yes:
            limits, today = visit.facts.limits, visit.facts.today
            confirmed = Confirmed(
                value,
                in_review=doubt(value, sheet, today, limits) is not None,
                rolled_over=rolled_over(value, sheet, today, limits),
            )
            return replace(so_far, confirmed={**so_far.confirmed, sheet.register.id: confirmed})
        await IfLeft(so_far)
        tries += 1
        if tries > TRIES:
            raise Jump("operator", reason="reading_disputed", question=f"reading/{sheet.register.id}")
        value = await _heard_value(visit, sheet, sheets, answer.corrected)
        if value is None:
            value = await _ask_value(visit, sheet, sheets, again=True)
    return so_far


def _told_before(visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...]) -> int | None:
    """A reading said with the topic, before it was asked for, where it can only be of this register."""
    digits = visit.details.pop(READING, "")
    alone = len(sheets) == 1 and sheet.this_month is None
    return int(digits) if alone and 0 < len(digits) <= sheet.register.digits else None


async def _ask_value(visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], *, again: bool) -> int | None:
    """A value that the register can show, or None where the reading of this month is to stay."""
    if sheet.this_month is not None and not again:
        await Say("already_given", {**terms(sheet, sheets), "value": sheet.this_month})
    for _ in range(TRIES):
        heard = await ask(reading_question(visit, sheet, sheets, again=again))
        if heard.keep:
            return None
        value = await _heard_value(visit, sheet, sheets, heard)
        if value is not None:
            return value
        again = True
    raise Jump("operator", reason="reading_disputed", question=f"reading/{sheet.register.id}")


async def _heard_value(
    visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...], heard: ReadingHeard | None
) -> int | None:
    """What was heard as a value, with what the caller should know of it said before the read-back."""
    if heard is None:
        return None
    if heard.value is not None and heard.other is not None:
        heard = await ask(which_question(visit, sheet, sheets, heard.value, heard.other))
    if heard.value is None:
        await Say("reading_too_long", {"digits": sheet.register.digits, "heard": heard.length})
    elif heard.dropped:
        await Say("reading_decimals_dropped")
    return heard.value


async def _from_last_call(visit: Visit, sheet: Sheet, sheets: tuple[Sheet, ...]) -> int | None:
    """A value read back in an earlier call that broke off: the caller may take it up again."""
    if sheet.unconfirmed is None:
        return None
    slots = {**terms(sheet, sheets), "value": sheet.unconfirmed}
    if await yes_no(visit, f"unconfirmed/{sheet.register.id}", Say("unconfirmed", slots)):
        return sheet.unconfirmed
    return None
