"""No light: danger first; then a prepaid meter at zero, or an outage that is reported."""

from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, IfLeft, Question, Say
from ivr.domain.accounts import Account
from ivr.domain.commands import FindAccount, FindOutages, TakeRequest
from ivr.domain.requests import Details
from ivr.flows.common import yes_no
from ivr.flows.identify import TAIL_DIGITS, account_number, known_by_phone
from ivr.flows.operator import hand_over
from ivr.flows.phone import agree_on_phone
from ivr.flows.visit import Visit
from ivr.language.places import is_place
from ivr.language.text import words

LONGEST = 200
"""Letters of an address or of «since when» that are kept."""


@dataclass(frozen=True)
class PlaceHeard:
    """Where there is no power: an address word for word, or the number of an account."""

    address: str = ""
    account: str = ""


@dataclass(frozen=True)
class SinceHeard:
    """Since when, word for word; empty: the caller does not know."""

    words: str = ""


@dataclass(frozen=True)
class _Place:
    account: Account | None = None
    address: str = ""


async def danger(visit: Visit) -> str:
    """«Искрит», «горит», «провод на земле»: keep away, 112, an operator at once."""
    await Say("danger")
    return await hand_over(visit, "danger")


async def outage(visit: Visit) -> str:
    """«Отключился свет»."""
    if await yes_no(visit, "is_danger", Say("is_danger")):
        return "danger"
    if await _may_be_prepaid(visit) and await yes_no(visit, "is_prepaid_dark", Say("is_prepaid_dark")):
        return "prepaid_dark"
    await _stands(visit, _Place(visit.account))
    place = await _place(visit)
    await _stands(visit, place)
    if await _announced(visit, place):
        await IfLeft(None)
        return "what_else"
    return await _report(visit, place)


async def _may_be_prepaid(visit: Visit) -> bool:
    """False where all that is known of the caller has meters without prepayment."""
    known = (visit.account,) if visit.account else await known_by_phone(visit)
    return not known or any(account.prepaid for account in known)


async def _place(visit: Visit) -> _Place:
    """The place of the caller's account, if it is that; else an address or another account, as the caller says it."""
    account = visit.account or next(iter(await _only(visit)), None)
    if account is not None:
        here = Say("outage_here", {"tail": account.number[-TAIL_DIGITS:]})
        if await yes_no(visit, "outage_here", here):
            return _Place(account)
    heard = await ask(_place_question(visit))
    if heard.account:
        found = (await Do(FindAccount(heard.account))).accounts
        return _Place(next(iter(found), None), heard.account)
    return _Place(address=heard.address)


async def _only(visit: Visit) -> tuple[Account, ...]:
    known = await known_by_phone(visit)
    return known if len(known) == 1 else ()


async def _announced(visit: Visit, place: _Place) -> bool:
    """Tell of an announced outage at that place; whether that was all that the caller wanted."""
    account_id = place.account.id if place.account else None
    found = (await Do(FindOutages(account_id, place.address))).outages
    if not found:
        return False
    first = found[0]
    began = first.starts_at <= visit.facts.now
    until = first.ends_at.astimezone(visit.facts.now.tzinfo)
    since = first.starts_at.astimezone(visit.facts.now.tzinfo)
    slots: dict[str, object] = {"until": until.time().isoformat("minutes"), "day": until.date().isoformat()}
    if not began:
        slots |= {"since": since.time().isoformat("minutes"), "first_day": since.date().isoformat()}
    await Say("outage_announced" if began else "outage_announced_later", slots)
    if first.reason:
        await Say("outage_reason", {"reason": first.reason})
    return not await yes_no(visit, "report_anyway", Say("report_anyway"))


async def _report(visit: Visit, place: _Place) -> str:
    since = (await ask(_since_question(visit))).words
    await _stands(visit, place, since)

    def standing(_: str) -> IfLeft:
        return IfLeft(_request(visit, visit.facts.caller, place, since), by_jump=False, by_operator=True)

    phone = await agree_on_phone(visit, "contact_here", standing)
    taken = await Do(_request(visit, phone, place, since))
    await IfLeft(None)
    await Say("outage_already" if taken.already else "outage_taken", {"request": taken.number})
    return await hand_over(visit, "outage")


async def _stands(visit: Visit, place: _Place, since: str = "") -> None:
    """Who goes away now, or is handed to a person, has reported it all the same, if the place or phone is known."""
    reachable = visit.facts.caller or place.account or place.address
    request = _request(visit, visit.facts.caller, place, since) if reachable else None
    await IfLeft(request, by_jump=False, by_operator=True)


def _request(visit: Visit, phone: str | None, place: _Place, since: str) -> TakeRequest:
    incomplete = not (place.account or place.address) or not since or not phone
    details = Details(incomplete=incomplete, address=place.address, since=since)
    return TakeRequest("outage", phone, place.account.id if place.account else None, details=details)


def _place_question(visit: Visit) -> Question[PlaceHeard]:
    digits = visit.facts.account_digits

    def understand(heard: Heard) -> PlaceHeard | None:
        number = account_number(heard, digits)
        if len(number) == digits:
            return PlaceHeard(account=number)
        named = (text for text in heard.alternatives if is_place(text))
        return next((PlaceHeard(address=text[:LONGEST]) for text in named), None)

    return Question(
        "place", PlaceHeard, understand, Say("place"), guess=_guess_place, grammar="address", pause_s=3
    )


def _guess_place(heard: Heard) -> PlaceHeard | None:
    """Whatever else was said where a place was asked for, from two words on."""
    text = next(iter(heard.alternatives), "")
    return PlaceHeard(address=text[:LONGEST]) if len(words(text)) > 1 else None


def _since_question(visit: Visit) -> Question[SinceHeard]:
    unknown = visit.grammars["unknown"]

    def understand(heard: Heard) -> SinceHeard | None:
        known = not any(unknown.match(text) == "unknown" for text in heard.alternatives)
        return None if known else SinceHeard()

    def guess(heard: Heard) -> SinceHeard | None:
        text = next(iter(heard.alternatives), "")
        return SinceHeard(text[:LONGEST]) if words(text) else None

    return Question("since", SinceHeard, understand, Say("since"), guess=guess, grammar="since", pause_s=3)
