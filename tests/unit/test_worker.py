"""The sweep of lost calls, and the worker's round."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest

from ivr.worker import LONGEST_TALK, Worker
from tests.support.caller import Caller
from tests.support.locks import held
from tests.support.receiver import receiver
from tests.support.rows import calls_of, notices, readings_of, transfers_of

TWO_ZONES = "+79161234502"
AT_T2 = ("#1", "#8600", "#1", "#3300")


def ended(line):
    return {row["sid"]: row["ended_by"] for row in calls_of(line.store)}


def later(line, **time):
    line.clock.offset += timedelta(**time)


def test_a_lost_call_ends_with_what_stood(line):
    caller = Caller(line.calls, TWO_ZONES)
    caller.talk(*AT_T2)
    later(line, minutes=29)
    assert Worker(line).sweep() == 0
    assert ended(line) == {caller.sid: None}
    later(line, minutes=2)
    assert Worker(line).sweep() == 1
    assert ended(line) == {caller.sid: "idle"}
    assert sorted(readings_of(line.store)) == [("T1", 8600, "accepted"), ("T2", 3300, "unconfirmed")]
    assert Worker(line).sweep() == 0


def test_a_call_that_goes_on_is_not_lost(line):
    caller = Caller(line.calls)
    caller.dial()
    for _ in range(3):
        later(line, minutes=20)
        caller.say("помощь")
        assert Worker(line).sweep() == 0


def test_an_ended_call_stays_as_it_ended(line):
    caller = Caller(line.calls)
    caller.talk("до свидания")
    later(line, days=1)
    assert Worker(line).sweep() == 0
    assert ended(line) == {caller.sid: "line"}


def test_who_waits_for_an_operator_is_not_lost_for_hours(line):
    caller = Caller(line.calls)
    caller.talk("оператор")
    later(line, seconds=LONGEST_TALK.total_seconds() - 60)
    assert Worker(line).sweep() == 0
    later(line, minutes=2)
    assert Worker(line).sweep() == 1
    assert transfers_of(line.store, caller.sid)[0]["state"] == "gone"


def test_after_the_operator_a_call_may_be_lost(line):
    caller = Caller(line.calls)
    caller.talk("оператор")
    caller.outcome("talked")
    later(line, minutes=31)
    assert Worker(line).sweep() == 1


def test_who_comes_back_after_the_sweep_is_answered(line):
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450")
    later(line, minutes=31)
    Worker(line).sweep()
    assert readings_of(line.store) == [("T", 12450, "unconfirmed")]
    caller.press("1")
    assert readings_of(line.store) == [("T", 12450, "accepted")]


def test_two_workers_end_a_call_once(line, new_line):
    caller = Caller(line.calls, TWO_ZONES)
    caller.talk(*AT_T2)
    other = new_line()
    for one in (line, other):
        later(one, minutes=31)
    assert Worker(line).sweep() + Worker(other).sweep() == 1
    assert len(readings_of(line.store)) == 2


def test_one_round_does_all(new_line):
    with receiver() as outside:
        line = new_line(notify_url=outside.url)
        Caller(line.calls).talk("перезвоните мне", "да")
        later(line, minutes=31)
        Worker(line).once()
        assert [row.sent_at is not None for row in notices(line.store)] == [True]
        assert len(outside.taken) == 1
        assert set(ended(line).values()) == {"idle"}


def until(holds):
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("never")


@pytest.fixture
def signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_it_waits_for_a_database_that_is_away_and_stops_when_told(line, settings, signals):
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450")
    later(line, minutes=31)

    def give_back_and_stop(release):
        try:
            time.sleep(0.1)  # the worker meets the lock
            release()
            until(lambda: ended(line)[caller.sid] is not None)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    with held(settings.database) as release:
        helper = threading.Thread(target=give_back_and_stop, args=(release,))
        helper.start()
        Worker(line).run()
        helper.join()
    assert ended(line) == {caller.sid: "idle"}
