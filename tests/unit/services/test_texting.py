"""Receipts by SMS: to whom, once, in the transaction; and a message that nobody knows of is not sent twice."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from ivr import data
from ivr.language.phones import is_russian_mobile
from ivr.language.prompts import Prompts
from ivr.services import texting
from ivr.services.delivery import LEASE, Delivery
from ivr.simulator import rest
from ivr.simulator.number import ACCOUNT_SID
from ivr.simulator.rest import Fault, RestDouble
from ivr.store import calls, outbox
from ivr.store.tables import Outbox
from ivr.telephony.carrier import Carrier
from tests.support.caller import Caller

MOBILE, SENDER = "+79161234501", "+74950000099"
TWO_PARTS = 2 * 67
"""Letters of two joined text messages in UCS-2."""


@pytest.fixture
def double():
    with RestDouble() as running:
        running.add_number(SENDER)
        yield running


@pytest.fixture
def line(new_line):
    return new_line(sms_from=SENDER, twilio_account_sid=ACCOUNT_SID)


def delivery_of(line, double, timeout_s=5.0):
    carrier = Carrier(double.account_sid, "token", double.url, SENDER, timeout_s)
    return Delivery(line.store, line.clock, {"sms": texting.Texts(carrier)})


@pytest.fixture
def delivery(line, double):
    return delivery_of(line, double)


def rows(line):
    with line.store.read() as db:
        columns = (Outbox.kind, Outbox.key, Outbox.payload, Outbox.sent_at, Outbox.failed_at, Outbox.attempts)
        return list(db.execute(select(*columns).order_by(Outbox.id)))


def texts(line):
    return [msgspec.json.decode(row.payload, type=texting.Text) for row in rows(line)]


def later(line, **time):
    line.clock.offset += timedelta(**time)


@pytest.fixture
def one(line):
    """A call with one receipt."""
    caller = Caller(line.calls, MOBILE)
    caller.talk("передать показания", "#12450", "#1")
    return texts(line)[0].text


def test_a_receipt_is_sent_to_the_caller_once(line, double, delivery, one):
    assert delivery.send_due() == 1
    later(line, hours=1)
    assert delivery.send_due() == 0
    assert double.sent() == [(MOBILE, one)]
    assert one.startswith("«Светлая линия»: показания получены. Номер квитанции 7")


def test_the_zones_of_one_receipt_are_one_message(line):
    Caller(line.calls, "+79161234502").talk("передать показания", "#8600", "#1", "#3300", "#1")
    assert len(rows(line)) == 1


def test_a_request_asked_for_twice_is_one_message(line):
    for _ in range(2):
        Caller(line.calls, MOBILE).talk("перезвоните мне", "да")
    (row,) = rows(line)
    assert row.key.startswith("sms/1")
    assert "заявка записана" in texts(line)[0].text


@pytest.mark.parametrize(
    "caller", [None, "+74951234567", "+78002200220", "+380501234567", "+77011234567", "+14155552671"]
)
def test_nobody_but_a_russian_mobile_gets_one(line, caller):
    talk = Caller(line.calls, caller)
    talk.talk("перезвоните мне", "нет", "#89161234599", "да")
    assert rows(line) == []


@pytest.mark.parametrize(
    ("number", "mobile"),
    [(MOBILE, True), ("+79001234567", True), ("+74951234567", False), ("+78002200220", False),
     ("+77011234567", False), ("+380501234567", False)],
)  # fmt: skip
def test_mobile_numbers(number, mobile):
    assert is_russian_mobile(number) is mobile


def test_without_a_sender_nothing_is_written(new_line):
    silent = new_line()
    Caller(silent.calls, MOBILE).talk("передать показания", "#12450", "#1")
    assert rows(silent) == []


def test_no_receipt_without_the_reading(line, monkeypatch):
    caller = Caller(line.calls, MOBILE)
    caller.talk("передать показания", "#12450")
    monkeypatch.setattr(calls, "write_turn", _fails)
    with pytest.raises(RuntimeError):
        caller.press("1")
    assert rows(line) == []


def _fails(*_: object) -> None:
    raise RuntimeError("the last write of a turn")


def test_it_fits_into_two_parts_and_names_nobody():
    prompts = Prompts.load(data.audio_prompts())
    for prompt in ("sms_receipt", "sms_request"):
        assert list(prompts.prompt(prompt).slots) == ["number"]
        assert len(prompts.text(prompt, {"number": "1" * 12})) <= TWO_PARTS


@pytest.mark.parametrize("fault", [rest.LOST, rest.LATE, Fault(500, 20500, done=True)])
def test_an_answer_that_was_lost_makes_no_second_message(line, double, one, fault):
    delivery = delivery_of(line, double, timeout_s=0.2)
    double.fail(fault)
    assert delivery.send_due() == 0
    later(line, minutes=1)
    assert delivery.send_due() == 1
    assert double.sent() == [(MOBILE, one)]


@pytest.mark.parametrize("fault", [rest.TOO_MANY, rest.BROKEN, rest.DROPPED, rest.SILENT, Fault(401, 20003)])
def test_trouble_is_tried_again_later(line, double, one, fault):
    delivery = delivery_of(line, double, timeout_s=0.2)
    double.fail(fault)
    assert delivery.send_due() == 0
    assert delivery.send_due() == 0  # not at once
    later(line, minutes=1)
    assert delivery.send_due() == 1
    assert double.sent() == [(MOBILE, one)]


def test_while_it_cannot_be_known_nothing_is_sent(line, double, one):
    delivery = delivery_of(line, double, timeout_s=0.2)
    double.fail(rest.LOST, rest.BROKEN)  # the message is there, and the question about it fails
    delivery.send_due()
    later(line, minutes=1)
    assert delivery.send_due() == 0
    later(line, minutes=1)
    assert delivery.send_due() == 1
    assert len(double.sent()) == 1


def test_two_messages_that_are_there_already_are_enough(line, double, delivery, one):
    double.fail(rest.LOST)
    delivery.send_due()
    double.messages.append(dict(double.messages[0]))  # a proxy repeated the POST
    later(line, minutes=1)
    assert delivery.send_due() == 1
    assert len(double.sent()) == 2


def test_a_worker_that_died_in_the_middle_leaves_a_question(line, double, delivery, one):
    with line.store.write() as db:
        outbox.claim(db, "sms", line.clock.now(), LEASE, 10)
    Carrier(double.account_sid, "token", double.url, SENDER).send(MOBILE, one)
    later(line, seconds=LEASE.total_seconds() + 1)
    assert delivery.send_due() == 1
    assert len(double.sent()) == 1


def test_what_is_refused_is_given_up(line, double, delivery, one):
    double.stopped.add(MOBILE)
    delivery.send_due()
    later(line, days=1)
    delivery.send_due()
    (row,) = rows(line)
    assert (row.sent_at, row.attempts) == (None, 1)
    assert row.failed_at is not None


def test_twilio_away_is_given_up_in_the_end(line, one):
    carrier = Carrier("AC" + "0" * 32, "token", "http://127.0.0.1:9", SENDER)
    delivery = Delivery(line.store, line.clock, {"sms": texting.Texts(carrier)})
    for _ in range(texting.ATTEMPTS):
        delivery.send_due()
        later(line, hours=1)
    (row,) = rows(line)
    assert (row.attempts, row.failed_at is not None) == (texting.ATTEMPTS, True)


def test_switched_off_afterwards_it_waits_and_is_given_up(line, one):
    delivery = Delivery(line.store, line.clock, {"sms": texting.Texts(None)})
    assert delivery.send_due() == 0
    assert rows(line)[0].failed_at is None


def test_a_broken_row_holds_up_no_other(line, double, delivery, one):
    with line.store.write() as db:
        outbox.put(db, "sms", "sms/broken", "{", line.clock.now())
    assert delivery.send_due() == 1
    assert len(double.sent()) == 1
