"""«Перезвоните мне»: a request with a number to ring, saved before anything else is said."""

from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, IfLeft, Jump, Question, Say
from ivr.domain.commands import TakeRequest
from ivr.flows.common import likeliest, read_back
from ivr.flows.visit import Visit
from ivr.language import wording
from ivr.language.numbers import PHONE_WORDS, spoken_numbers
from ivr.language.phones import russian_phone

TRIES = 3


@dataclass(frozen=True)
class PhoneHeard:
    """A phone as heard; `phone` is E.164, or empty where there is no such number."""

    phone: str


async def call_back(visit: Visit) -> str:
    """Which number to ring, then the request and its number."""
    phone = await _agree_on_phone(visit)
    taken = await Do(_request(visit, phone))
    await IfLeft(None)
    await Say("call_back_taken", {"request": taken.number, "phone": phone})
    return "what_else"


async def _agree_on_phone(visit: Visit) -> str:
    """The number that the caller calls from, or another one; each is read back."""
    question = Question(
        "phone", PhoneHeard, _understand, Say("phone"), grammar="number", timeout_s=10, pause_s=3
    )
    phone = visit.facts.caller
    id = "call_back_here" if phone else "phone_right"
    for _ in range(TRIES):
        phone = phone or (await ask(question)).phone
        if not phone:
            await Say("phone_wrong")
            continue
        # Who hangs up now is called back all the same; who goes on to something else has not asked for it.
        await IfLeft(_request(visit, phone), by_jump=False)
        answer = await read_back(
            visit, id, Say(id, {"phone": phone}), wording.phone(phone), PHONE_WORDS, _is_phone
        )
        if answer.yes:
            return phone
        await IfLeft(None)
        phone, id = russian_phone(answer.corrected), "phone_right"
    raise Jump("operator", reason="phone_unknown", question="phone")


def _request(visit: Visit, phone: str) -> TakeRequest:
    return TakeRequest("call_back", phone, visit.account.id if visit.account else None)


def _understand(heard: Heard) -> PhoneHeard | None:
    if heard.keys:
        return PhoneHeard(russian_phone(heard.keys) or "") if heard.keys.isdigit() else None
    numbers = (number for text in heard.alternatives for number in spoken_numbers(text, PHONE_WORDS))
    said = likeliest(numbers, _is_phone)
    return PhoneHeard(russian_phone(said) or "") if said else None


def _is_phone(digits: str) -> bool:
    return bool(russian_phone(digits))
