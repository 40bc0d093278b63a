"""A client as small as can be, so that the server is what is measured: signed webhooks over one connection."""

import itertools
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from benchmarks.serving import TOKEN

_calls = itertools.count(1)
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._origin = f"http://127.0.0.1:{port}"
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._validator = RequestValidator(TOKEN)

    def post(self, path: str, form: dict[str, str]) -> float:
        """One webhook; returns the seconds that the answer took. Signing is outside of the time."""
        signature = self._validator.compute_signature(self._origin + path, form)
        body = urlencode(form)
        headers = {**HEADERS, "X-Twilio-Signature": signature}
        start = time.perf_counter()
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        spent = time.perf_counter() - start
        if answer.status != 200:
            raise RuntimeError(f"{path}: HTTP {answer.status}")
        return spent

    def call(self, words: list[str], caller: str = "+79161234501") -> list[float]:
        """A call of so many turns; seconds of each, the greeting first."""
        form = {
            "CallSid": f"CA{next(_calls):032x}",
            "From": caller,
            "To": "+78002200220",
            "AccountSid": "AC" + "0" * 32,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }
        spent = [self.post("/voice/incoming", form)]
        for turn, word in enumerate(words, start=1):
            heard = (
                {"Digits": word[1:]} if word.startswith("#") else {"SpeechResult": word, "Confidence": "0.9"}
            )
            spent.append(self.post(f"/voice/turn/{turn}", {**form, **heard}))
        return spent
