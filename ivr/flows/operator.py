"""Handing the call to a person, and what follows when nobody comes."""

from ivr.dialogue.steps import Say, Transfer
from ivr.flows.common import yes_no
from ivr.flows.visit import Visit


async def operator(visit: Visit) -> str:
    """At the word «оператор», or where the line cannot help."""
    if visit.reason in ("not_understood", "account_unknown", "reading_disputed"):
        await Say(f"operator_{visit.reason}")
    return await hand_over(visit, visit.reason or "asked")


async def rescue(visit: Visit) -> str:
    """The script failed: a sentence, and an operator with all that is known."""
    await Say("rescue")
    return await hand_over(visit, "rescue")


async def hand_over(visit: Visit, reason: str) -> str:
    """One transfer, and the flow that follows its outcome."""
    await Say("operator_connecting")
    outcome = await Transfer(reason, visit.brief())
    return outcome.kind if outcome.kind in ("call_back", "nobody") else "what_else"


async def nobody(visit: Visit) -> str:
    """Nobody came: a call back is offered."""
    if await yes_no(visit, "call_back_offer", Say("call_back_offer")):
        return "call_back"
    return "what_else"
