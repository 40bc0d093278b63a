"""Webhooks are signed, delivered, retried and given to the fallback as Twilio does it."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3.connection
from flask import Response, request

FALLBACK = "<Say>Запасная линия</Say><Gather/>"


def test_a_webhook_is_signed_and_says_whose_it_is(line) -> None:
    call = line.double().dial("+79161234501")
    seen = line.seen[0]
    assert (call.heard, call.status, call.where) == ("Алло", "in-progress", "listening")
    assert seen.form == {
        "CallSid": call.sid, "AccountSid": "AC" + "5" * 32, "ApiVersion": "2010-04-01",
        "From": "+79161234501", "To": "+78002200220", "Caller": "+79161234501", "Called": "+78002200220",
        "Direction": "inbound", "CallStatus": "ringing",
    }  # fmt: skip
    assert seen.headers["I-Twilio-Idempotency-Token"]
    assert call.sid.startswith("CA")
    assert len(call.sid) == 34


def test_a_hidden_caller_is_anonymous(line) -> None:
    line.double().dial(None)
    assert line.seen[0].form["From"] == "anonymous"


def test_another_token_is_refused(line) -> None:
    assert line.double(fallback_url=None).dial(None).status == "in-progress"
    line.seen.clear()
    response = line.double().post("/voice/incoming", {"CallSid": "CA1"}, token="another")
    assert response.status_code == 403


@pytest.mark.parametrize("query", ["a=%D0%BF&b=%2F+~", "a=%d0%bf", "a=п и", "a=%2D&a=%2d", ""])
def test_the_raw_path_and_query_are_signed(line, query: str) -> None:
    line["/turn"] = "<Say>дошло</Say><Gather/>"
    line["/voice/incoming"] = f"<Redirect>/turn?{query.replace('&', '&amp;')}</Redirect>"
    assert line.double().dial(None).heard == "дошло"


def test_a_fragment_is_neither_signed_nor_sent(line) -> None:
    line["/voice/incoming"] = "<Redirect>https://line.example/turn?a=1#rc=2&amp;rp=all</Redirect>"
    line["/turn"] = "<Say>дошло</Say>"
    call = line.double().dial(None)
    assert line.paths() == ["/voice/incoming", "/turn?a=1"]
    assert call.requests[1].url == "https://line.example/turn?a=1"


@pytest.mark.parametrize("status", [301, 302])
def test_a_redirect_by_http_loses_the_fields(line, status: int) -> None:
    line["/voice/incoming"] = lambda: Response(status=status, headers={"Location": "/moved"})
    line["/moved"] = lambda: f"<Say>{request.method} {len(request.values)}</Say><Gather/>"
    assert line.double().dial(None).heard == "GET 0"


def test_redirects_by_http_without_end_are_given_up(line) -> None:
    line["/voice/incoming"] = lambda: Response(status=302, headers={"Location": "/voice/incoming"})
    line["/voice/fallback"] = FALLBACK
    line.double().dial(None)
    assert line.forms("/voice/fallback")[0]["ErrorCode"] == "11215"


def test_get_carries_the_fields_in_the_query(line) -> None:
    line["/voice/incoming"] = '<Redirect method="GET">/turn?a=1</Redirect>'
    line["/turn"] = lambda: (
        f"<Say>{request.args['From']} {request.args['a']} {len(request.form)}</Say><Gather/>"
    )
    assert line.double().dial("+79161234501").heard == "+79161234501 1 0"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response(status=500), "11200"),
        (Response(status=404), "11200"),
        (Response("<Response><Say>а", mimetype="text/xml"), "12100"),
        (Response("", mimetype="text/xml"), "12100"),
        (Response("<Response/>", mimetype="text/plain"), "12300"),
        (Response(f"<Response>{'<Pause/>' * 9000}</Response>", mimetype="text/xml"), "11750"),
        ("<Sing/>", "12200"),
        ('<Gather speechModel="phone_call" speechTimeout="auto"/>', "13331"),
    ],
)
def test_a_failing_webhook_goes_to_the_fallback(line, answer: object, code: str) -> None:
    line["/turn"] = lambda: answer
    line["/voice/fallback"] = FALLBACK
    call = line.double().dial("+79161234501")
    call.press("1#")
    (form,) = line.forms("/voice/fallback")
    assert form["ErrorCode"] == code
    assert form["ErrorUrl"] == "https://line.example/turn"
    assert (form["Digits"], form["CallSid"], form["From"]) == ("1", call.sid, "+79161234501")
    assert (call.heard, call.status) == ("Запасная линия", "in-progress")
    assert [str(error.code) for error in call.errors] == [code]
    assert len(line.forms("/turn")) == 1  # an answer, be it 500, is never asked for again


def test_a_late_answer_goes_to_the_fallback(line) -> None:
    go_on = threading.Event()
    line["/turn"] = lambda: "<Say>поздно</Say>" if go_on.wait(10) else ""
    line["/voice/fallback"] = FALLBACK
    call = line.double(timeout_s=0.3).dial(None)
    call.say("да")
    go_on.set()
    assert call.heard == "Запасная линия"
    assert line.forms("/voice/fallback")[0]["ErrorCode"] == "11205"
    assert len(line.forms("/turn")) == 1


def test_when_the_fallback_fails_too_the_call_fails(line) -> None:
    line["/turn"] = lambda: Response(status=500)
    line["/voice/fallback"] = lambda: Response(status=502)
    call = line.double().dial(None)
    call.say("да")
    assert (call.status, call.where, call.gather) == ("failed", "ended", None)
    assert [error.code for error in call.errors] == [11200, 11200]
    assert line.forms("/voice/status")[0]["CallStatus"] == "failed"


def test_without_a_fallback_the_call_fails_at_once(line) -> None:
    line["/voice/incoming"] = lambda: Response(status=500)
    assert line.double(fallback_url=None).dial(None).status == "failed"
    assert line.paths() == ["/voice/incoming"]


def test_a_refused_connection_is_tried_twice_and_then_the_fallback(line) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}/turn"
        line["/voice/incoming"] = f'<Gather action="{dead}"/>'
        line["/voice/fallback"] = FALLBACK
        call = line.double().dial(None)
        call.press("1#")
    assert call.heard == "Запасная линия"
    assert line.forms("/voice/fallback")[0]["ErrorCode"] == "11205"
    assert line.forms("/voice/fallback")[0]["ErrorUrl"] == dead


def test_one_failed_connection_is_tried_again(line, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tries = urllib3.connection.connection.create_connection, []

    def first_refused(*args: object, **options: object) -> socket.socket:
        tries.append(args)
        if len(tries) == 1:
            raise ConnectionRefusedError
        return real(*args, **options)

    monkeypatch.setattr(urllib3.connection.connection, "create_connection", first_refused)
    call = line.double().dial(None)
    assert (call.heard, len(tries), call.errors) == ("Алло", 2, [])


def test_a_connection_that_breaks_is_not_tried_again(line) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        accepted = []

        def hang_up_on_everybody() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                accepted.append(connection.recv(65_536))
                connection.close()

        thread = threading.Thread(target=hang_up_on_everybody)
        thread.start()
        line["/voice/incoming"] = f'<Gather action="http://127.0.0.1:{server.getsockname()[1]}/turn"/>'
        line["/voice/fallback"] = FALLBACK
        call = line.double().dial(None)
        call.press("1#")
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert call.heard == "Запасная линия"
    assert line.forms("/voice/fallback")[0]["ErrorCode"] == "11200"
    assert len(accepted) == 1


def test_a_repeated_webhook_is_the_same_and_moves_nothing(line) -> None:
    line["/turn"] = "<Gather action='/turn2'><Say>Дальше</Say></Gather>"
    call = line.double().dial(None)
    call.say("да")
    before = (list(call.transcript), len(call.requests))
    again, late = call.repeat(), call.send_late(0)
    assert (again.status, late.status) == (200, 200)
    assert line.seen[2] == line.seen[1]
    assert line.seen[3] == line.seen[0]
    assert (list(call.transcript), len(call.requests)) == before


@pytest.mark.parametrize("signed", [True, False])
def test_any_post_can_be_made(line, signed: bool) -> None:
    line["/turn"] = lambda: "ok"
    status = line.double().post("/turn", {"Digits": ["1", "2"], "CallSid": "CA1"}, signed=signed).status_code
    assert status == (200 if signed else 403)


@pytest.mark.parametrize(
    "body", [b"SpeechResult=%FF%FE", b"SpeechResult=\xff\xfe", b"SpeechResult=" + b"a" * 100_000]
)
def test_a_raw_body_is_sent_as_it_is(line, body: bytes) -> None:
    line["/turn"] = lambda: Response(str(request.content_length))
    response = line.double().post("/turn", body, headers={"X-Extra": "1"})
    assert (response.status_code, response.text) == (200, str(len(body)))
    assert line.seen[0].headers["X-Extra"] == "1"


def test_a_hundred_calls_at_once(line) -> None:
    line["/turn"] = lambda: (
        f"<Gather input='speech' action='/turn'><Say>{request.form['SpeechResult']}</Say></Gather>"
    )
    double = line.double(timeout_s=60)

    def talk(number: int) -> str:
        call = double.dial(f"+7916{number:07}")
        call.say(f"я {number}")
        call.say(f"снова {number}")
        call.hang_up()
        return call.status + " " + " ".join(said.text for said in call.transcript if said.who == "phone")

    with ThreadPoolExecutor(100) as pool:
        told = list(pool.map(talk, range(100)))
    assert told == [f"completed Алло я {number} снова {number}" for number in range(100)]
