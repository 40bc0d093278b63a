"""`ivr twilio check`: each thing that can be wrong is one line with the way out, and a sound line has none."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ivr.factory import open_carrier
from ivr.settings import Settings
from ivr.simulator import rest
from ivr.simulator.rest import RestDouble
from ivr.telephony.checking import check
from tests.conftest import TOKEN
from tests.support.live import serve

NUMBER = "+74950000099"
NOBODY = "http://127.0.0.1:9"
HTTPS = "нужен адрес https://"
"""What every line of these tests lacks: they speak plain HTTP."""


@pytest.fixture
def double() -> Iterator[RestDouble]:
    with RestDouble([TOKEN]) as running:
        yield running


@pytest.fixture
def live(settings, double) -> Iterator[Settings]:
    """A line that runs, with a sound account."""
    with serve(settings) as origin:
        sound = {"public_url": origin, "twilio_account_sid": double.account_sid, "twilio_api_url": double.url,
                 "operator_numbers": "+74950000001", "clock": None}  # fmt: skip
        double.add_number(
            NUMBER,
            voice_url=f"{origin}/voice/incoming",
            voice_fallback_url=f"{origin}/voice/fallback",
            status_callback=f"{origin}/voice/status",
        )
        yield settings.model_copy(update=sound)


def found(settings: Settings, number: str = "", **more: object) -> list[str]:
    """What is wrong, but for the missing https; then what is only good to know, behind a «~»."""
    settings = settings.model_copy(update=more)
    findings = list(check(settings, partial(open_carrier, settings), number))
    assert all("\n" not in one.text for one in findings)
    return [one.text if one.wrong else f"~{one.text}" for one in findings if HTTPS not in one.text]


def only(findings: list[str]) -> str:
    (one,) = findings
    return one


def test_a_sound_line(live):
    assert found(live) == []


def test_plain_http_is_wrong(live):
    assert any(HTTPS in one.text for one in check(live, partial(open_carrier, live)))


def test_a_clock_of_its_own(live, settings):
    assert "IVR_CLOCK" in only(found(live, clock=settings.clock))


def test_nobody_to_ring_is_good_to_know(live):
    assert only(found(live, operator_numbers="")).startswith("~Не заданы")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"twilio_account_sid": ""}, ["IVR_TWILIO_ACCOUNT_SID не задан"]),
        ({"twilio_account_sid": "AC" + "0" * 32}, ["Twilio не принимает IVR_TWILIO_ACCOUNT_SID"]),
        ({"twilio_api_url": NOBODY}, ["Twilio отсюда недоступен"]),
    ],
)
def test_credentials(live, more, told):
    findings = found(live, **more)
    assert len(findings) == len(told)
    assert all(start in finding for finding, start in zip(findings, told, strict=True))


def test_no_token_of_twilio_s(live, tmp_path):
    findings = found(live, twilio_auth_tokens="")
    assert any("IVR_TWILIO_AUTH_TOKENS не задан" in one for one in findings)


def test_a_token_that_the_account_does_not_know(live):
    assert "сверьте" in found(live, twilio_auth_tokens="another")[-1]
    findings = found(live, twilio_auth_tokens=f"{TOKEN},another")
    assert findings[-1].startswith("2-й токен")


def test_a_line_that_runs_with_other_tokens(live, double):
    double._tokens.add("new")
    findings = found(live, twilio_auth_tokens=f"new,{TOKEN}")
    assert "не признаёт подпись по 1-му токену" in only(findings)


def test_a_line_that_knows_itself_by_another_address(live, settings):
    port = live.public_url.rpartition(":")[2]
    findings = found(live, public_url=f"http://localhost:{port}")
    assert "не признаёт подпись" in findings[0]
    assert sum("Исправит ivr twilio setup" in one for one in findings) == 3


def test_nobody_at_the_public_address(live):
    assert "отсюда не отвечает" in found(live, public_url=NOBODY)[0]


def test_another_program_at_the_public_address(live):
    with answering(lambda method, path: (200, b"<h1>It works</h1>")) as other:
        findings = found(live, public_url=other)
    assert "там другая программа" in findings[0]
    with answering(lambda method, path: (200, b"ok\n") if method == "GET" else (500, b"")) as broken:
        findings = found(live, public_url=broken)
    assert "отвечает 500, а не 204" in findings[0]


def test_no_number_and_several(live, double):
    double.add_number("+74950000098")
    assert "назовите нужный ключом --number" in only(found(live))
    assert found(live, NUMBER) == []
    assert "в аккаунте нет" in only(found(live, "+74950000001"))
    double.numbers.clear()
    assert "нет ни одного номера" in only(found(live))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("voice_url", "https://demo.twilio.com/welcome/voice/", "адрес входящего звонка: https://demo"),
        ("voice_method", "GET", "метод входящего звонка: GET, а нужно POST"),
        ("status_callback", "", "адрес статусов: пусто"),
        ("voice_application_sid", "AP" + "1" * 32, "с ним Twilio не смотрит на адреса"),
        ("trunk_sid", "TK" + "1" * 32, "с ним Twilio не смотрит на адреса"),
    ],
)
def test_a_number_that_is_set_up_wrongly(live, double, field, value, told):
    double.numbers[0][field] = value
    finding = only(found(live))
    assert told in finding
    assert finding.endswith("Исправит ivr twilio setup.")


def test_a_number_that_takes_no_calls(live, double):
    double.numbers[0]["capabilities"]["voice"] = False
    assert "Voice" in only(found(live))


@pytest.mark.parametrize("setting", ["operator_numbers", "duty_numbers"])
def test_a_line_that_would_ring_itself(live, setting):
    assert "уберите его" in only(found(live, **{setting: NUMBER}))


@pytest.mark.parametrize(
    ("content", "sound"),
    [(b"<Response><Dial>+74950000001</Dial></Response>", True), (b"<Response><Say>x</Say></Response>", False),
     (b'<?xml version="1.0" encoding="koi8-xx"?><Response/>', False),
     (b'<?xml version="1.0" encoding="utf-32"?><Response/>', False), (b"<html/>", False), (b"oops", False),
     (b"<Response>" + b" " * 5000 + b"</Response>", False)],
    ids=["twiml", "rings nobody", "no encoding", "another encoding", "html", "text", "long"],
)  # fmt: skip
def test_a_fallback_on_another_host(live, double, content, sound):
    with answering(lambda method, path: (200, content) if method == "GET" else (405, b"")) as other:
        double.numbers[0] |= {"voice_fallback_url": f"{other}/line.xml", "voice_fallback_method": "GET"}
        findings = found(live)
        assert sound or "ivr twilio fallback" in only(findings)
        assert not (sound and findings)
        double.numbers[0]["voice_fallback_method"] = "POST"
        assert "не отдаёт TwiML" in only(found(live))


def test_sms(live, double):
    assert found(live, sms_from=NUMBER) == []
    assert "в аккаунте нет" in only(found(live, sms_from="+74950000001"))
    assert only(found(live, sms_from="Svetlaya")).startswith("~")
    double.numbers[0]["capabilities"]["sms"] = False
    assert "не отправляет SMS" in only(found(live, sms_from=NUMBER))


def test_the_account_s_own_troubles(live):
    with RestDouble([TOKEN], trial=True, status="suspended", skew_s=300) as double:
        double.numbers.append({"sid": "PN1"} | _right(live))
        findings = found(live, twilio_api_url=double.url)
    assert ["расходятся" in findings[0], "suspended" in findings[1]] == [True, True]
    assert findings[2].startswith("~Аккаунт пробный")
    assert len(findings) == 3


def _right(live: Settings) -> dict[str, object]:
    with RestDouble() as double:
        double.add_number(
            NUMBER,
            voice_url=f"{live.public_url}/voice/incoming",
            voice_fallback_url=f"{live.public_url}/voice/fallback",
            status_callback=f"{live.public_url}/voice/status",
        )
    return double.numbers[0]


@pytest.mark.parametrize("fault", [rest.BROKEN, rest.TOO_MANY])
def test_a_carrier_in_trouble(live, double, fault):
    double.fail(fault)
    assert f"Twilio отказал: HTTP {fault.status}" in only(found(live))


@contextmanager
def answering(answer: Callable[[str, str], tuple[int, bytes]]) -> Iterator[str]:
    """Another program on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send("GET")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._send("POST")

        def _send(self, method: str) -> None:
            status, content = answer(method, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing among the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
