"""No light: danger first, then a prepaid meter at zero; both reach an operator at once."""

from ivr.dialogue.steps import Do, Say
from ivr.domain.commands import ChooseAccount, TakeRequest
from ivr.flows.common import yes_no
from ivr.flows.identify import known_by_phone
from ivr.flows.later import offer_operator
from ivr.flows.operator import hand_over
from ivr.flows.visit import Visit


async def danger(visit: Visit) -> str:
    """«Искрит», «горит», «провод на земле»: keep away, 112, an operator at once."""
    await Say("danger")
    return await hand_over(visit, "danger")


async def prepaid_dark(visit: Visit) -> str:
    """A prepaid meter at zero, or dark: the request is saved first, with whatever is known; then an operator."""
    if visit.account is None:
        known = [account for account in await known_by_phone(visit) if account.prepaid]
        if len(known) == 1:
            await Do(ChooseAccount(known[0].id))
            visit.account = known[0]
    account_id = visit.account.id if visit.account and visit.account.prepaid else None
    taken = await Do(TakeRequest("reprogramming", visit.facts.caller, account_id, urgent=True))
    if taken.already:
        slots: dict[str, object] = {
            "request": taken.number,
            "day": taken.taken_on.isoformat(),
            "state": f"state.{taken.state}",
        }
        await Say("urgent_already", slots)
    else:
        await Say("urgent_taken", {"request": taken.number})
    visit.open_question = "" if visit.account else "account"
    return await hand_over(visit, "prepaid_dark")


async def outage(visit: Visit) -> str:
    """«Отключился свет»."""
    if await yes_no(visit, "is_danger", Say("is_danger")):
        return "danger"
    if await yes_no(visit, "is_prepaid_dark", Say("is_prepaid_dark")):
        return "prepaid_dark"
    return await offer_operator(visit)


async def request_reprogramming(visit: Visit) -> str:
    """A request that can wait comes with a later issue; one at zero is taken now."""
    if await yes_no(visit, "is_at_zero", Say("is_at_zero")):
        return "prepaid_dark"
    return await offer_operator(visit)
