"""What this call has saved, and goodbye with it."""

from itertools import zip_longest

from ivr.dialogue.steps import Do, Say
from ivr.domain.commands import LookUpSaved, Saved
from ivr.flows.common import METER_TAIL, yes_no
from ivr.flows.visit import Visit


async def goodbye(visit: Visit) -> str:
    """A summary of what was saved, then the line hangs up."""
    await _tell(await Do(LookUpSaved()))
    await Say("goodbye")
    return "end"


async def cancelled(visit: Visit) -> str:
    """«Не надо, передумал»: what was being asked is dropped."""
    await Say("cancelled")
    return "what_else"


async def saved(visit: Visit) -> str:
    """«Назад» that has nothing to take back: what is saved, and an offer to correct it."""
    await Say("back_is_saved")
    found = await Do(LookUpSaved())
    await _tell(found)
    mine = visit.account is not None and {reading.account_id for reading in found.readings} == {
        visit.account.id
    }
    if mine and await yes_no(visit, "correct_offer", Say("correct_offer")):
        visit.named = False  # whose readings they are is said once more
        return "submit_readings"
    return "what_else"


async def _tell(found: Saved) -> None:
    several = len({reading.meter for reading in found.readings}) > 1
    for reading in found.readings:
        if several:
            await Say("summary_meter", {"tail": reading.meter[-METER_TAIL:]})
        slots = {"zone": f"zone.{reading.zone}", "value": reading.value}
        await Say(f"summary_reading_{reading.state}", slots)
    for receipt in found.receipts:
        await Say("summary_receipt", {"receipt": receipt})
    for request, kind in zip_longest(found.requests, found.kinds):
        of = {"kind": f"kind.{kind}"} if kind else {}  # an old journal tells the numbers alone
        await Say("summary_request_of" if kind else "summary_request", {"request": request, **of})
