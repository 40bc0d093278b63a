"""State and dates of a caller's requests: by the phone, an account or a request's number; no address, no phone."""

from dataclasses import dataclass
from itertools import islice

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, Jump, Question, Say
from ivr.domain.commands import FindAccount, FindRequests
from ivr.domain.requests import RequestTold, id_of
from ivr.flows.identify import account_number
from ivr.flows.opening import ASKS_WHEN
from ivr.flows.visit import Visit
from ivr.language.numbers import LOOKED_AT, spoken_numbers
from ivr.language.text import words

TRIES = 3
MOST = 3
"""So many requests are told, the open ones first; nobody keeps more in mind."""
REQUEST_WORDS = frozenset(words("номер заявка заявки заявку моя моей обращение обращения"))
"""Words that may stand around a request's number."""


@dataclass(frozen=True)
class NumberHeard:
    """The number of a request or an account; `unknown`: the caller knows neither."""

    request: str = ""
    account: str = ""
    unknown: bool = False


async def request_status(visit: Visit) -> str:
    """Those of the caller's phone or account; where there are none, those of a number that the caller gives."""
    found = await _own(visit)
    if not found:
        found = await _by_number(visit)
    for request in found[:MOST]:
        await Say(f"status_{request.state}", _slots(request))
    if visit.about == ASKS_WHEN and any(request.open for request in found):
        await Say("status_no_date")
    return "what_else"


async def _own(visit: Visit) -> tuple[RequestTold, ...]:
    phone = None if visit.by_number else visit.facts.caller
    account_id = visit.account.id if visit.account else None
    if phone is None and account_id is None:
        return ()
    return _in_order((await Do(FindRequests(phone, account_id))).requests)


async def _by_number(visit: Visit) -> tuple[RequestTold, ...]:
    await Say("status_none")
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
    account = next(iter((await Do(FindAccount(heard.account))).accounts), None)
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
    digits, unknown = visit.facts.account_digits, visit.grammars["unknown"]

    def understand(heard: Heard) -> NumberHeard | None:
        account = account_number(heard, digits)
        said = (
            [heard.keys] if heard.keys else [number for text in heard.alternatives for number in _said(text)]
        )
        request = next((number for number in said if id_of("request", number)), "")
        if request and len(account) != digits:
            return NumberHeard(request=request)
        if account:
            return NumberHeard(account=account)
        known = not any(unknown.match(text) == "unknown" for text in heard.alternatives)
        return None if known else NumberHeard(unknown=True)

    return Question(
        "status_of", NumberHeard, understand, Say("status_of"), grammar="number", timeout_s=10, pause_s=3
    )


def _said(text: str) -> list[str]:
    numbers = islice(spoken_numbers(text, REQUEST_WORDS), LOOKED_AT)
    return [number.digits for number in numbers]
