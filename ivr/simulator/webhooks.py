"""The webhooks of one call: its fields, the fallback URL, and the list of all that was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import urljoin

from ivr.simulator.delivery import Delivery, Exchange, Trouble
from ivr.simulator.record import CallFailed
from ivr.simulator.twiml import Place, TwimlError, parse
from ivr.simulator.verbs import Verb

LARGEST_TWIML = 64 * 1024
TOO_LARGE = 11750
BAD_CONTENT_TYPE = 12300
_XML = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True)
class Document:
    """TwiML and where it came from: relative URLs in it start there."""

    url: str
    verbs: tuple[Verb, ...]

    def link(self, url: str) -> str:
        """An `action`, or the text of a `<Redirect>`; an empty one is the document itself."""
        return urljoin(self.url, url)


class Webhooks:
    """`fields` go with every request; `status` is CallStatus and follows the call."""

    def __init__(self, delivery: Delivery, fields: Mapping[str, str], fallback_url: str | None) -> None:
        self._delivery = delivery
        self._fields = dict(fields)
        self._fallback_url = fallback_url
        self.status = "ringing"
        self.requests: list[Exchange] = []
        self.troubles: list[Trouble] = []

    def fetch(
        self, url: str, method: str, extra: Mapping[str, str] | None = None, place: Place = "call"
    ) -> Document:
        """The TwiML at `url`, or else at the fallback URL. Raises CallFailed where both fail."""
        params = {**self._fields, "CallStatus": self.status, **(extra or {})}
        document, trouble = self._read(url, method, params, place)
        if document is not None:
            return document
        if self._fallback_url is None or trouble is None:
            raise CallFailed(trouble or Trouble(0, "no document", url))
        params = {**params, "ErrorCode": str(trouble.code), "ErrorUrl": trouble.url}
        document, worse = self._read(self._fallback_url, "POST", params, place)
        if document is None:
            raise CallFailed(worse or trouble)
        return document

    def whisper(self, url: str, method: str, fields: Mapping[str, str]) -> Document:
        """TwiML for the called person's own leg; it has no fallback URL. Raises CallFailed."""
        params = {**self._fields, **fields}
        document, trouble = self._read(url, method, params, "whisper")
        if document is None:
            raise CallFailed(trouble or Trouble(0, "no document", url))
        return document

    def tell(self, url: str, method: str, extra: Mapping[str, str]) -> Exchange:
        """A callback: whatever comes back is not read, a failure is only noted."""
        return self._send(url, method, {**self._fields, "CallStatus": self.status, **extra})

    def tell_status(self, url: str, status: str, seconds: float, number: int) -> Exchange:
        """A status callback; `number` is its SequenceNumber."""
        return self.tell(
            url,
            "POST",
            {
                "CallStatus": status,
                "CallDuration": str(round(seconds)),
                "SequenceNumber": str(number),
                "CallbackSource": "call-progress-events",
                "Timestamp": formatdate(),
            },
        )

    def again(self, index: int) -> Exchange:
        """An earlier webhook as it was; leaves no trace here. Raises IndexError."""
        return self._delivery.again(self.requests[index])

    def _read(
        self, url: str, method: str, params: Mapping[str, str], place: Place
    ) -> tuple[Document | None, Trouble | None]:
        exchange = self._send(url, method, params)
        if exchange.trouble is not None:
            return None, exchange.trouble
        try:
            return Document(exchange.url, _twiml(exchange, place)), None
        except TwimlError as error:
            self.troubles.append(Trouble(error.code, error.message, exchange.url))
            return None, self.troubles[-1]

    def _send(self, url: str, method: str, params: Mapping[str, str]) -> Exchange:
        exchanges = self._delivery.send(method, url, params)
        self.requests += exchanges
        if (trouble := exchanges[-1].trouble) is not None:
            self.troubles.append(trouble)
        return exchanges[-1]


def _twiml(exchange: Exchange, place: Place) -> tuple[Verb, ...]:
    """Raises TwimlError, also for another type of content and for more than 64 KiB (Twilio's rules)."""
    if exchange.content_type.partition(";")[0].strip().lower() not in _XML:
        raise TwimlError(BAD_CONTENT_TYPE, f"content type {exchange.content_type!r} is not XML")
    if len(exchange.body.encode()) > LARGEST_TWIML:
        raise TwimlError(TOO_LARGE, "TwiML of more than 64 KiB")
    return parse(exchange.body, place)
