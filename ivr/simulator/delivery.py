"""HTTP as Twilio does it: signed over the public address, one retry of a failed connection, 15 s in all."""

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from twilio.request_validator import RequestValidator
from urllib3.exceptions import NewConnectionError

TIMEOUT_S = 15.0
"""Of all attempts together (Twilio's rule)."""
MOST_REDIRECTS = 10
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
HTTP_FAILED = 11200
NOT_CONNECTED = 11205
TOO_MANY_REDIRECTS = 11215

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Trouble:
    """What Twilio's debugger would show; `code` as in its dictionary of errors."""

    code: int
    message: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.message} ({self.url})" if self.url else f"{self.code} {self.message}"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `url` is the public one, as signed; `status` is 0 where no answer came."""

    url: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    status: int
    body: str
    method: str = "POST"
    content_type: str = ""
    location: str = ""
    trouble: Trouble | None = None


class Delivery:
    """Sends requests to one line; may be used by many threads at once."""

    def __init__(
        self, public_url: str, auth_token: str, server_url: str | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        """`server_url`: where the line really is, when that is not its public address."""
        self._public_url = public_url.rstrip("/")
        self._server_url = (server_url or public_url).rstrip("/")
        self._token = auth_token
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=128))

    def send(self, method: str, url: str, params: Mapping[str, str]) -> list[Exchange]:
        """The exchange and those that redirects led to: a 301 or 302 is followed by GET without fields."""
        deadline = time.monotonic() + self._timeout_s
        exchanges = [self._send_once(method, url, params, deadline)]
        while exchanges[-1].status in {301, 302, 303} and exchanges[-1].location:
            last = exchanges[-1]
            if len(exchanges) > MOST_REDIRECTS:
                trouble = Trouble(TOO_MANY_REDIRECTS, "too many redirects", url)
                return [*exchanges[:-1], _failed(last, trouble)]
            exchanges.append(self._send_once("GET", urljoin(last.url, last.location), {}, deadline))
        if exchanges[-1].trouble is None and not 200 <= exchanges[-1].status < 300:
            last = exchanges.pop()
            exchanges.append(_failed(last, Trouble(HTTP_FAILED, f"HTTP status {last.status}", last.url)))
        return exchanges

    def again(self, exchange: Exchange) -> Exchange:
        """The very same request, signature and token included."""
        deadline = time.monotonic() + self._timeout_s
        return self._transmit(exchange.method, exchange.url, exchange.params, exchange.headers, deadline)

    def post(
        self, url: str, params: Values | bytes, *, signed: bool, token: str | None, headers: Mapping[str, str]
    ) -> requests.Response:
        """Any POST at all, for tests of what is forged or broken. Raises requests.RequestException."""
        public = _on_the_wire(urljoin(self._public_url + "/", url))
        body = params if isinstance(params, bytes) else urlencode(params, doseq=True).encode()
        full = _headers()
        if signed:
            full["X-Twilio-Signature"] = self._signature(public, _Fields(_read_form(body)), token)
        request = self._prepare("POST", public, body, {**full, **headers})
        return self._session.send(request, timeout=self._timeout_s, allow_redirects=False)

    def _send_once(self, method: str, url: str, params: Mapping[str, str], deadline: float) -> Exchange:
        """With GET the fields go into the query, and the signature is over that."""
        public = _on_the_wire(url)
        if method == "GET" and params:
            public += ("&" if urlsplit(public).query else "?") + urlencode(params)
        fields = params if method == "POST" else {}
        headers = {**_headers(), "X-Twilio-Signature": self._signature(public, fields)}
        return self._transmit(method, public, params, headers, deadline)

    def _transmit(
        self, method: str, url: str, params: Mapping[str, str], headers: Mapping[str, str], deadline: float
    ) -> Exchange:
        body = urlencode(params).encode() if method == "POST" else None
        request = self._prepare(method, url, body, headers)
        try:
            response = self._retried(request, deadline)
        except requests.RequestException as error:
            code = NOT_CONNECTED if _no_answer(error) else HTTP_FAILED
            trouble = Trouble(code, f"{type(error).__name__}: no answer", url)
            return Exchange(url, params, headers, 0, "", method, trouble=trouble)
        response.encoding = "utf-8"
        answer = response.headers
        return Exchange(
            url, params, headers, response.status_code, response.text, method,
            answer.get("Content-Type", ""), answer.get("Location", ""),
        )  # fmt: skip

    def _retried(self, request: requests.PreparedRequest, deadline: float) -> requests.Response:
        """Once more, and only where no TCP connection came about (Twilio's rule)."""
        try:
            return self._try(request, deadline)
        except requests.ConnectionError as error:
            if not _not_connected(error):
                raise
            return self._try(request, deadline)

    def _try(self, request: requests.PreparedRequest, deadline: float) -> requests.Response:
        left = max(0.001, deadline - time.monotonic())
        return self._session.send(request, timeout=left, allow_redirects=False)

    def _prepare(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> requests.PreparedRequest:
        request = requests.Request(method, self._server(url), headers=dict(headers), data=body).prepare()
        request.url = self._server(url)  # as signed: requests would write some of it anew
        return request

    def _server(self, public: str) -> str:
        """Where a public address is really reached; another host's stays as it is."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._public_url))
        if _inside(public, self._public_url):
            return self._server_url + public[len(self._public_url) :]
        if _inside(public, origin):
            return "{0.scheme}://{0.netloc}".format(urlsplit(self._server_url)) + public[len(origin) :]
        return public

    def _signature(self, url: str, params: Mapping[str, Any], token: str | None = None) -> str:
        return str(RequestValidator(token or self._token).compute_signature(url, params))


class _Fields(dict[str, str]):
    """A form in which a name may occur many times, as RequestValidator reads it."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def getlist(self, name: str) -> list[str]:
        """All values of a name."""
        return [value for key, value in self._pairs if key == name]


def _read_form(body: bytes) -> list[tuple[str, str]]:
    """As werkzeug reads it: escaped bytes that are not UTF-8 stay escaped, bare ones leave no form at all."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="surrogateescape")
    except UnicodeDecodeError:
        return []
    return [(_escaped(name), _escaped(value)) for name, value in pairs]


def _escaped(text: str) -> str:
    return "".join(f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char for char in text)


def _headers() -> dict[str, str]:
    """Of any request; no connection is kept, so that a dead one is never mistaken for a dead line."""
    return {
        "Content-Type": FORM,
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "Connection": "close",
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
    }


def _on_the_wire(url: str) -> str:
    """Without its fragment, which is neither signed nor sent; what may not stand in a URL is escaped."""
    text = quote(urldefrag(url).url, safe="%/:=&?~+!$,;'@()*[]")
    parts = text.split("%")
    return "%".join([parts[0], *(part[:2].upper() + part[2:] for part in parts[1:])])


def _inside(url: str, base: str) -> bool:
    return url == base or url.startswith((base + "/", base + "?"))


def _not_connected(error: requests.ConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def _no_answer(error: requests.RequestException) -> bool:
    timed_out = isinstance(error, requests.Timeout)
    return timed_out or (isinstance(error, requests.ConnectionError) and _not_connected(error))


def _failed(exchange: Exchange, trouble: Trouble) -> Exchange:
    return Exchange(
        exchange.url, exchange.params, exchange.headers, exchange.status, exchange.body, exchange.method,
        exchange.content_type, exchange.location, trouble,
    )  # fmt: skip
