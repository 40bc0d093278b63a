"""Twilio's REST through its own client, against the double over real HTTP: what works, and what fails how."""

from datetime import UTC, datetime, timedelta

import pytest

from ivr.simulator import rest
from ivr.simulator.rest import Fault, RestDouble
from ivr.telephony.carrier import Carrier, CarrierError

TO, SENDER = "+79161234501", "+74950000099"


@pytest.fixture
def double():
    with RestDouble() as running:
        running.add_number(SENDER)
        yield running


def carrier_of(double, token="token", timeout_s=5.0):
    return Carrier(double.account_sid, token, double.url, SENDER, timeout_s)


@pytest.fixture
def carrier(double):
    return carrier_of(double)


def test_the_account(carrier):
    account = carrier.account()
    assert (account.name, account.active, account.trial) == ("Светлая линия", True, False)
    assert abs(carrier.answered_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_trial_account_that_is_suspended():
    with RestDouble(trial=True, status="suspended", skew_s=3600) as double:
        carrier = carrier_of(double)
        assert (carrier.account().active, carrier.account().trial) == (False, True)
        assert carrier.answered_at - datetime.now(UTC) > timedelta(minutes=59)


def test_all_numbers_come_page_by_page(double, carrier):
    for last in range(120):
        double.add_number(f"+7495000{last:04d}")
    assert len(carrier.numbers()) == 121
    assert len(double.requests) == 3


def test_a_number_is_changed_and_nothing_else_of_it(double, carrier):
    (number,) = carrier.numbers()
    carrier.change(number, {"voice_url": "https://line.example/voice/incoming", "application_sid": ""})
    method, path, form = double.requests[-1]
    assert (method, path.endswith(f"/{number.sid}.json")) == ("POST", True)
    assert form == {"VoiceUrl": "https://line.example/voice/incoming", "VoiceApplicationSid": ""}
    assert carrier.numbers()[0].voice_url == "https://line.example/voice/incoming"


def test_a_text_message(double, carrier):
    assert not carrier.has_sent(TO, "квитанция 700013")
    carrier.send(TO, "квитанция 700013")
    assert double.sent() == [(TO, "квитанция 700013")]
    assert double.messages[0]["from"] == SENDER
    assert carrier.has_sent(TO, "квитанция 700013")
    assert not carrier.has_sent(TO, "квитанция 700021")
    assert not carrier.has_sent("+79161234502", "квитанция 700013")


def test_a_trial_account_s_own_words_and_what_was_never_sent(double, carrier):
    carrier.send(TO, "квитанция 700013")
    double.messages[0]["body"] = "Sent from your Twilio trial account - квитанция 700013"
    assert carrier.has_sent(TO, "квитанция 700013")
    for status in ("failed", "undelivered", "canceled"):
        double.messages[0]["status"] = status
        assert not carrier.has_sent(TO, "квитанция 700013")


def test_an_answer_of_another_shape(double, carrier, monkeypatch):
    monkeypatch.setattr(double, "take", lambda *_: (200, "[]"))
    with pytest.raises(CarrierError, match="не такой"):
        carrier.numbers()
    with pytest.raises(CarrierError):
        carrier.account()


@pytest.mark.parametrize(
    ("fault", "status", "final"),
    [
        (Fault(400, 21211), 400, True),
        (Fault(404, 20404), 404, True),
        (rest.TOO_MANY, 429, False),
        (Fault(401, 20003), 401, False),
        (rest.BROKEN, 500, False),
        (Fault(503), 503, False),
        (Fault(302), 302, False),
        (rest.DROPPED, 0, False),
        (rest.SILENT, 0, False),
    ],
)
def test_what_may_be_tried_again(double, fault, status, final):
    for act in (
        lambda carrier: carrier.send(TO, "квитанция"),
        lambda carrier: carrier.has_sent(TO, "квитанция"),
    ):
        double.fail(fault)
        with pytest.raises(CarrierError) as raised:
            act(carrier_of(double, timeout_s=0.2))
        assert (raised.value.status, raised.value.final) == (status, final)
    assert double.sent() == []
    assert len(double.requests) == 2  # nothing is retried here


@pytest.mark.parametrize("fault", [rest.LOST, rest.LATE, Fault(500, done=True)])
def test_an_answer_that_never_came_may_have_been_a_message(double, fault):
    carrier = carrier_of(double, timeout_s=0.2)
    double.fail(fault)
    with pytest.raises(CarrierError) as raised:
        carrier.send(TO, "квитанция")
    assert not raised.value.final
    assert carrier.has_sent(TO, "квитанция")


def test_twilio_s_own_code_is_told(double, carrier):
    double.stopped.add(TO)
    with pytest.raises(CarrierError, match="unsubscribed") as raised:
        carrier.send(TO, "квитанция")
    assert (raised.value.code, raised.value.final) == (21610, True)


def test_a_wrong_token(double):
    with pytest.raises(CarrierError) as raised:
        carrier_of(double, "another").numbers()
    assert raised.value.status == 401


def test_nobody_there():
    carrier = Carrier("AC" + "0" * 32, "token", "http://127.0.0.1:9", SENDER)
    with pytest.raises(CarrierError) as raised:
        carrier.account()
    assert (raised.value.status, raised.value.final) == (0, False)


def test_the_real_address_is_twilio_s():
    carrier = Carrier("AC" + "0" * 32, "token")
    assert carrier._client.api.base_url == "https://api.twilio.com"
