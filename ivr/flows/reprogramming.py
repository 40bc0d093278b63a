"""Requests to reprogram a prepaid meter, before the money is used up and the power is cut."""

from dataclasses import replace

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, IfLeft, Say
from ivr.domain.accounts import Account, Meter
from ivr.domain.commands import ChooseAccount, FindRequests, RequestTaken, TakeRequest
from ivr.domain.requests import RequestTold
from ivr.flows.choosing import choice_question
from ivr.flows.common import METER_TAIL, kept, yes_no
from ivr.flows.identify import identify, known_accounts, known_by_phone
from ivr.flows.opening import ASKS_ABOUT_CARDS, ASKS_DEADLINE
from ivr.flows.operator import hand_over
from ivr.flows.phone import agree_on_phone
from ivr.flows.prepaid import Left, ask_left, left_of, told_urgent
from ivr.flows.visit import Visit


async def request_reprogramming(visit: Visit) -> str:
    """The meter, the money and the time left, a number to reach the caller by; saved, and what comes of it told."""
    left = left_of(visit.details)
    if left.urgent(visit.facts.now):
        return await _take_urgent(visit, left, await _own_account(visit))
    if visit.about == ASKS_ABOUT_CARDS:
        await Say("payment_cards")
        await Say("payment_cards_stopped")
    elif visit.about == ASKS_DEADLINE:
        await Say("reprogramming_deadline")
    await _stands(visit, None, None, left)
    account = await identify(visit)
    meter = await _prepaid_meter(visit, account)
    if meter is None:
        return await _nothing_to_do(visit, account)
    if (request := await _open_request(account, meter)) is not None:
        return await _told_again(visit, account, meter, left, request)
    await _stands(visit, account, meter, left)
    left = await ask_left(visit, left)
    if left.urgent(visit.facts.now):
        return await _take_urgent(visit, left, account, meter)
    await _stands(visit, account, meter, left)
    return await _take(visit, account, meter, left)


async def prepaid_dark(visit: Visit) -> str:
    """A prepaid meter at zero, or dark: the request is saved first, with whatever is known; then an operator."""
    left = left_of(visit.details)
    if left.lasts(visit.facts.now):
        return await request_reprogramming(visit)
    account = await _own_account(visit)
    if account is None and (other := await _not_prepaid(visit)) is not None:
        await _tell_why_not(other)
        return await hand_over(visit, "prepaid_dark")  # who is in the dark is heard out all the same
    return await _take_urgent(visit, left, account)


async def _take(visit: Visit, account: Account, meter: Meter, left: Left) -> str:
    request = _request(visit, account, meter, left)

    phone = await agree_on_phone(visit, "contact_here", lambda _: kept(request))
    taken = await Do(replace(request, phone=phone))
    await IfLeft(None)
    await Say("reprogramming_taken", {"request": taken.number})
    await Say("reprogramming_promise")
    return "what_else"


async def _take_urgent(
    visit: Visit, left: Left, account: Account | None, meter: Meter | None = None, *, told: bool = False
) -> str:
    """Saved before anything else is said or asked; an operator asks for the rest. `told`: its number is known."""
    taken = await Do(replace(_request(visit, account, meter, left), urgent=True))
    if told:
        await Say("urgent_marked")
    else:
        await _tell_urgent(taken)
    await IfLeft(None)
    visit.open_question = "" if account else "account"
    visit.missing = (*left.missing, *(() if visit.facts.caller else ("phone",)))
    return await hand_over(visit, "prepaid_dark")


async def _own_account(visit: Visit) -> Account | None:
    """The prepaid account of the caller, if it needs no question."""
    if visit.account is None:
        known = [account for account in await known_by_phone(visit) if account.prepaid]
        if len(known) == 1:
            await Do(ChooseAccount(known[0].id))
            visit.account = known[0]
    return visit.account if visit.account and visit.account.prepaid else None


async def _prepaid_meter(visit: Visit, account: Account) -> Meter | None:
    """The account's prepaid meter; of several, the one that the caller names."""
    prepaid = [meter for meter in account.meters if meter.prepaid]
    if len(prepaid) < 2:
        return next(iter(prepaid), None)
    await Say("prepaid_meters")
    for key, meter in enumerate(prepaid, start=1):
        await Say("meter_item", {"tail": meter.number[-METER_TAIL:], "key": key})
    numbers = tuple(meter.number for meter in prepaid)
    return prepaid[(await ask(choice_question(visit, "meter_choice", numbers))).index]


async def _nothing_to_do(visit: Visit, account: Account) -> str:
    """Reprogrammed already, with the date; or no prepaid meter at all."""
    await IfLeft(None)
    done = await _tell_why_not(account)
    if done and await yes_no(visit, "after_offer", Say("after_offer")):
        return "after_reprogramming"
    return "what_else"


async def _tell_why_not(account: Account) -> bool:
    """Whether it was reprogrammed once, said with the date; else that there is no prepaid meter."""
    done = [meter.reprogrammed_on for meter in account.meters if meter.reprogrammed_on]
    if not done:
        await Say("not_prepaid")
        return False
    await Say("already_reprogrammed", {"day": max(done).isoformat()})
    return True


async def _not_prepaid(visit: Visit) -> Account | None:
    """The one account that is known of the caller, where nothing is prepaid in it."""
    known = await known_accounts(visit)
    return known[0] if len(known) == 1 and not known[0].prepaid and known[0].meters else None


async def _open_request(account: Account, meter: Meter) -> RequestTold | None:
    found = (await Do(FindRequests(account_id=account.id))).requests
    fitting = (
        one for one in found if one.kind == "reprogramming" and one.open and one.meter_id in (None, meter.id)
    )
    return next(fitting, None)


async def _told_again(visit: Visit, account: Account, meter: Meter, left: Left, request: RequestTold) -> str:
    """A second request for the same meter: the first one's number and state, and whether it has become urgent."""
    await IfLeft(None)
    day, state = request.taken_on.isoformat(), f"state.{request.state}"
    await Say("request_already", {"day": day, "state": state, "request": request.number})
    asked = Say("is_urgent_now")
    if request.urgent or not await yes_no(visit, "is_urgent_now", asked, told_urgent(visit)):
        return "what_else"
    return await _take_urgent(visit, left, account, meter, told=True)


async def _stands(visit: Visit, account: Account | None, meter: Meter | None, left: Left) -> None:
    """Who goes away now, or is handed to a person, has left a request all the same, if they can be reached."""
    reachable = visit.facts.caller or account
    await kept(_request(visit, account, meter, left) if reachable else None)


def _request(visit: Visit, account: Account | None, meter: Meter | None, left: Left) -> TakeRequest:
    details = left.details(meter.id if meter else None)
    return TakeRequest("reprogramming", visit.facts.caller, account.id if account else None, details=details)


async def _tell_urgent(taken: RequestTaken) -> None:
    if not taken.already:
        await Say("urgent_taken", {"request": taken.number})
        return
    day, state = taken.taken_on.isoformat(), f"state.{taken.state}"
    await Say("urgent_already", {"request": taken.number, "day": day, "state": state})
