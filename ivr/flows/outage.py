"""No light: danger first; then a prepaid meter at zero, or an outage that is reported."""

from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, IfLeft, Question, Say
from ivr.domain.accounts import Account
from ivr.domain.commands import FindOutages, TakeRequest
from ivr.domain.requests import Details
from ivr.flows.common import kept, unknown, yes_no
from ivr.flows.identify import TAIL_DIGITS, account_number, account_of, known_accounts
from ivr.flows.opening import PLACE
from ivr.flows.operator import hand_over
from ivr.flows.phone import agree_on_phone
from ivr.flows.visit import Visit
from ivr.language.places import is_place
from ivr.language.text import words

TRIES = 2
"""Times that a place is asked for before the caller's words are taken as they are."""
OWN_TOPICS = frozenset({"outage", "contacts", "request_reprogramming"})
"""What free speech may sound like where an address or a time is told («у дома на Ленина»)."""
LONGEST = 200
"""Letters of an address or of «since when» that are kept."""


@dataclass(frozen=True)
class PlaceHeard:
    """Where there is no power: an address word for word, or the number of an account; neither: it is not known."""

    address: str = ""
    account: str = ""
    sure: bool = True
    """It looks like an address."""


@dataclass(frozen=True)
class SinceHeard:
    """Since when, word for word; empty: the caller does not know."""

    words: str = ""


@dataclass(frozen=True)
class _Place:
    account: Account | None = None
    address: str = ""
    sure: bool = True
    """False for words that may be no address: a person should ask again."""


async def danger(visit: Visit) -> str:
    """«Искрит», «горит», «провод на земле»: keep away, 112, an operator at once."""
    await Say("danger")
    return await hand_over(visit, "danger")


async def outage(visit: Visit) -> str:
    """«Отключился свет»."""
    address = visit.details.get(PLACE, "")[:LONGEST]
    said = _Place(address=address) if address else _Place(visit.account)
    await _stands(visit, said)
    if await yes_no(visit, "is_danger", Say("is_danger")):
        await IfLeft(None)
        return "danger"
    if await _may_be_prepaid(visit) and await yes_no(visit, "is_prepaid_dark", Say("is_prepaid_dark")):
        await IfLeft(None)
        return "prepaid_dark"
    place = said if said.address else await _place(visit)
    await _stands(visit, place)
    if await _announced(visit, place):
        await IfLeft(None)
        return "what_else"
    return await _report(visit, place)


async def _may_be_prepaid(visit: Visit) -> bool:
    """False where all that is known of the caller has meters without prepayment."""
    known = await known_accounts(visit)
    return not known or any(account.prepaid for account in known)


async def _place(visit: Visit) -> _Place:
    """The place of the caller's account, if it is that; else an address or another account, as the caller says it."""
    known = await known_accounts(visit)
    if len(known) == 1:
        here = Say("outage_here", {"tail": known[0].number[-TAIL_DIGITS:]})
        if await yes_no(visit, "outage_here", here):
            return _Place(known[0])
    place = _Place()
    for again in range(TRIES):
        heard = await ask(_place_question(visit))
        if heard.account:
            found = await account_of(heard.account)
            if found is not None:
                await Say("account_chosen", {"tail": found.number[-TAIL_DIGITS:]})
                return _Place(found)
        place = _Place(address=heard.account or heard.address, sure=heard.sure and not heard.account)
        if place.sure or again + 1 == TRIES:
            break
        await Say("account_not_found" if heard.account else "place_unclear")
    return place


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
    slots: dict[str, object] = {"until": until.time().isoformat("minutes")}
    if began and until.date() == visit.facts.today:
        await Say("outage_announced_today", slots)
    elif began:
        await Say("outage_announced", {**slots, "day": until.date().isoformat()})
    else:
        slots |= {"since": since.time().isoformat("minutes"), "first_day": since.date().isoformat()}
        await Say("outage_announced_later", {**slots, "day": until.date().isoformat()})
    if first.reason:
        await Say("outage_reason", {"reason": first.reason})
    return not await yes_no(visit, "report_anyway", Say("report_anyway"))


async def _report(visit: Visit, place: _Place) -> str:
    since = (await ask(_since_question(visit))).words
    await _stands(visit, place, since)

    def standing(_: str) -> IfLeft:
        return kept(_request(visit, visit.facts.caller, place, since))

    phone = await agree_on_phone(visit, "contact_here", standing)
    taken = await Do(_request(visit, phone, place, since))
    await IfLeft(None)
    await Say("outage_already" if taken.already else "outage_taken", {"request": taken.number})
    return await hand_over(visit, "outage")


async def _stands(visit: Visit, place: _Place, since: str = "") -> None:
    """Who goes away now, or is handed to a person, has reported it all the same, if the place or phone is known."""
    reachable = visit.facts.caller or place.account or place.address
    await kept(_request(visit, visit.facts.caller, place, since) if reachable else None)


def _request(visit: Visit, phone: str | None, place: _Place, since: str) -> TakeRequest:
    incomplete = not (place.account or place.address) or not place.sure or not since or not phone
    details = Details(incomplete=incomplete, address=place.address, since=since)
    return TakeRequest("outage", phone, place.account.id if place.account else None, details=details)


def _place_question(visit: Visit) -> Question[PlaceHeard]:
    digits = visit.facts.account_digits

    def understand(heard: Heard) -> PlaceHeard | None:
        number = account_number(heard, digits)
        if len(number) == digits:
            return PlaceHeard(account=number)
        named = (text for text in heard.alternatives if is_place(text))
        if (text := next(named, "")) and _own_words(visit, text):
            return PlaceHeard(address=text[:LONGEST])
        if unknown(visit.grammars["unknown"], heard):
            return PlaceHeard()
        text = next(iter(heard.alternatives), "")
        free = len(words(text)) > 1 and _own_words(visit, text)
        return PlaceHeard(address=text[:LONGEST], sure=False) if free else None

    return Question("place", PlaceHeard, understand, Say("place"), grammar="address", pause_s=3)


def _since_question(visit: Visit) -> Question[SinceHeard]:
    def understand(heard: Heard) -> SinceHeard | None:
        if unknown(visit.grammars["unknown"], heard):
            return SinceHeard()
        text = next(iter(heard.alternatives), "")
        return SinceHeard(text[:LONGEST]) if words(text) and _own_words(visit, text) else None

    return Question("since", SinceHeard, understand, Say("since"), grammar="since", pause_s=3)


def _own_words(visit: Visit, text: str) -> bool:
    """Whether an answer in free words is one: no «повторите», no «алло», nor another topic.

    «Час назад» is no «назад»: only the whole utterance counts as such a word.
    """
    commands = (visit.grammars[name] for name in ("everywhere", "manner", "yesno", "linking"))
    if any(grammar.match_whole(text) for grammar in commands):
        return False
    said = visit.topics.understand(text)
    return said.flow is None or said.other is not None or said.meaning in OWN_TOPICS
