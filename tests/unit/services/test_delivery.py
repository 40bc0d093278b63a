"""The outbox, sent to somebody real: once, again when it must be, never in vain for ever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from ivr.services.delivery import FIRST_WAIT_S, LEASE, Delivery
from ivr.services.notices import Notices
from ivr.store import calls, outbox
from ivr.store.tables import Outbox
from tests.support.at_once import at_once
from tests.support.caller import Caller
from tests.support.receiver import Receiver, receiver
from tests.support.rows import notices

ATTEMPTS = 4
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def outside() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def line(new_line, outside):
    return new_line(notify_url=outside.url)


def delivery_of(line, url):
    return Delivery(line.store, line.clock, {"notify": Notices(url, ATTEMPTS)})


@pytest.fixture
def delivery(line, outside):
    return delivery_of(line, outside.url)


@pytest.fixture
def sid(line):
    """A call handed over to an operator: one notice."""
    caller = Caller(line.calls)
    caller.talk("передать показания", "оператор")
    return caller.sid


def waits(line, delivery):
    """Whole seconds until the only notice is tried again; the clock is moved there."""
    now = line.clock.now()
    with line.store.read() as db:
        due = db.execute(select(Outbox.due_at)).scalar_one()
    line.clock.offset += due - now
    return round((due - now).total_seconds())


def test_a_notice_is_sent_once(delivery, outside, line, sid):
    assert delivery.send_due() == 1
    line.clock.offset += timedelta(hours=1)
    assert delivery.send_due() == 0
    ((key, body),) = outside.taken
    assert key == f"transfer/{sid}/3"
    assert (body["event"], body["call_sid"], body["reason"]) == ("transfer", sid, "asked")
    assert "передать показания" in body["summary"]["why"]


def test_a_request_is_told_too(delivery, outside, line):
    Caller(line.calls).talk("перезвоните мне", "да")
    delivery.send_due()
    ((key, body),) = outside.taken
    assert (body["event"], body["kind"]) == ("request", "call_back")
    assert body["number"] in key


def test_with_nobody_to_tell_nothing_is_written(new_line):
    silent = new_line()
    Caller(silent.calls).talk("оператор")
    assert notices(silent.store) == []


@pytest.mark.parametrize("answer", [500, 503, 408, 429])
def test_a_receiver_in_trouble_is_tried_again(delivery, outside, line, sid, answer):
    outside.answers = [answer]
    assert delivery.send_due() == 0
    assert delivery.send_due() == 0  # not at once
    assert len(outside.taken) == 1
    line.clock.offset += timedelta(seconds=FIRST_WAIT_S + 1)
    assert delivery.send_due() == 1
    assert outside.taken[0] == outside.taken[1]


@pytest.mark.parametrize("answer", [400, 404, 410])
def test_what_is_refused_is_not_sent_again(delivery, outside, line, sid, answer):
    outside.answers = [answer]
    delivery.send_due()
    line.clock.offset += timedelta(days=1)
    delivery.send_due()
    assert len(outside.taken) == 1
    (row,) = notices(line.store)
    assert row.failed_at is not None
    assert row.sent_at is None


def test_a_redirect_is_not_followed(delivery, outside, line, sid):
    outside.answers = [302]
    assert delivery.send_due() == 0
    assert outside.paths == ["/notices"]
    assert notices(line.store)[0].sent_at is None


def test_nobody_there_is_tried_later_and_later_and_then_given_up(line, sid):
    delivery = delivery_of(line, NOBODY)
    pauses = []
    for _ in range(ATTEMPTS - 1):
        delivery.send_due()
        pauses.append(waits(line, delivery))
    assert pauses == sorted(set(pauses))
    assert pauses[0] == FIRST_WAIT_S
    assert notices(line.store)[0].failed_at is None
    delivery.send_due()
    assert notices(line.store)[0].failed_at is not None
    line.clock.offset += timedelta(days=1)
    delivery.send_due()
    assert notices(line.store)[0].attempts == ATTEMPTS


def test_two_workers_do_not_both_send(line, outside, new_line):
    for _ in range(10):
        Caller(line.calls).talk("оператор")
    workers = [delivery_of(line, outside.url), delivery_of(new_line(), outside.url)]
    sent = at_once(*(worker.send_due for worker in workers))
    assert sum(sent) == 10
    assert len({key for key, _ in outside.taken}) == len(outside.taken) == 10


def test_a_worker_that_died_leaves_its_notices_to_be_due_again(delivery, line, outside, sid):
    with line.store.write() as db:
        assert len(outbox.claim(db, "notify", line.clock.now(), LEASE, 10)) == 1
    assert delivery.send_due() == 0
    line.clock.offset += LEASE + timedelta(seconds=1)
    assert delivery.send_due() == 1
    assert len(outside.taken) == 1


def test_one_that_always_kills_its_worker_is_given_up_in_the_end(line, delivery, outside, sid):
    for _ in range(ATTEMPTS):
        with line.store.write() as db:
            outbox.claim(db, "notify", line.clock.now(), LEASE, 10)
        line.clock.offset += LEASE + timedelta(seconds=1)
    outside.answers = [500]
    delivery.send_due()
    assert notices(line.store)[0].failed_at is not None


def test_a_turn_that_was_not_written_tells_nobody(delivery, outside, line, monkeypatch):
    caller = Caller(line.calls)
    caller.dial()
    monkeypatch.setattr(calls, "write_turn", _fails)
    with pytest.raises(RuntimeError):
        caller.say("оператор")
    assert delivery.send_due() == 0
    assert notices(line.store) == []


def _fails(*_: object) -> None:
    raise RuntimeError("the last write of a turn")


def test_the_same_key_is_the_same_notice(line, outside, delivery):
    for _ in range(2):
        with line.store.write() as db:
            outbox.put(db, "notify", "a key", "{}", line.clock.now())
    assert delivery.send_due() == 1
    assert [key for key, _ in outside.taken] == ["a key"]


def test_rows_of_another_kind_are_left_alone(line, outside, delivery):
    with line.store.write() as db:
        outbox.put(db, "pigeon", "a key", "{}", line.clock.now())
    assert delivery.send_due() == 0
    assert outside.taken == []
    assert notices(line.store)[0].attempts == 0
