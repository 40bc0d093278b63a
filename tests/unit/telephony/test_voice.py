"""The webhooks: what is let in, what comes out, and what a repeated, late or lost one does."""

import xml.etree.ElementTree as ET

import pytest
from twilio.request_validator import RequestValidator

from ivr.flows.line import FLOWS
from ivr.services.calls import Calls
from tests.conftest import TOKEN
from tests.support.rows import calls_of, readings_of, transfers_of, turns_of
from tests.unit.telephony.conftest import ORIGIN, Webhooks


def said(response):
    assert response.status_code == 200, response.status
    return " ".join("".join(say.itertext()) for say in ET.fromstring(response.data).iter("Say"))


def verbs(response):
    return [verb.tag for verb in ET.fromstring(response.data)]


def test_a_call_by_webhooks(webhooks, line):
    assert "Здравствуйте" in said(webhooks.post("/voice/incoming"))
    assert "Назовите показания" in said(webhooks.post("/voice/turn/1", SpeechResult="Передать показания."))
    assert "Верно?" in said(webhooks.post("/voice/turn/2", SpeechResult="12 450", Confidence="0.87"))
    assert "приняты" in said(webhooks.post("/voice/turn/3", Digits="1"))
    assert verbs(webhooks.post("/voice/turn/4", SpeechResult="До свидания")) == ["Say"] * 3 + ["Hangup"]
    assert readings_of(line.store) == [("T", 12450, "accepted")]


def test_the_gather_is_what_twilio_takes(webhooks):
    gather = ET.fromstring(webhooks.post("/voice/incoming").data).find("Gather")
    assert gather.attrib.items() >= {
        "input": "dtmf speech", "language": "ru-RU", "speechModel": "phone_call", "profanityFilter": "false",
        "actionOnEmptyResult": "true", "action": "/voice/turn/1", "method": "POST",
    }.items()  # fmt: skip
    assert gather.get("speechTimeout").isdigit()
    assert 0 < len(gather.get("hints").split(",")) <= 500


def test_what_must_be_heard_comes_before_the_gather(webhooks, new_app):
    late = Webhooks(new_app(window_first_day=1, window_last_day=2).test_client())
    late.post("/voice/incoming")
    response = late.post("/voice/turn/1", Digits="1")
    assert verbs(response) == ["Say", "Say", "Gather", "Redirect"]
    assert "вне срока" in said(response)


@pytest.mark.parametrize("signature", ["", "forged", "ж"])
def test_what_is_not_signed_stores_nothing(webhooks, line, signature):
    assert webhooks.post("/voice/incoming", signature=signature).status_code == 403
    assert calls_of(line.store) == []


def test_an_altered_form_is_refused(webhooks, line):
    form = {"CallSid": webhooks.sid, "From": "+79161234501", "CallStatus": "in-progress"}
    signature = RequestValidator(TOKEN).compute_signature(ORIGIN + "/voice/incoming", form)
    assert webhooks.post("/voice/incoming", signature=signature, From="+79161234502").status_code == 403
    assert calls_of(line.store) == []


def test_the_raw_path_is_what_is_signed(webhooks):
    path = "/voice/incoming?a=%D1%8F&b=c%20d"
    assert webhooks.post(path).status_code == 200


def test_a_token_is_rotated(new_app):
    app = new_app(twilio_auth_tokens="new, old").test_client()
    assert Webhooks(app, "old").post("/voice/incoming").status_code == 200
    assert Webhooks(app, "new").post("/voice/incoming").status_code == 200
    assert Webhooks(app, TOKEN).post("/voice/incoming").status_code == 403


def test_a_shared_key_signs_with_another_algorithm(webhooks):
    form = {"CallSid": webhooks.sid}
    signature = RequestValidator(TOKEN).compute_signature(ORIGIN + "/voice/incoming", form, "HMAC_SHA256")
    headers = {"X-Twilio-Signature": signature}
    assert webhooks.client.post("/voice/incoming", data=form, headers=headers).status_code == 403
    headers["X-Twilio-Webhooks-Signature-Settings"] = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    assert webhooks.client.post("/voice/incoming", data=form, headers=headers).status_code == 200


def test_a_repeated_webhook_gets_the_very_reply(webhooks, line):
    webhooks.post("/voice/incoming")
    first = webhooks.post("/voice/turn/1", Digits="1")
    assert webhooks.post("/voice/turn/1", Digits="1").data == first.data
    assert len(turns_of(line.store, webhooks.sid)) == 2


def test_a_turn_by_the_fallback_url_is_the_same_turn(webhooks, line):
    webhooks.post("/voice/incoming")
    failed = {"ErrorCode": "11200", "ErrorUrl": f"{ORIGIN}/voice/turn/1"}
    first = webhooks.post("/voice/fallback", Digits="1", **failed)
    assert "Назовите показания" in said(first)
    assert webhooks.post("/voice/turn/1", Digits="1").data == first.data
    assert webhooks.post("/voice/fallback", Digits="1", **failed).data == first.data
    assert len(turns_of(line.store, webhooks.sid)) == 2


def test_a_call_may_begin_by_the_fallback_url(webhooks):
    failed = {"ErrorCode": "11205", "ErrorUrl": f"{ORIGIN}/voice/incoming"}
    assert "Здравствуйте" in said(webhooks.post("/voice/fallback", **failed))


def test_a_fallback_that_names_nothing_gets_the_present_reply(webhooks):
    first = webhooks.post("/voice/incoming")
    assert webhooks.post("/voice/fallback", ErrorCode="12100").data == first.data


def test_a_late_webhook_moves_nothing(webhooks, line):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", Digits="1")
    present = webhooks.post("/voice/turn/2", Digits="12450")
    assert webhooks.post("/voice/turn/1", Digits="0").data == present.data
    assert transfers_of(line.store, webhooks.sid) == []


def test_an_unknown_call_is_greeted(webhooks):
    assert "Здравствуйте" in said(webhooks.post("/voice/turn/8", Digits="1"))


def test_statuses_come_in_any_order_and_more_than_once(webhooks, line):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", Digits="1")
    webhooks.post("/voice/turn/2", Digits="12450")
    for status in ("completed", "ringing", "completed", "in-progress"):
        assert webhooks.post("/voice/status", CallStatus=status).status_code == 204
    assert readings_of(line.store) == [("T", 12450, "unconfirmed")]
    assert calls_of(line.store)[0]["ended_by"] == "completed"
    assert webhooks.post("/voice/status", CallSid="CAunknown", CallStatus="completed").status_code == 204


@pytest.mark.parametrize("sid", [None, "", "x" * 65, "CA'; drop table calls;--", "Ж"])
def test_a_webhook_that_names_no_call_is_refused(webhooks, line, sid):
    assert webhooks.post("/voice/incoming", CallSid=sid).status_code == 400
    assert calls_of(line.store) == []


def test_an_oversized_body_is_refused(webhooks, line):
    assert webhooks.post("/voice/incoming", SpeechResult="а" * 100_000).status_code == 413
    assert calls_of(line.store) == []


def test_a_long_utterance_is_no_match(webhooks):
    webhooks.post("/voice/incoming")
    assert "Не поняла" in said(webhooks.post("/voice/turn/1", SpeechResult="бла " * 3000))


def test_a_body_that_is_not_utf8_is_refused(webhooks, line):
    body = b"CallSid=CA1&SpeechResult=%ff%fe\xff"
    response = webhooks.client.post(
        "/voice/incoming",
        data=body,
        headers={"X-Twilio-Signature": "AA=="},
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 403
    assert calls_of(line.store) == []


@pytest.mark.parametrize("path", ["/voice/incoming", "/voice/turn/1", "/voice/status", "/voice/fallback"])
def test_get_is_no_way_in(webhooks, path):
    assert webhooks.client.get(path).status_code in (403, 405)


def test_json_is_refused(webhooks):
    assert webhooks.client.post("/voice/incoming", json={"CallSid": "CA1"}).status_code == 403


@pytest.mark.parametrize(
    "number", ["anonymous", "+266696687", "Restricted", "", "sip:ann@example.com", "+7916"]
)
def test_a_hidden_number_is_asked_for_the_account(webhooks, number):
    webhooks.post("/voice/incoming", From=number)
    assert "лицевого счёта" in said(webhooks.post("/voice/turn/1", From=number, Digits="1"))


def test_a_broken_script_ends_at_an_operator(webhooks, monkeypatch):
    async def broken(visit):
        raise RuntimeError

    monkeypatch.setitem(FLOWS, "submit_readings", broken)
    webhooks.post("/voice/incoming")
    response = webhooks.post("/voice/turn/1", Digits="1")
    assert "неполадка" in said(response)
    assert verbs(response)[-1] == "Enqueue"


def test_when_all_fails_there_is_a_sentence_and_an_operator(webhooks, monkeypatch):
    def fails(*_):
        raise RuntimeError("even the rescue")

    monkeypatch.setattr(Calls, "advance", fails)
    response = webhooks.post("/voice/turn/3", Digits="1")
    assert "неполадка" in said(response)
    enqueue = ET.fromstring(response.data).find("Enqueue")
    assert (enqueue.get("action"), enqueue.get("waitUrl")) == ("/voice/turn/3", "/voice/queue/3")


def test_operators_with_numbers_are_rung_and_hear_a_summary(new_app, line):
    app = Webhooks(new_app(operator_numbers="+74950000001, +74950000002").test_client())
    app.post("/voice/incoming")
    response = app.post("/voice/turn/1", SpeechResult="оператор")
    dial = ET.fromstring(response.data).find("Dial")
    assert [number.text for number in dial] == ["+74950000001", "+74950000002"]
    whisper = dial[0].get("url")
    assert "Просит оператора" in said(app.post(whisper, CallSid="CA" + "2" * 32))
    assert "перезвонить" in said(app.post("/voice/turn/2", DialCallStatus="no-answer")).lower()


def test_in_the_queue_one_may_choose_a_call_back(webhooks, line):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    assert "ваше место: два" in said(webhooks.post("/voice/queue/2", QueuePosition="2", QueueTime="0"))
    assert "Место" in said(webhooks.post("/voice/queue/2", QueuePosition="1", QueueTime="20"))
    assert verbs(webhooks.post("/voice/queue/2", QueueTime="30", Digits="1")) == ["Leave"]
    response = webhooks.post("/voice/turn/2", QueueResult="leave")
    assert "Перезвонить на номер" in said(response)


def test_in_the_queue_one_may_go_back_to_the_menu(webhooks):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    assert verbs(webhooks.post("/voice/queue/2", QueueTime="30", SpeechResult="главное меню")) == ["Leave"]
    assert "чем помочь" in said(webhooks.post("/voice/turn/2", QueueResult="leave"))


def test_the_queue_is_left_when_nobody_comes(webhooks):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    assert verbs(webhooks.post("/voice/queue/2", QueueTime="299")) == ["Gather"]
    assert verbs(webhooks.post("/voice/queue/2", QueueTime="300")) == ["Leave"]
    assert "Операторы сейчас заняты" in said(webhooks.post("/voice/turn/2", QueueResult="leave"))


def test_who_hangs_up_in_the_queue_is_gone(webhooks, line):
    webhooks.post("/voice/incoming")
    webhooks.post("/voice/turn/1", SpeechResult="оператор")
    assert verbs(webhooks.post("/voice/turn/2", QueueResult="hangup", CallStatus="completed")) == []
    assert transfers_of(line.store, webhooks.sid)[0]["state"] == "gone"


def test_slow_speech(webhooks):
    webhooks.post("/voice/incoming")
    response = webhooks.post("/voice/turn/1", SpeechResult="помедленнее")
    assert b'<prosody rate="slow">' in response.data


def test_health(webhooks):
    assert webhooks.client.get("/healthz").data == b"ok\n"
