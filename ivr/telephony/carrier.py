"""Twilio's REST: the account, its numbers, text messages. What is particular to the API stands here alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.services.delivery import NotSent

TIMEOUT_S = 4.0
"""To connect, and between two bytes of an answer."""
MOST_MESSAGES = 50
"""So many of the last messages to a number are looked through."""
WRONG_CREDENTIALS = 401
_LATER = frozenset({WRONG_CREDENTIALS, 408, 425, 429})
"""4xx that say nothing of the request itself: it may be taken another time."""
_NOT_SENT = frozenset({"failed", "undelivered", "canceled"})


class CarrierError(NotSent):
    """The API refused (`status`, Twilio's own `code`), or did not answer (`status` 0)."""

    def __init__(self, message: str, status: int = 0, code: int = 0) -> None:
        super().__init__(message, final=400 <= status < 500 and status not in _LATER)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Account:
    """`active`: it may make and take calls; `trial`: to verified numbers only."""

    name: str
    status: str
    trial: bool

    @property
    def active(self) -> bool:
        """Neither suspended nor closed."""
        return self.status == "active"


@dataclass(frozen=True)
class Number:
    """A number of the account and where its webhooks go; methods are `GET` or `POST`."""

    sid: str
    number: str
    voice: bool
    sms: bool
    voice_url: str = ""
    voice_method: str = ""
    fallback_url: str = ""
    fallback_method: str = ""
    status_url: str = ""
    status_method: str = ""
    application_sid: str = ""
    """A TwiML app; where there is one, Twilio looks at none of the URLs here."""
    trunk_sid: str = ""
    """A SIP trunk; the same."""


FIELDS: Mapping[str, str] = {
    "voice_url": "voice_url", "voice_method": "voice_method", "fallback_url": "voice_fallback_url",
    "fallback_method": "voice_fallback_method", "status_url": "status_callback",
    "status_method": "status_callback_method", "application_sid": "voice_application_sid", "trunk_sid": "trunk_sid",
}  # fmt: skip
"""Field of Number → what Twilio calls it."""


class Carrier:
    """One account at Twilio. Every method raises CarrierError; nothing is retried here: a POST may not be."""

    def __init__(
        self, account_sid: str, token: str, api_url: str = "", sender: str = "", timeout_s: float = TIMEOUT_S
    ) -> None:
        """`api_url`: a double's; empty is Twilio's own. `sender`: whom text messages come from."""
        http = TwilioHttpClient(timeout=timeout_s, request_hooks={"response": [self._answered]})
        http.session.headers["Connection"] = (
            "close"  # over a connection that died a POST would fail for nothing
        )
        self._client = Client(account_sid, token, http_client=http)
        if api_url:
            self._client.api.base_url = api_url
        self._sender = sender
        self.answered_at: datetime | None = None
        """What time it was at Twilio at its last answer, aware; None where it did not say."""

    def account(self) -> Account:
        """The account itself."""
        with _explained():
            found = self._client.api.account.fetch()
        return Account(str(found.friendly_name or ""), str(found.status or ""), found.type == "Trial")

    def numbers(self) -> tuple[Number, ...]:
        """All numbers of the account."""
        with _explained():
            return tuple(_number(one) for one in self._client.incoming_phone_numbers.list())

    def change(self, number: Number, changes: Mapping[str, str]) -> None:
        """Change these fields of a number (names as in Number)."""
        with _explained():
            self._client.incoming_phone_numbers(number.sid).update(
                **{FIELDS[field]: value for field, value in changes.items()}
            )

    def has_sent(self, to: str, text: str) -> bool:
        """Whether the account holds a message to that number (E.164) with that very text: sent, or to be sent.

        A trial account puts its own sentence before it. No date is asked for: one that waits to be sent has none
        yet. Texts hold a number that is given once.
        """
        with _explained():
            found = self._client.messages.list(to=to, limit=MOST_MESSAGES)
            return any(
                (one.body or "").endswith(text)
                and (one.direction or "").startswith("outbound")
                and one.status not in _NOT_SENT
                for one in found
            )

    def send(self, to: str, text: str) -> None:
        """Send a text message. After an error without an answer it may have been sent all the same."""
        with _explained():
            self._client.messages.create(to=to, from_=self._sender, body=text)

    def _answered(self, response: requests.Response, **_: Any) -> None:
        try:
            self.answered_at = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            self.answered_at = None


def _number(one: Any) -> Number:
    can = one.capabilities or {}
    urls = {field: str(getattr(one, name) or "") for field, name in FIELDS.items()}
    return Number(
        str(one.sid or ""), str(one.phone_number or ""), bool(can.get("voice")), bool(can.get("sms")), **urls
    )


@contextmanager
def _explained() -> Iterator[None]:
    """Whatever the client raises, as CarrierError."""
    try:
        yield
    except TwilioServiceException as error:
        raise CarrierError(f"HTTP {error.status}: {error.title}", error.status, error.code) from error
    except TwilioRestException as error:
        code = error.code or 0
        raise CarrierError(f"HTTP {error.status} ({code}): {error.msg}", error.status, code) from error
    except TwilioException as error:
        response = next((one for one in error.args if isinstance(one, Response)), None)
        status = response.status_code if response else 0
        raise CarrierError(f"HTTP {status}: {error.args[0]}", status) from error
    except (requests.RequestException, ValueError) as error:
        raise CarrierError(f"{type(error).__name__}: {error}") from error
    except (AttributeError, TypeError, LookupError) as error:
        raise CarrierError(f"ответ не такой, как у Twilio ({type(error).__name__})") from error
