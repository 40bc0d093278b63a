"""What else is said in the sentence that names a topic: a fact asked for, a reading, the money left and until when."""

from collections.abc import Callable, Mapping
from datetime import datetime

from ivr.flows.explanations import asked
from ivr.flows.prepaid import PREPAID_TOPICS, opening_balance
from ivr.language.grammar import Grammar
from ivr.language.numbers import spoken_numbers
from ivr.language.text import words

Details = dict[str, str]
"""Flow → the fact of it that was asked for («refund.when»); beside it what `ivr.flows.prepaid` writes and reads."""
READING = "reading"
"""The name under which the digits of a reading stand that was told before it was asked for."""
ASKS_WHEN = "asks_when"
"""What the caller asks of a request beside its state."""
SHORTEST, LONGEST = 3, 7
"""Digits of such a reading; a longer number is that of an account."""


def details(grammars: Mapping[str, Grammar], at: datetime) -> Callable[[str, str], Details]:
    """For a flow and the sentence that opened it, what the sentence says beside; `at`: the call's clock."""

    def found(flow: str, text: str) -> Details:
        if flow in PREPAID_TOPICS:
            return opening_balance(text, at)
        if flow == "submit_readings":
            reading = reading_in(text)
            return {READING: reading} if reading else {}
        if flow == "request_status":
            return {flow: ASKS_WHEN} if _says(grammars["statements"], ASKS_WHEN, text) else {}
        fact = asked(grammars["facts"], flow, text)
        return {flow: fact} if fact else {}

    return found


def _says(statements: Grammar, meaning: str, text: str) -> bool:
    return any(said == meaning and not denied for said, _, denied in statements.spot(words(text)))


def reading_in(text: str, *, alone: bool = False) -> str:
    """The digits of a reading in a sentence, or of one that is said `alone`; empty without."""
    number = next(spoken_numbers(text, strangers=not alone), None)
    digits = number.digits if number else ""
    return digits if SHORTEST <= len(digits) <= LONGEST else ""
