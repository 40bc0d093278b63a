"""The database locked, full, restarted or gone in mid-call: an answer is written late or is said to be lost."""

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
import requests
from sqlalchemy import Engine, create_engine, event, make_url, text

from ivr.dialogue.steps import Heard
from ivr.telephony.held import Held, Sealer
from ivr.worker import Worker
from tests.conftest import TOKEN
from tests.support.locks import held
from tests.support.rows import calls_of, lines_of, readings_of, requests_of, transfers_of, turns_of

ONE_ZONE = "+79161234501"
WORDS = "двенадцать тысяч четыреста пятьдесят"
ASKED = "Назовите показания счётчика."
READ_BACK = f"Вы сказали: {WORDS}. Верно?"
MINUTE = "Минуту, записываю."
NOT_SAVED = "Записать не удалось: ваш последний ответ не сохранён. Соединяю с оператором."
IN_QUEUE = "Вы в очереди, ваше место: один."

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def call(double):
    """A call at its question for a reading."""
    started = double.dial(ONE_ZONE)
    started.press("1")
    assert ASKED in started.heard
    return started


def test_locked_for_a_while(call, line, pauses, settings):
    with held(settings.database) as release:
        pauses.at(3, release)
        call.say(WORDS)
    assert call.heard == f"{MINUTE} {READ_BACK}"
    assert len(pauses.seconds) == 3
    assert len(turns_of(line.store, call.sid)) == 3
    call.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]
    assert call.errors == []


@only_sqlite
def test_the_words_ride_sealed(call, pauses, settings):
    with held(settings.database) as release:
        pauses.at(1, release)
        call.say(WORDS)
    again = call.requests[-1]
    assert urlsplit(again.url).query.startswith("held=")
    told = str((again.url, again.params))
    assert not any(words in told for words in (WORDS, quote(WORDS), "12450", "SpeechResult"))


@only_sqlite
def test_a_minute_of_speech_rides_too(call, line, pauses, settings):
    words = ("я вам сейчас скажу " * 70).strip()
    with held(settings.database) as release:
        pauses.at(1, release)
        call.say(words)
    assert call.errors == []
    assert any(words in row["payload"] for row in lines_of(line.store, call.sid))


@only_sqlite
def test_locked_for_too_long_it_is_said_plainly_and_an_operator_is_reached(call, line, pauses, settings):
    with held(settings.database):
        call.say(WORDS)
        assert call.heard.startswith(f"{MINUTE} {NOT_SAVED} {IN_QUEUE}")
        assert 30 <= sum(pauses.seconds) <= 33
        call.answer()
    call.operator_hangs_up()
    assert call.heard.endswith(ASKED)  # the line knows nothing of the talk, and of the answer it said so
    assert readings_of(line.store) == []
    call.say(WORDS)
    call.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]


@only_sqlite
def test_locked_when_the_call_begins(double, line, pauses, settings):
    with held(settings.database) as release:
        pauses.at(2, release)
        call = double.dial(ONE_ZONE)
    assert call.heard.startswith(f"{MINUTE} Здравствуйте!")
    assert len(turns_of(line.store, call.sid)) == 1


def test_the_outcome_of_a_transfer_waits_for_the_database(double, line, pauses, settings):
    call = double.dial(ONE_ZONE)
    call.say("оператор")
    call.answer()
    with held(settings.database) as release:
        pauses.at(2, release)
        call.operator_hangs_up()
    assert call.heard == f"{MINUTE} Чем ещё помочь?"
    assert transfers_of(line.store, call.sid)[0]["state"] == "talked"


@only_sqlite
def test_a_choice_in_the_queue_waits_for_the_database(double, line, pauses, settings):
    call = double.dial(ONE_ZONE)
    call.say("оператор")
    with held(settings.database):
        call.press("1")
        assert call.where == "queued"
    call.press("1")
    assert call.heard.startswith("Перезвонить на номер, с которого вы звоните")


@only_sqlite
def test_a_hang_up_that_could_not_be_written_is_found_by_the_sweep(call, line, settings):
    call.say(WORDS)
    with held(settings.database):
        call.hang_up()
        assert call.requests[-1].status == 503
    worker = Worker(line)
    assert worker.sweep() == 0
    line.clock.offset += timedelta(minutes=31)
    assert worker.sweep() == 1
    assert readings_of(line.store) == [("T", 12450, "unconfirmed")]
    assert calls_of(line.store)[0]["ended_by"] == "idle"


@contextmanager
def full(path: str) -> Iterator[Callable[[], None]]:
    """A disk with no room for another page, until what this gives is called."""
    most = [1]  # pages; a limit below what there is already means: no more

    def limit(connection) -> None:
        connection.exec_driver_sql(f"pragma max_page_count = {most[0]}")

    def more_room() -> None:
        most[0] = 1_000_000

    _leave_no_room(path)
    event.listen(Engine, "begin", limit)
    try:
        yield more_room
    finally:
        event.remove(Engine, "begin", limit)


def _leave_no_room(path: str) -> None:
    db = sqlite3.connect(path, isolation_level=None, timeout=5)
    db.execute(
        "insert into calls (sid, facts, turn, last_line, started_at, last_at) values ('full', '', 0, 0, 0, 0)"
    )
    db.execute("pragma max_page_count = 1")
    numbers = itertools.count()
    for size in (3000, 300, 30, 1):
        with pytest.raises(sqlite3.OperationalError, match="full"):
            db.executemany(
                "insert into turns values ('full', ?, ?, ?, 0, 0)", ((n, str(n), "x" * size) for n in numbers)
            )
    db.close()


@only_sqlite
def test_a_full_disk(call, line, pauses, settings):
    with full(make_url(settings.database).database) as more_room:
        pauses.at(2, more_room)
        call.say(WORDS)
    assert call.heard == f"{MINUTE} {READ_BACK}"
    call.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]


@only_sqlite
@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "%D1%8F%00",
        Sealer(["another token"]).seal(Held(0.0, Heard((), "0"))),
        Sealer([TOKEN]).seal(Held(0.0, Heard((), "0")))[:-4] + "AAA=",
    ],
    ids=["nonsense", "no text", "of another line", "altered"],
)
def test_a_token_that_was_not_sealed_here_is_as_none(call, double, line, token):
    form = {"CallSid": call.sid, "From": ONE_ZONE, "Digits": "12450"}
    answer = double.post(f"/voice/turn/2?held={token}", form)
    assert READ_BACK in answer.text
    assert transfers_of(line.store, call.sid) == []


@only_sqlite
def test_a_sealed_answer_that_comes_late_moves_nothing(call, double, line, pauses, settings):
    with held(settings.database) as release:
        pauses.at(1, release)
        call.say(WORDS)
    present = call.requests[-1]
    call.say("да")
    assert "приняты" in call.repeat().body
    written = lines_of(line.store, call.sid)
    late = double.post(present.url, {"CallSid": call.sid, "From": ONE_ZONE})
    assert "приняты" in late.text
    assert lines_of(line.store, call.sid) == written


class TestStopped:
    """A PostgreSQL that is stopped, and perhaps started again."""

    @pytest.fixture
    def server(self, own_postgres):
        server, _ = own_postgres
        yield server
        server.start()

    @pytest.fixture
    def settings(self, own_postgres, tmp_path):
        return own_postgres[1].model_copy(update={"home": tmp_path})

    def test_restarted_in_mid_call(self, call, line, pauses, server):
        server.stop()
        pauses.at(2, server.start)
        call.say(WORDS)
        assert call.heard == f"{MINUTE} {READ_BACK}"
        server.stop()
        server.start()
        call.say("да")
        assert MINUTE not in call.heard
        assert readings_of(line.store, call_sid=call.sid) == [("T", 12450, "accepted")]

    def test_stopped_for_good_there_is_an_operator_still(self, double, line, pauses, server):
        call = double.dial("+79161234502")
        call.press("1")
        server.stop()
        assert requests.get(f"{double.public_url}/healthz", timeout=10).status_code == 503
        assert call.status_callback("in-progress").status == 503
        call.press("8600")
        assert call.heard.startswith(f"{MINUTE} {NOT_SAVED} {IN_QUEUE}")
        call.wait(290)
        assert call.where == "queued"
        server.start()
        call.wait(60)
        assert call.heard.endswith("Операторы сейчас заняты. Перезвонить вам?")
        assert requests.get(f"{double.public_url}/healthz", timeout=10).status_code == 200

    def test_the_outcome_of_a_transfer_waits_for_the_database(self, double, line, pauses, server):
        call = double.dial("+79161234503")
        call.say("оператор")
        server.stop()
        pauses.at(2, server.start)
        call.wait(320)
        assert call.heard.endswith(f"{MINUTE} Операторы сейчас заняты. Перезвонить вам?")
        call.say("да")
        call.say("да")
        assert [row["phone"] for row in requests_of(line.store)] == ["+79161234503"]

    def test_with_no_database_a_call_begins_at_an_operator(self, double, pauses, server):
        server.stop()
        call = double.dial(ONE_ZONE)
        assert NOT_SAVED in call.heard
        assert call.where == "queued"
        call.hang_up()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
class TestCutConnections:
    """Pooled connections that died between two turns: the next turn does not show it."""

    @pytest.fixture
    def calls(self, double, settings):
        """Calls that began at once, so that several connections are in the pool."""
        numbers = [f"+7916123450{number}" for number in (1, 2, 3)]
        begun = []
        threads = [threading.Thread(target=lambda n=n: begun.append(double.dial(n))) for n in numbers]
        with held(settings.database):
            for thread in threads:
                thread.start()
            _until(settings, "select count(*) = 3 from pg_stat_activity where wait_event_type = 'Lock'")
        for thread in threads:
            thread.join()
        return begun

    def test_the_next_turn_works(self, calls, line, settings):
        _ask(settings, CUT)
        for call in calls:
            call.press("1")
            assert "Назовите показания" in call.heard
            assert MINUTE not in call.heard
            _ask(settings, CUT)
        assert all(call.errors == [] for call in calls)

    def test_a_hang_up_is_written(self, calls, line, settings):
        _ask(settings, CUT)
        for call in calls:
            call.hang_up()
            assert call.requests[-1].status == 204

    def test_a_choice_in_the_queue_is_taken(self, calls, settings):
        call = calls[0]
        call.say("оператор")
        _ask(settings, CUT)
        call.press("1")
        assert call.heard.startswith("Перезвонить на номер, с которого вы звоните")

    def test_health(self, calls, double, settings):
        _ask(settings, CUT)
        assert requests.get(f"{double.public_url}/healthz", timeout=10).status_code == 200


CUT = """
    select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


def _ask(settings, statement):
    connection = create_engine(settings.database)
    with connection.connect() as db:
        answer = db.execute(text(statement)).scalar()
    connection.dispose()
    return answer


def _until(settings, statement):
    for _ in range(2000):
        if _ask(settings, statement):
            return
    raise AssertionError(statement)
