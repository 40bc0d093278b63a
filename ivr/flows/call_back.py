"""«Перезвоните мне»: a request with a number to ring, saved before anything else is said."""

from ivr.dialogue.steps import Do, IfLeft, Say
from ivr.domain.commands import TakeRequest
from ivr.flows.phone import agree_on_phone
from ivr.flows.visit import Visit


async def call_back(visit: Visit, *, urgent: bool = False) -> str:
    """Which number to ring, then the request and its number."""

    def standing(phone: str) -> IfLeft:
        """Who hangs up now is called back all the same; who goes on to something else has not asked for it."""
        return IfLeft(call_back_request(visit, phone, urgent=urgent) if phone else None, by_jump=False)

    phone = await agree_on_phone(visit, "call_back_here", standing)
    taken = await Do(call_back_request(visit, phone, urgent=urgent))
    await IfLeft(None)
    await Say("call_back_taken", {"request": taken.number, "phone": phone})
    return "what_else"


def call_back_request(visit: Visit, phone: str, *, urgent: bool = False) -> TakeRequest:
    """A wish to be rung on that number (E.164)."""
    return TakeRequest("call_back", phone, visit.account.id if visit.account else None, urgent=urgent)
