"""A server killed at every turn of a call: nothing is lost, nothing is saved twice, the call goes on.

Master and worker die by SIGKILL at once. Twilio asks the fallback URL for what the dead server left unanswered;
the next server gives the reply that the turn has.
"""

import threading
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest

from ivr.dialogue.reply import Reply
from ivr.services.replaying import replay
from ivr.simulator.double import TwilioDouble
from tests.conftest import TOKEN
from tests.faults.killing import ARMED
from tests.support.locks import held
from tests.support.rows import calls_of, lines_of, readings_of, turns_of
from tests.support.server import Server

TWO_ZONES = "+79161234502"
KEYS = ("1", "8600", "1", "3300", "1")
SAVED = [("T1", 8600, "accepted"), ("T2", 3300, "accepted")]
UNDER_WAY_S = 0.3
"""The webhook is on its way or waits for the database when the server is killed from outside."""


@pytest.fixture
def app() -> str:
    return "tests.faults.killing:app"


@pytest.fixture
def server(settings, app) -> Iterator[Server]:
    with Server(settings, app) as started:
        yield started


@pytest.fixture
def double(server) -> TwilioDouble:
    return TwilioDouble(server.origin, TOKEN)


def reply_of(store, call):
    return msgspec.json.decode(turns_of(store, call.sid)[-1]["reply"], type=Reply)


@pytest.mark.parametrize("where", ["before_commit", "after_commit"])
def test_killed_in_the_middle_of_every_turn(settings, line, server, double, where):
    def dies(act: Callable[..., object], *told: str) -> object:
        (settings.home / ARMED).write_text(where)
        return act(*told)

    call = dies(double.dial, TWO_ZONES)
    for turn, keys in enumerate(("", *KEYS), start=1):
        if keys:
            dies(call.press, keys)
        killed, by_fallback = call.requests[-2:]
        assert (killed.status, by_fallback.status, server.starts) == (0, 200, turn + 1)
        assert len(turns_of(line.store, call.sid)) == turn
        assert call.heard == reply_of(line.store, call).text
        assert call.send_late(-2).body == call.repeat().body == by_fallback.body
        assert len(turns_of(line.store, call.sid)) == turn
    assert_saved_once(line, call)


@pytest.mark.parametrize("app", ["app:app"])
def test_killed_from_outside_while_every_turn_is_under_way(settings, line, server, double):
    calls = []

    def dies(act: Callable[..., object], *told: str) -> None:
        acting = threading.Thread(target=lambda: calls.append(act(*told)))
        with held(settings.database):
            acting.start()
            time.sleep(UNDER_WAY_S)
            server.kill()
        acting.join()

    dies(double.dial, TWO_ZONES)
    for keys in KEYS:
        dies(calls[0].press, keys)
        assert calls[0].heard == reply_of(line.store, calls[0]).text
    assert_saved_once(line, calls[0])


def test_the_hang_up_is_lost_with_the_server_and_the_values_are_not(settings, line, server, double):
    call = double.dial(TWO_ZONES)
    for keys in KEYS[:4]:
        call.press(keys)
    (settings.home / ARMED).write_text("before_commit")
    call.hang_up()
    assert call.requests[-1].status == 0
    assert readings_of(line.store) == []
    assert call.repeat().status == 204
    assert readings_of(line.store) == [("T1", 8600, "accepted"), ("T2", 3300, "unconfirmed")]


def assert_saved_once(line, call):
    """The receipt was heard, what the caller said yes to is there once, and the call replays."""
    assert "Показания приняты. Номер квитанции" in call.heard
    assert readings_of(line.store) == SAVED
    lines = lines_of(line.store, call.sid)
    assert [row["number"] for row in lines] == list(range(1, len(lines) + 1))
    assert sum(row["key"] == "do/SubmitReadings" for row in lines) == 1
    call.say("нет, спасибо")
    assert call.status == "completed"
    assert [row["ended_by"] for row in calls_of(line.store)] == ["line"]
    with line.store.read() as db:
        assert [replay(line.calls, db, call.sid, reheard=reheard) for reheard in (False, True)] == [
            None,
            None,
        ]
