"""State and dates of a caller's requests: by the phone, an account or a request's number; no address, no phone."""

from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, Jump, Question, Say
from ivr.domain.commands import FindRequests
from ivr.domain.requests import RequestTold, id_of
from ivr.flows.common import unknown
from ivr.flows.identify import account_number, account_of
from ivr.flows.opening import ASKS_TO_CANCEL, ASKS_WHEN, REQUEST, request_in
from ivr.flows.visit import Visit

TRIES = 3
MOST = 3
"""So many requests are told, the open ones first; nobody keeps more in mind."""
UNTOLD = {ASKS_WHEN: "status_no_date", ASKS_TO_CANCEL: "status_cannot_cancel"}
"""What is asked of an open request beside its state → what is said of it."""


@dataclass(frozen=True)
class NumberHeard:
    """The number of a request or an account; `unknown`: the caller knows neither."""

    request: str = ""
    account: str = ""
    unknown: bool = False


async def request_status(visit: Visit) -> str:
    """The one whose number was told; else those of the caller's phone or account, or of a number asked for."""
    found = await _told(visit.details.pop(REQUEST, "")) or await _own(visit) or await _by_number(visit)
    for request in found[:MOST]:
        await Say(f"status_{request.state}", _slots(request))
    if visit.about in UNTOLD and any(request.open for request in found):
        await Say(UNTOLD[visit.about])
    return "what_else"


async def _told(number: str) -> tuple[RequestTold, ...]:
    """The request whose number stood in the sentence that asked for its state."""
    found = (await Do(FindRequests(number=number))).requests if number else ()
    if number and not found:
        await Say("status_not_found")
    return found


async def _own(visit: Visit) -> tuple[RequestTold, ...]:
    phone = None if visit.by_number else visit.facts.caller
    account_id = visit.account.id if visit.account else None
    if phone is None and account_id is None:
        return ()
    found = _in_order((await Do(FindRequests(phone, account_id))).requests)
    if not found:
        await Say("status_none" if phone else "status_not_found")
    return found


async def _by_number(visit: Visit) -> tuple[RequestTold, ...]:
    for _ in range(TRIES):
        heard = await ask(_question(visit))
        if heard.unknown:
            break
        if found := _in_order(await _found(heard)):
            return found
        await Say("status_not_found")
    raise Jump("operator", reason="request_unknown", question="status_of")


async def _found(heard: NumberHeard) -> tuple[RequestTold, ...]:
    if heard.request:
        return (await Do(FindRequests(number=heard.request))).requests
    account = await account_of(heard.account)
    return (await Do(FindRequests(account_id=account.id))).requests if account else ()


def _in_order(found: tuple[RequestTold, ...]) -> tuple[RequestTold, ...]:
    """All open ones; without any, the last that was closed."""
    waiting = tuple(request for request in found if request.open)
    return waiting or found[:1]


def _slots(request: RequestTold) -> dict[str, object]:
    slots: dict[str, object] = {
        "request": request.number, "kind": f"kind.{request.kind}", "day": request.taken_on.isoformat(),
    }  # fmt: skip
    return slots if request.state == "new" else {**slots, "changed": request.changed_on.isoformat()}


def _question(visit: Visit) -> Question[NumberHeard]:
    digits = visit.facts.account_digits

    def understand(heard: Heard) -> NumberHeard | None:
        account = account_number(heard, digits)
        said = [request_in(text, alone=True) for text in heard.alternatives]
        if heard.keys:
            said = [heard.keys if id_of("request", heard.keys) else ""]
        request = next(filter(None, said), "")
        if request and len(account) != digits:
            return NumberHeard(request=request)
        if account:
            return NumberHeard(account=account)
        return NumberHeard(unknown=True) if unknown(visit.grammars["unknown"], heard) else None

    return Question(
        "status_of",
        NumberHeard,
        understand,
        Say("status_of"),
        grammar="number",
        digits=digits,
        timeout_s=10,
        pause_s=3,
    )
