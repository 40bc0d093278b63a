"""A line to call: a real Flask app on a real werkzeug server, which refuses whatever is not signed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from ivr.simulator.double import TwilioDouble

TOKEN = "the token"
PUBLIC = "https://line.example"

Answer = str | Response | Callable[[], "str | Response"]


@dataclass(frozen=True)
class Seen:
    """One request as it came over the wire."""

    method: str
    target: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class FakeLine:
    """`answers`: path → TwiML inside `<Response>`, a whole response, or what makes one."""

    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    address: str = ""

    def __setitem__(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def double(self, **options: object) -> TwilioDouble:
        """Signed as the public name, sent to the real address."""
        return TwilioDouble(PUBLIC, TOKEN, **{"server_url": self.address, **options})  # type: ignore[arg-type]

    def paths(self) -> list[str]:
        """Targets of all requests but status callbacks."""
        return [seen.target for seen in self.seen if not seen.target.startswith("/voice/status")]

    def forms(self, target: str) -> list[dict[str, str]]:
        """What was sent to a target."""
        return [seen.form for seen in self.seen if seen.target == target]

    def serve(self) -> Response:
        """Any request."""
        target = request.environ["RAW_URI"]
        headers = dict(request.headers)
        self.seen.append(Seen(request.method, target, request.form.to_dict(), headers))
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(TOKEN).validate(PUBLIC + target, request.form, signature):
            abort(403)
        answer = self.answers.get(request.path)
        if answer is None:
            abort(404)
        made = answer() if callable(answer) else answer
        if isinstance(made, Response):
            return made
        return Response(f"<Response>{made}</Response>", mimetype="text/xml")


@pytest.fixture
def line() -> Iterator[FakeLine]:
    """Says «Алло» and listens; takes status callbacks."""
    fake = FakeLine()
    fake["/voice/status"] = lambda: Response(status=204)
    fake["/voice/incoming"] = '<Gather input="dtmf speech" action="/turn"><Say>Алло</Say></Gather>'
    app = Flask("line")
    app.add_url_rule("/<path:_>", view_func=lambda _: fake.serve(), methods=["GET", "POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
