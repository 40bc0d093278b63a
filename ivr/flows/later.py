"""Topics that the line cannot hold yet: it says so in one sentence and offers the operator."""

from ivr.dialogue.steps import Jump, Say
from ivr.flows.common import yes_no
from ivr.flows.visit import Visit


async def later(visit: Visit) -> str:
    """Any such topic."""
    return await offer_operator(visit)


async def offer_operator(visit: Visit) -> str:
    """«Это пока умеет только оператор. Соединить?»"""
    if await yes_no(visit, "operator_offer", Say("operator_offer", {"topic": f"topic.{visit.topic}"})):
        raise Jump("operator", reason="topic")
    return "what_else"
