"""The Twilio double: a telephone number that can be called from a test or a terminal."""

from collections.abc import Callable, Mapping
from types import EllipsisType

import requests

from ivr.simulator.call import Call
from ivr.simulator.delivery import TIMEOUT_S, Delivery, Values
from ivr.simulator.number import ACCOUNT_SID, MOST_VERBS, PhoneNumber, no_sleep
from ivr.simulator.queues import LARGEST, Queues

LINE = "+78002200220"


class TwilioDouble:
    """Many threads may dial at once; each call belongs to one of them.

    `public_url` is what is signed, `server_url` where the line really is (by default the same).
    `fallback_url` is `/voice/fallback` unless given, None for none; a path is taken from `public_url`.
    `sleep` is called for each `<Pause>` outside a queue: give `time.sleep` to really wait.
    """

    def __init__(
        self,
        public_url: str,
        auth_token: str,
        *,
        voice_path: str = "/voice/incoming",
        fallback_url: str | EllipsisType | None = ...,
        status_path: str | None = "/voice/status",
        server_url: str | None = None,
        account_sid: str = ACCOUNT_SID,
        timeout_s: float = TIMEOUT_S,
        sleep: Callable[[float], None] = no_sleep,
        most_verbs: int = MOST_VERBS,
        largest_queue: int = LARGEST,
    ) -> None:
        self.public_url = public_url.rstrip("/")
        self._delivery = Delivery(self.public_url, auth_token, server_url, timeout_s)
        fallback = "/voice/fallback" if fallback_url is ... else fallback_url
        self._number = PhoneNumber(
            voice_url=self._public(voice_path),
            fallback_url=None if fallback is None else self._public(fallback),
            status_url=None if status_path is None else self._public(status_path),
            account_sid=account_sid,
            delivery=self._delivery,
            queues=Queues(largest_queue),
            sleep=sleep,
            most_verbs=most_verbs,
        )

    def dial(self, from_number: str | None, to: str = LINE) -> Call:
        """Calls the line, up to where it waits; None hides the number. A failing line gives a failed call."""
        call = Call(self._number, from_number, to)
        call.start(self._number.voice_url)
        return call

    def post(
        self,
        path: str,
        params: Values | bytes,
        *,
        signed: bool = True,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Any webhook: unsigned, signed with another `token`, too large, or a raw body of any bytes.

        A raw body is signed over the form that werkzeug reads in it, so that the signature is right.
        Raises requests.RequestException; redirects are not followed, nothing is retried.
        """
        return self._delivery.post(
            self._public(path), params, signed=signed, token=token, headers=headers or {}
        )

    def _public(self, path: str) -> str:
        return path if path.startswith(("http://", "https://")) else self.public_url + path
