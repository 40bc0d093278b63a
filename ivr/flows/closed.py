"""Outside the operators' hours: when they work next, and a call back instead of a queue with nobody in it."""

from ivr.dialogue.steps import Say
from ivr.domain.calls import MOSCOW, CallFacts
from ivr.flows.common import yes_no
from ivr.flows.visit import Visit

URGENT = frozenset({"danger", "prepaid_dark"})
"""Why an operator is called at any hour."""
DANGER_WAITING = "danger_waiting"
"""The flow of who speaks of danger in the queue; they have heard the sentence already."""
DANGER_NOBODY = "danger_nobody"
"""The flow of whose danger could not be written, and to whom nobody came."""
OFFER = "closed_offer"


def closed_for(facts: CallFacts, reason: str) -> bool:
    """Whether nobody is to be called for that reason now."""
    return not facts.operators_open and reason not in URGENT


async def closed(visit: Visit, reason: str) -> str:
    """When they work, and the flow that follows. Who does not answer the offer itself is asked nothing more."""
    await Say(*_when(visit.facts))
    if reason == "phone_unknown":
        return "what_else"  # a call back is what has just failed
    if reason == "not_understood" and visit.open_question == OFFER:
        return "goodbye"
    return "call_back" if await yes_no(visit, OFFER, Say(OFFER)) else "what_else"


def _when(facts: CallFacts) -> tuple[str, dict[str, object]]:
    """The sentence with when they work next, counted from the day on which the call began."""
    if facts.operators_from is None:
        return "operators_closed", {}
    begins = facts.operators_from.astimezone(MOSCOW)
    slots: dict[str, object] = {"time": begins.time().isoformat("minutes")}
    days = (begins.date() - facts.today).days
    if days < 2:
        return ("operators_closed_tomorrow" if days else "operators_closed_today"), slots
    on = {"weekday": f"on_weekday.{begins.isoweekday()}", "day": begins.date().isoformat()}
    return "operators_closed_on", {**on, **slots}
