"""Urgent hand-overs by webhooks: the duty numbers in turn, the key that takes the call, what a repeat does."""

import xml.etree.ElementTree as ET

import pytest

from ivr.flows.closed import URGENT
from ivr.language.prompts import Prompts
from ivr.services.calls import Calls
from ivr.services.queue import Queue
from ivr.store.engine import Unavailable
from tests.support.rows import lines_of, requests_of, transfers_of
from tests.unit.telephony.conftest import ORIGIN, Webhooks

DUTY = ("+74950000011", "+74950000012")
ANSWERED = {"DialCallStatus": "completed", "DialBridged": "true"}
VOICEMAIL = {"DialCallStatus": "completed", "DialBridged": "false"}


@pytest.fixture
def duty(new_app) -> Webhooks:
    """A call that speaks of danger, in the queue."""
    webhooks = Webhooks(new_app(duty_numbers=",".join(DUTY)).test_client())
    webhooks.post("/voice/incoming")
    return webhooks


def verb(response, tag):
    found = ET.fromstring(response.data).find(tag)
    assert found is not None, response.data.decode()
    return found


def said(response):
    return " ".join("".join(say.itertext()) for say in ET.fromstring(response.data).iter("Say"))


def tags(response):
    return [one.tag for one in ET.fromstring(response.data)]


def rung(response):
    return [number.text for number in verb(response, "Dial")]


def danger(webhooks):
    return webhooks.post("/voice/turn/1", SpeechResult="искрит щиток")


def test_there_is_something_urgent():
    assert {"danger", "prepaid_dark"} <= URGENT


def test_an_urgent_caller_waits_in_the_queue_for_a_short_time(duty):
    enqueue = verb(danger(duty), "Enqueue")
    assert (enqueue.get("action"), enqueue.get("waitUrl")) == ("/voice/duty/2/0", "/voice/queue/2?hurried=1")
    gather = verb(duty.post("/voice/queue/2?hurried=1", QueueTime="0", QueuePosition="1"), "Gather")
    assert (gather.get("action"), gather.get("timeout")) == ("/voice/queue/2?hurried=1", "15")
    assert verb(duty.post("/voice/queue/2?hurried=1", QueueTime="40"), "Gather").get("timeout") == "5"
    assert tags(duty.post("/voice/queue/2?hurried=1", QueueTime="45")) == ["Leave"]


def test_who_is_not_urgent_waits_as_ever(duty):
    enqueue = verb(duty.post("/voice/turn/1", SpeechResult="оператор"), "Enqueue")
    assert (enqueue.get("action"), enqueue.get("waitUrl")) == ("/voice/turn/2", "/voice/queue/2")


def test_without_duty_nothing_is_different(webhooks):
    webhooks.post("/voice/incoming")
    enqueue = verb(danger(webhooks), "Enqueue")
    assert (enqueue.get("action"), enqueue.get("waitUrl")) == ("/voice/turn/2", "/voice/queue/2")
    response = webhooks.post("/voice/turn/2", QueueResult="leave")
    assert "Мы перезвоним" in said(response)


def test_operators_of_an_urgent_caller_ring_short_and_press_a_key(new_app):
    app = new_app(duty_numbers=",".join(DUTY), operator_numbers="+74950000001", urgent_wait=30)
    webhooks = Webhooks(app.test_client())
    webhooks.post("/voice/incoming")
    dial = verb(danger(webhooks), "Dial")
    assert (dial.get("timeout"), dial.get("action")) == ("25", "/voice/duty/2/0")
    assert dial[0].get("url") == f"/voice/screen/2?call={webhooks.sid}"


def test_the_numbers_ring_in_turn_and_then_the_turn_is_over(duty, line):
    danger(duty)
    first = duty.post("/voice/duty/2/0", QueueResult="leave")
    assert rung(first) == [DUTY[0]]
    dial = verb(first, "Dial")
    assert (dial.get("action"), dial.get("timeout"), dial.get("answerOnBridge")) == (
        "/voice/duty/2/1",
        "25",
        "true",
    )
    assert dial[0].get("url") == f"/voice/screen/2?call={duty.sid}"
    second = duty.post("/voice/duty/2/1", DialCallStatus="no-answer", DialBridged="false")
    assert rung(second) == [DUTY[1]]
    assert requests_of(line.store) == []
    last = duty.post("/voice/duty/2/2", DialCallStatus="busy", DialBridged="false")
    assert "Дежурный сейчас не отвечает. Мы перезвоним" in said(last)
    assert "сто двенадцать" in said(last)
    (request,) = requests_of(line.store)
    assert (request["kind"], request["urgent"], request["phone"]) == ("call_back", True, "+79161234501")
    assert transfers_of(line.store, duty.sid)[0]["state"] == "nobody"


def test_a_repeat_rings_the_same_number_and_saves_nothing_twice(duty, line):
    danger(duty)
    first = duty.post("/voice/duty/2/0", QueueResult="leave")
    assert duty.post("/voice/duty/2/0", QueueResult="leave").data == first.data
    last = duty.post("/voice/duty/2/2", DialCallStatus="no-answer")
    assert duty.post("/voice/duty/2/2", DialCallStatus="no-answer").data == last.data
    assert len(requests_of(line.store)) == 1


@pytest.mark.parametrize("form", [VOICEMAIL, {"DialCallStatus": "completed"}, {"DialCallStatus": "answered"}])
def test_a_leg_that_was_not_put_through_did_not_take_the_call(duty, form):
    danger(duty)
    assert rung(duty.post("/voice/duty/2/1", **form)) == [DUTY[1]]


def test_after_a_talk_the_line_goes_on(duty, line):
    danger(duty)
    assert "Чем ещё помочь" in said(duty.post("/voice/duty/2/1", **ANSWERED))
    assert transfers_of(line.store, duty.sid)[0]["state"] == "talked"
    assert requests_of(line.store) == []


@pytest.mark.parametrize("ended", [{"QueueResult": "bridged"}, ANSWERED])
def test_after_an_operator_nobody_on_duty_is_rung(duty, ended):
    danger(duty)
    assert "Чем ещё помочь" in said(duty.post("/voice/duty/2/0", **ended))


@pytest.mark.parametrize(
    "ended",
    [
        {"QueueResult": "queue-full"},
        {"QueueResult": "system-error"},
        {"DialCallStatus": "failed"},
        VOICEMAIL,
        {"DialCallStatus": "completed"},
    ],
)
def test_whatever_went_wrong_before_duty_is_rung(duty, ended):
    danger(duty)
    assert rung(duty.post("/voice/duty/2/0", **ended)) == [DUTY[0]]


@pytest.mark.parametrize(
    "ended",
    [
        {"QueueResult": "hangup"},
        {"DialCallStatus": "canceled"},
        {"DialCallStatus": "no-answer", "CallStatus": "completed"},
        {**VOICEMAIL, "CallStatus": "completed"},
    ],
)
def test_for_a_caller_who_is_gone_nobody_is_rung(duty, line, ended):
    danger(duty)
    assert tags(duty.post("/voice/duty/2/1", **ended)) == []
    assert transfers_of(line.store, duty.sid)[0]["state"] == "gone"


def test_what_the_caller_chose_in_the_queue_goes_first(duty):
    danger(duty)
    duty.post("/voice/queue/2?hurried=1", QueueTime="20", Digits="1")
    assert "Перезвонить на номер" in said(duty.post("/voice/duty/2/0", QueueResult="leave"))


def test_who_answers_must_press_a_key(duty, line):
    danger(duty)
    leg = {"CallSid": "CA" + "2" * 32}
    screen = duty.post(f"/voice/screen/2?call={duty.sid}", **leg)
    assert tags(screen) == ["Gather", "Gather", "Hangup"]
    assert "Срочный вызов" in said(screen)
    assert "Срочно: опасность" in said(screen)
    assert said(screen).endswith("Чтобы принять вызов, нажмите один.")
    gather = verb(screen, "Gather")
    assert (gather.get("input"), gather.get("numDigits")) == ("dtmf", "1")
    action = gather.get("action")
    assert tags(duty.post(action, **leg, Digits="2")) == ["Hangup"]
    assert tags(duty.post(action, **leg, Digits="1")) == []
    assert [row["key"] for row in lines_of(line.store, duty.sid) if row["type"] == "queue"] == ["duty"]


def test_no_name_and_no_address_is_told_to_whoever_answered(duty, line):
    danger(duty)
    told = said(duty.post(f"/voice/screen/2?call={duty.sid}", CallSid="CA" + "2" * 32))
    for secret in ("5012345601", "Абонент", "Примерная", "9161234501"):
        assert secret not in told


def test_by_the_fallback_url_it_is_the_same(duty):
    danger(duty)
    first = duty.post("/voice/duty/2/0", QueueResult="leave")
    failed = {"ErrorCode": "11200", "ErrorUrl": f"{ORIGIN}/voice/duty/2/0"}
    assert duty.post("/voice/fallback", QueueResult="leave", **failed).data == first.data
    failed = {"ErrorCode": "11200", "ErrorUrl": f"{ORIGIN}/voice/queue/2?hurried=1"}
    assert tags(duty.post("/voice/fallback", QueueTime="50", **failed)) == ["Leave"]
    screen = f"/voice/screen/2?call={duty.sid}"
    failed = {"ErrorCode": "11200", "ErrorUrl": ORIGIN + screen, "CallSid": "CA" + "2" * 32}
    assert duty.post("/voice/fallback", **failed).data == duty.post(screen, CallSid="CA" + "2" * 32).data


def test_danger_rings_duty_with_no_database(duty, monkeypatch):
    danger(duty)
    for name in ("choice", "enter", "summary", "accepted"):
        monkeypatch.setattr(Queue, name, _away)
    assert rung(duty.post("/voice/duty/2/0", QueueResult="leave")) == [DUTY[0]]
    leg = {"CallSid": "CA" + "2" * 32}
    assert "Срочный вызов" in said(duty.post(f"/voice/screen/2?call={duty.sid}", **leg))
    assert tags(duty.post(f"/voice/screen/2?call={duty.sid}", **leg, Digits="1")) == []


def test_danger_that_could_not_be_written_is_urgent_too(duty, monkeypatch):
    monkeypatch.setattr(Calls, "advance", _away)
    monkeypatch.setattr("ivr.telephony.voice.PATIENCE_S", -1)
    assert verb(danger(duty), "Enqueue").get("action") == "/voice/duty/1/0"
    response = duty.post("/voice/turn/1", SpeechResult="передать показания")
    assert verb(response, "Enqueue").get("action") == "/voice/turn/1"


def test_danger_waits_for_no_database(duty, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(Calls, "advance", _away)
        response = danger(duty)
    assert said(response).startswith("Отойдите подальше")
    assert verb(response, "Enqueue").get("action") == "/voice/duty/1/0"
    last = duty.post("/voice/duty/1/2", DialCallStatus="no-answer")
    assert "Дежурный сейчас не отвечает. Мы перезвоним" in said(last)


def test_danger_in_a_turn_that_crashes(duty, monkeypatch):
    def fails(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Calls, "advance", fails)
    response = danger(duty)
    assert said(response).startswith("Отойдите подальше")
    assert verb(response, "Enqueue").get("action") == "/voice/duty/1/0"
    monkeypatch.setattr(Queue, "is_danger", fails)
    assert verb(danger(duty), "Enqueue").get("action") == "/voice/turn/1"


def test_danger_in_the_queue_rings_duty_at_once(duty, line):
    duty.post("/voice/turn/1", SpeechResult="оператор")
    left = duty.post("/voice/queue/2", QueueTime="20", SpeechResult="тут провод искрит")
    assert tags(left) == ["Say", "Leave"]
    assert rung(duty.post("/voice/turn/2", QueueResult="leave")) == [DUTY[0]]
    assert "Срочно: опасность" in said(duty.post(f"/voice/screen/3?call={duty.sid}", CallSid="CA" + "2" * 32))
    assert rung(duty.post("/voice/duty/3/1", DialCallStatus="no-answer")) == [DUTY[1]]
    assert "Мы перезвоним" in said(duty.post("/voice/duty/3/2", DialCallStatus="no-answer"))
    (request,) = requests_of(line.store)
    assert (request["kind"], request["urgent"]) == ("call_back", True)


def test_danger_in_the_queue_without_duty_waits_on(webhooks):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    waits = webhooks.post("/voice/queue/2", QueueTime="20", SpeechResult="тут провод искрит")
    assert tags(waits) == ["Say", "Gather"]


def test_where_operators_are_closed_duty_rings_at_once(new_app, tmp_path):
    hours = tmp_path / "closed.yaml"
    hours.write_text('holidays: {"2026-11-20": closed}\n')
    more = {"duty_numbers": ",".join(DUTY), "operator_numbers": "+74950000001", "schedule": str(hours)}
    webhooks = Webhooks(new_app(**more).test_client())
    webhooks.post("/voice/incoming")
    assert rung(danger(webhooks)) == [DUTY[0]]


def test_a_screen_that_fails_puts_nobody_through(duty, monkeypatch):
    danger(duty)

    def fails(*_):
        raise RuntimeError("no such prompt")

    monkeypatch.setattr(Prompts, "text", fails)
    assert tags(duty.post(f"/voice/screen/2?call={duty.sid}", CallSid="CA" + "2" * 32)) == ["Hangup"]


def _away(*_):
    raise Unavailable("away")


@pytest.mark.parametrize("path", ["/voice/duty/2/0", "/voice/screen/2?call=CA1"])
def test_unsigned_nobody_is_rung(duty, path):
    assert duty.post(path, signature="forged", QueueResult="leave").status_code == 403


def test_an_operator_who_hung_up_during_the_summary_took_nothing(new_app):
    webhooks = Webhooks(new_app(operator_numbers="+74950000001").test_client())
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    assert "Операторы сейчас заняты" in said(webhooks.post("/voice/turn/2", **VOICEMAIL))
