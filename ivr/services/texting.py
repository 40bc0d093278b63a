"""Receipts by SMS: best effort, once a number, to the mobile phone that the call came from."""

from dataclasses import dataclass
from typing import Protocol

import msgspec

from ivr.language.phones import is_russian_mobile
from ivr.services.context import Context
from ivr.services.delivery import NotSent, Parcel
from ivr.store import outbox
from ivr.store.engine import to_json

KIND = "sms"
ATTEMPTS = 8
"""The last one comes ten minutes after the first: a receipt is of little use later."""
AT_ONCE = 5
"""A round can take 5 × 2 requests × (4 s to connect + 4 s to read)."""


@dataclass(frozen=True)
class Text:
    """What is to be sent, as it stands in the outbox. The text has a number in it, so it is one of a kind."""

    to: str
    text: str


class Carrier(Protocol):
    """What sends text messages; both raise NotSent."""

    def has_sent(self, to: str, text: str) -> bool:
        """Whether there is such a message already."""

    def send(self, to: str, text: str) -> None:
        """Send it."""


@dataclass(frozen=True)
class Texts:
    """The sender of kind `sms`. The carrier knows no idempotency key, so before a second try it is asked."""

    carrier: Carrier | None
    attempts: int = ATTEMPTS
    at_once: int = AT_ONCE

    def send(self, parcel: Parcel) -> None:
        """Raises NotSent."""
        if self.carrier is None:
            raise NotSent("IVR_SMS_FROM is not set")
        message = msgspec.json.decode(parcel.payload, type=Text)
        if not (parcel.again and self.carrier.has_sent(message.to, message.text)):
            self.carrier.send(message.to, message.text)


def confirm(context: Context, prompt: str, number: str) -> None:
    """Put a receipt into the outbox in this transaction, where SMS are on and the caller has a Russian mobile."""
    to = context.facts.caller
    if context.texts is not None and number and to is not None and is_russian_mobile(to):
        text = Text(to, context.texts.text(prompt, {"number": number}))
        outbox.put(context.db, KIND, f"{KIND}/{number}", to_json(text), context.now)
