"""Twilio's REST API as far as a voice line uses it, over real HTTP, and how it fails."""

import base64
import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from ivr.simulator.number import ACCOUNT_SID

LONGEST_BODY = 1600
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_ROUTE = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})(?:/([A-Za-z]+)(?:/(\w+))?)?\.json")
_UPDATED = {
    "VoiceUrl": "voice_url", "VoiceMethod": "voice_method", "VoiceFallbackUrl": "voice_fallback_url",
    "VoiceFallbackMethod": "voice_fallback_method", "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method", "VoiceApplicationSid": "voice_application_sid",
    "TrunkSid": "trunk_sid",
}  # fmt: skip

Form = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: `status` is answered, with 0 nothing is. `done`: it was carried out first."""

    status: int = 0
    code: int = 0
    done: bool = False
    hangs: bool = False
    """No answer while the client waits, instead of a connection that breaks."""


TOO_MANY = Fault(429, 20429)
BROKEN = Fault(500, 20500)
DROPPED = Fault()
LOST = Fault(done=True)
"""Carried out, and the answer never arrives: the connection breaks."""
SILENT = Fault(hangs=True)
LATE = Fault(hangs=True, done=True)
"""Carried out, and the client does not wait for the answer."""


class _Refused(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.answer = status, {"code": code, "message": message, "status": status,
                               "more_info": f"https://www.twilio.com/docs/errors/{code}"}  # fmt: skip


class RestDouble:
    """One account; a context manager that listens on `url`. May be asked by many threads at once."""

    def __init__(
        self,
        tokens: Iterable[str] = ("token",),
        *,
        account_sid: str = ACCOUNT_SID,
        trial: bool = False,
        status: str = "active",
        skew_s: float = 0.0,
    ) -> None:
        """`skew_s`: by so much its clock is ahead of this machine's."""
        self.account_sid = account_sid
        self.numbers: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, Form]] = []
        """(method, path, fields) of all that came, refused ones too."""
        self.stopped: set[str] = set()
        """Numbers that want no messages."""
        self._tokens = set(tokens)
        self._account = {"sid": account_sid, "friendly_name": "Светлая линия", "status": status,
                         "type": "Trial" if trial else "Full"}  # fmt: skip
        self._skew_s = skew_s
        self._faults: list[Fault | None] = []
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "RestDouble":
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def add_number(self, number: str, *, voice: bool = True, sms: bool = True, **fields: str) -> None:
        """A number of the account as it is bought: Twilio's demonstration answers, by POST."""
        bought = {
            "sid": "PN" + uuid.uuid4().hex, "phone_number": number, "friendly_name": number,
            "account_sid": self.account_sid, "capabilities": {"voice": voice, "sms": sms, "mms": False},
            "voice_url": "https://demo.twilio.com/welcome/voice/", "voice_method": "POST",
            "voice_fallback_url": "", "voice_fallback_method": "POST", "status_callback": "",
            "status_callback_method": "POST", "voice_application_sid": "", "trunk_sid": None,
        }  # fmt: skip
        self.numbers.append({**bought, **fields})

    def fail(self, *faults: Fault | None) -> None:
        """What happens to the next requests, one each; None: nothing."""
        with self._lock:
            self._faults += faults

    def sent(self) -> list[tuple[str, str]]:
        """(to, body) of all messages, oldest first."""
        return [(one["to"], one["body"]) for one in self.messages]

    def date(self) -> str:
        """The time of an answer."""
        return formatdate(time.time() + self._skew_s, usegmt=True)

    def take(self, method: str, target: str, authorization: str, body: str) -> tuple[int, str] | None:
        """The answer to a request: a status and JSON. None: the connection breaks."""
        url = urlsplit(target)
        form = dict(parse_qsl(body or url.query, keep_blank_values=True))
        with self._lock:
            self.requests.append((method, url.path, form))
            fault = self._faults.pop(0) if self._faults else None
            answer = None if fault and not fault.done else self._answer(method, url.path, authorization, form)
        if fault is None:
            assert answer is not None
            return answer[0], json.dumps(answer[1], ensure_ascii=False)
        if fault.hangs:
            self._released.wait()
        if not fault.status:
            return None
        return fault.status, json.dumps(
            {"code": fault.code, "message": "a fault of the double", "status": fault.status}
        )

    def _answer(self, method: str, path: str, authorization: str, form: Form) -> tuple[int, dict[str, Any]]:
        try:
            found = _ROUTE.fullmatch(path)
            if not self._known(authorization):
                raise _Refused(401, 20003, "Authenticate")
            if found is None or found[1] != self.account_sid:
                raise _not_found(path)
            return self._resource(method, found[2] or "", found[3] or "", form)
        except _Refused as refused:
            return refused.answer

    def _known(self, authorization: str) -> bool:
        pairs = (f"{self.account_sid}:{token}" for token in self._tokens)
        return any(authorization == "Basic " + base64.b64encode(pair.encode()).decode() for pair in pairs)

    def _resource(self, method: str, name: str, sid: str, form: Form) -> tuple[int, dict[str, Any]]:
        match method, name, bool(sid):
            case "GET", "", _:
                return 200, self._account
            case "GET", "IncomingPhoneNumbers", False:
                return 200, self._page("IncomingPhoneNumbers", "incoming_phone_numbers", self.numbers, form)
            case "POST", "IncomingPhoneNumbers", True:
                return 200, self._update(sid, form)
            case "GET", "Messages", False:
                to = form.get("To")
                found = [one for one in reversed(self.messages) if to in (None, one["to"])]
                return 200, self._page("Messages", "messages", found, form)
            case "POST", "Messages", False:
                return 201, self._create(form)
        raise _not_found(name)

    def _page(self, name: str, key: str, rows: list[dict[str, Any]], form: Form) -> dict[str, Any]:
        size, page = int(form.get("PageSize", "50")), int(form.get("Page", "0"))
        more = (page + 1) * size < len(rows)
        path = f"/2010-04-01/Accounts/{self.account_sid}/{name}.json"
        following = f"{path}?{urlencode({**form, 'PageSize': size, 'Page': page + 1})}"
        return {key: rows[page * size : (page + 1) * size], "page": page, "page_size": size, "uri": path,
                "next_page_uri": following if more else None}  # fmt: skip

    def _update(self, sid: str, form: Form) -> dict[str, Any]:
        number = next((one for one in self.numbers if one["sid"] == sid), None)
        if number is None:
            raise _not_found(sid)
        for field, value in form.items():
            if (
                field.endswith(("Url", "Callback"))
                and value
                and not value.startswith(("http://", "https://"))
            ):
                raise _Refused(400, 21402, f"{field} is not a valid URL: {value}")
        number.update({_UPDATED[field]: value for field, value in form.items()})
        return number

    def _create(self, form: Form) -> dict[str, Any]:
        to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
        if not _E164.fullmatch(to):
            raise _Refused(400, 21211, f"The 'To' number {to} is not a valid phone number.")
        able = {one["phone_number"] for one in self.numbers if one["capabilities"]["sms"]}
        if sender.startswith("+") and sender not in able:
            raise _Refused(400, 21606, f"The From phone number {sender} is not a valid, SMS-capable one.")
        if to in self.stopped:
            raise _Refused(400, 21610, "Attempt to send to unsubscribed recipient")
        if not body or len(body) > LONGEST_BODY:
            raise _Refused(400, 21602 if not body else 21617, "Message body is empty or too long.")
        message = {
            "sid": "SM" + uuid.uuid4().hex, "account_sid": self.account_sid, "to": to, "from": sender, "body": body,
            "direction": "outbound-api", "status": "queued", "date_created": self.date(), "date_sent": None,
            "num_segments": "1", "error_code": None,
        }  # fmt: skip
        self.messages.append(message)
        return message


def _not_found(what: str) -> _Refused:
    return _Refused(404, 20404, f"The requested resource {what} was not found")


def _handler(double: RestDouble) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._take("GET")

        def do_POST(self) -> None:
            self._take("POST")

        def _take(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            answer = double.take(method, self.path, self.headers.get("Authorization", ""), body)
            if answer is None:
                self.close_connection = True
                return
            content = answer[1].encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return double.date()

        def log_message(self, *_: object) -> None:
            """Nothing among the tests."""

    return Handler
