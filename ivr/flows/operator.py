"""Handing the call to a person, and what follows when nobody comes."""

from ivr.dialogue.steps import Do, Say, Transfer
from ivr.flows.call_back import call_back, call_back_request
from ivr.flows.closed import URGENT, closed, closed_for
from ivr.flows.common import yes_no
from ivr.flows.visit import Visit


async def operator(visit: Visit) -> str:
    """At the word «оператор», or where the line cannot help."""
    if visit.reason in ("not_understood", "account_unknown", "reading_disputed", "request_unknown"):
        await Say(f"operator_{visit.reason}")
    return await hand_over(visit, visit.reason or "asked")


async def rescue(visit: Visit) -> str:
    """The script failed: a sentence, and an operator with all that is known."""
    await Say("rescue")
    return await hand_over(visit, "rescue")


async def danger_waiting(visit: Visit) -> str:
    """Danger, told in the queue: whoever is on duty rings at once."""
    return await hand_over(visit, "danger", duty_first=True)


async def danger_nobody(visit: Visit) -> str:
    """Danger that could not be written, and nobody came."""
    return await _urgent_call_back(visit, "danger")


async def hand_over(visit: Visit, reason: str, *, duty_first: bool = False) -> str:
    """One transfer, and the flow that follows its outcome; none where nobody works.

    Where something is urgent, duty rings first if that is asked for, or no operator works.
    """
    if closed_for(visit.facts, reason):
        return await closed(visit, reason)
    await Say("operator_connecting")
    duty_first = reason in URGENT and (duty_first or not visit.facts.operators_open)
    outcome = await Transfer(reason, visit.brief(), duty_first)
    if reason in URGENT and outcome.kind == "nobody":
        return await _urgent_call_back(visit, reason)
    if reason in URGENT and outcome.kind == "call_back":
        return await call_back(visit, urgent=True)
    return outcome.kind if outcome.kind in ("call_back", "nobody") else "what_else"


async def _urgent_call_back(visit: Visit, reason: str) -> str:
    """Neither an operator nor anybody on duty came: we ring back, and nobody is asked whether they want it."""
    phone = visit.facts.caller
    if phone:
        taken = await Do(call_back_request(visit, phone, urgent=True))
        await Say("duty_nobody")
        await Say("duty_call_back", {"request": taken.number, "phone": phone})
    else:
        await Say("duty_nobody")
    if reason == "danger":
        await Say("danger")
    return "what_else" if phone else await call_back(visit, urgent=True)


async def nobody(visit: Visit) -> str:
    """Nobody came: a call back is offered."""
    if await yes_no(visit, "call_back_offer", Say("call_back_offer")):
        return "call_back"
    return "what_else"
