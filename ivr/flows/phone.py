"""A phone to reach the caller by: the one they call from, or another; each is read back."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, IfLeft, Jump, Question, Say
from ivr.flows.common import likeliest, read_back
from ivr.flows.visit import Visit
from ivr.language import wording
from ivr.language.numbers import PHONE_WORDS, spoken_numbers
from ivr.language.phones import russian_phone

TRIES = 3
DIGITS = 11
"""Of a Russian number, its 8 or 7 among them."""

Standing = Callable[[str], IfLeft]
"""What is to be written if the caller goes away: with this number, read back but not confirmed; with "", none."""


@dataclass(frozen=True)
class PhoneHeard:
    """A phone as heard; `phone` is E.164, or empty where there is no such number."""

    phone: str
    this: bool = False
    """The one that they call from."""


async def agree_on_phone(visit: Visit, here: str, standing: Standing) -> str:
    """The number, E.164. `here`: the prompt that offers the one they call from. Raises Jump after three tries."""

    def understand(heard: Heard) -> PhoneHeard | None:
        if not heard.keys and visit.grammars["statements"].says(heard.alternatives[0], "this_phone"):
            return PhoneHeard(visit.facts.caller or "", this=True)
        return _understand(heard)

    question = Question(
        "phone",
        PhoneHeard,
        understand,
        Say("phone"),
        grammar="number",
        digits=DIGITS,
        timeout_s=10,
        pause_s=3,
    )
    phone = visit.facts.caller
    id = here if phone else "phone_right"
    for _ in range(TRIES):
        if not phone:
            heard = await ask(question)
            phone = heard.phone
            if not phone:
                await Say("phone_hidden" if heard.this else "phone_wrong")
                continue
        await standing(phone)
        answer = await read_back(
            visit, id, Say(id, {"phone": phone}), wording.phone(phone), PHONE_WORDS, _is_phone, DIGITS
        )
        if answer.yes:
            return phone
        await standing("")
        phone, id = russian_phone(answer.corrected), "phone_right"
    raise Jump("operator", reason="phone_unknown", question="phone")


def _understand(heard: Heard) -> PhoneHeard | None:
    if heard.keys:
        return PhoneHeard(russian_phone(heard.keys) or "") if heard.keys.isdigit() else None
    numbers = (number for text in heard.alternatives for number in spoken_numbers(text, PHONE_WORDS))
    said = likeliest(numbers, _is_phone)
    return PhoneHeard(russian_phone(said) or "") if said else None


def _is_phone(digits: str) -> bool:
    return bool(russian_phone(digits))
