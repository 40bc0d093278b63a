"""What else is said in the sentence that names a topic: a fact asked for, a reading, a place, the money left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from ivr.domain.requests import id_of
from ivr.flows.explanations import asked
from ivr.flows.prepaid import PREPAID_TOPICS, opening_balance
from ivr.language.grammar import Grammar
from ivr.language.numbers import LOOKED_AT, spoken_numbers
from ivr.language.places import is_place
from ivr.language.text import words

Details = dict[str, str]
"""Flow → the fact of it that was asked for («refund.when»); beside it what `ivr.flows.prepaid` writes and reads."""
READING = "reading"
"""The name under which the digits of a reading stand that was told before it was asked for."""
ASKS_WHEN, ASKS_TO_CANCEL = ABOUT_STATUS = ("asks_when", "asks_to_cancel")
"""What the caller asks of a request beside its state."""
REQUEST = "request"
"""The name under which a request's number stands that was told before it was asked for."""
REQUEST_WORDS = frozenset(words("номер заявка заявки заявку заявке моя моей обращение обращения"))
"""Words that may stand around a request's number."""
ASKS_ABOUT_CARDS, ASKS_DEADLINE = ABOUT_REQUESTS = ("asks_about_cards", "asks_deadline")
"""What is asked with the topic of reprogramming; told first."""
PLACE = "place"
"""The name under which a sentence stands that holds the address of an outage, word for word."""
SHORTEST, LONGEST = 3, 7
"""Digits of such a reading; a longer number is that of an account."""


def details(grammars: Mapping[str, Grammar], at: datetime) -> Callable[[str, str], Details]:
    """For a flow and the sentence that opened it, what the sentence says beside; `at`: the call's clock."""

    def found(flow: str, text: str) -> Details:
        if flow in PREPAID_TOPICS:
            return _asks(grammars["statements"], flow, ABOUT_REQUESTS, text) | opening_balance(text, at)
        if flow == "outage":
            return {PLACE: text} if is_place(text) else {}
        if flow == "submit_readings":
            reading = reading_in(text)
            return {READING: reading} if reading else {}
        if flow == "request_status":
            number = request_in(text)
            asks = _asks(grammars["statements"], flow, ABOUT_STATUS, text)
            return asks | ({REQUEST: number} if number else {})
        fact = asked(grammars["facts"], flow, text)
        return {flow: fact} if fact else {}

    return found


def _asks(statements: Grammar, flow: str, facts: Sequence[str], text: str) -> Details:
    """The first of these that is asked for."""
    return next(({flow: fact} for fact in facts if statements.says(text, fact)), {})


def request_in(text: str, *, alone: bool = False) -> str:
    """The number of a request in a sentence, or of one that is said `alone`; empty without."""
    said = islice(spoken_numbers(text, REQUEST_WORDS, strangers=not alone), LOOKED_AT)
    return next((number.digits for number in said if id_of("request", number.digits)), "")


def reading_in(text: str, *, alone: bool = False) -> str:
    """The digits of a reading in a sentence, or of one that is said `alone`; empty without."""
    number = next(spoken_numbers(text, strangers=not alone), None)
    digits = number.digits if number else ""
    return digits if SHORTEST <= len(digits) <= LONGEST else ""
