"""Any order of events: repeated, late, cut, at once, in another process. What must hold, holds after each.

A hypothesis state machine over two calls of one person; each event goes to one of three processes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from ivr.dialogue.reply import Reply
from ivr.dialogue.steps import Heard, Outcome
from ivr.domain.requests import human_number
from ivr.factory import Line
from ivr.services.replaying import replay
from ivr.services.turn import Event
from ivr.store import accounts, calls
from ivr.store.engine import Store
from ivr.store.tables import Calls, Journal, Outbox, Readings, Receipts, Requests, Transfers, Turns
from ivr.worker import Worker
from tests.support.at_once import at_once
from tests.support.caller import Caller
from tests.support.rows import lines_of, readings_of, transfers_of, turns_of

PERSON = "+79161234502"
ANSWERS = (*((value, "1") for value in ("8600", "3300", "8601", "3301", "99999")), ("3302", "2"))
SAID = (
    *("да", "нет", "назад", "оператор", "повтори", "помедленнее", "подождите", "помощь", "главное меню"),
    *("передать показания", "какие последние показания", "перезвоните мне", "другой счёт", "оставить"),
    *("восемь тысяч шестьсот", "нет, три тысячи триста", "деньги кончились", "провод упал", "до свидания"),
    *("бла-бла", "пятьдесят рублей", "вода", "девяносто девять миллионов"),
)
KEYS = ("1", "2", "0", "*0", "*7", "*8", "*9", "*6", "11", "8600", "3300", "8600*5", "123456789", "#", "**")
OUTCOMES = (
    Outcome("talked"),
    Outcome("nobody"),
    Outcome("call_back"),
    Outcome("back_to", "menu"),
    Outcome("back_to", "submit_readings"),
)
YES = frozenset({"да", "1"})

which = st.integers(0, 1)
processes = st.integers(0, 2)


@dataclass
class World:
    """Three processes over one database, emptied of calls between examples."""

    lines: list[Line]

    def __post_init__(self) -> None:
        self._offset = self.lines[0].clock.offset

    @property
    def store(self) -> Store:
        return self.lines[0].store

    def empty(self) -> None:
        for line in self.lines:
            line.clock.offset = self._offset
        with self.store.write() as db:
            for table in (Outbox, Transfers, Turns, Journal):
                db.execute(delete(table))
            for table in (Readings, Requests):
                db.execute(delete(table).where(table.call_sid.is_not(None)))
            for table in (Receipts, Calls):
                db.execute(delete(table))

    def later(self, by: timedelta) -> None:
        for line in self.lines:
            line.clock.offset += by


@dataclass
class Talk:
    """One call, and all that its webhooks brought and got."""

    caller: Caller
    sent: list[Event] = field(default_factory=list)
    got: dict[int, Reply] = field(default_factory=dict)

    @property
    def sid(self) -> str:
        return self.caller.sid

    @property
    def present(self) -> Reply:
        return self.got[max(self.got)]

    def event(self, heard: Heard) -> Event:
        turn = self.present.turn
        return Event(turn, f"turn/{turn}", heard, caller=PERSON)


class Events(RuleBasedStateMachine):
    """Acts of a caller, of Twilio, of operators and of time."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.world.empty()
        self.talks = [Talk(Caller(self.world.lines[0].calls, PERSON)) for _ in range(2)]
        for talk in self.talks:
            self.send(talk, 0, Event(0, "turn/0", caller=PERSON))

    @rule(who=which, at=processes, words=st.sampled_from(SAID))
    def say(self, who: int, at: int, words: str) -> None:
        self.send(self.talks[who], at, self.talks[who].event(Heard((words,))))

    @rule(who=which, at=processes, keys=st.sampled_from(KEYS))
    def press(self, who: int, at: int, keys: str) -> None:
        self.send(self.talks[who], at, self.talks[who].event(Heard((), keys.rstrip("#"))))

    @rule(who=which, at=processes)
    def silence(self, who: int, at: int) -> None:
        self.send(self.talks[who], at, self.talks[who].event(Heard()))

    @rule(who=which, at=processes, answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8))
    def answer_well(self, who: int, at: int, answers: list[tuple[str, str]]) -> None:
        """What fits the question: a value, or a key."""
        talk = self.talks[who]
        for value, key in answers:
            if talk.present.listen is not None:
                asked = talk.present.listen.question.partition("/")[0]
                self.send(talk, at, talk.event(Heard((), value if asked == "reading" else key)))

    @rule(who=which, at=processes, words=st.sampled_from(("оператор", "главное меню", "провод упал")))
    def leave_for(self, who: int, at: int, words: str) -> None:
        self.say(who, at, words)

    @rule(who=which, at=processes, ago=st.integers(1, 40))
    def send_again(self, who: int, at: int, ago: int) -> None:
        talk = self.talks[who]
        present = talk.present
        assert self.send(talk, at, talk.sent[-min(ago, len(talk.sent))]) == present

    @rule(who=which, at=processes, ahead=st.integers(1, 3))
    def send_what_nobody_asked(self, who: int, at: int, ahead: int) -> None:
        talk = self.talks[who]
        present = talk.present
        turn = present.turn + ahead
        event = Event(turn, f"turn/{turn}", Heard(("да",)), caller=PERSON)
        assert self.world.lines[at].calls.advance(talk.sid, event) == present

    @rule(who=which, words=st.tuples(st.sampled_from(SAID), st.sampled_from(SAID)))
    def say_two_things_at_once(self, who: int, words: tuple[str, str]) -> None:
        self.both(self.talks[who], [self.talks[who].event(Heard((one,))) for one in words])

    @rule(who=which)
    def answer_well_twice_at_once(self, who: int) -> None:
        if self.talks[who].present.listen is not None:
            asked = self.talks[who].present.listen.question.partition("/")[0]
            keys = "8600" if asked == "reading" else "1"
            self.both(self.talks[who], [self.talks[who].event(Heard((), keys))] * 2)

    @rule(who=which)
    def answer_while_hanging_up(self, who: int) -> None:
        talk, lines = self.talks[who], self.world.lines
        event = talk.event(Heard(("да",)))
        reply, _ = at_once(
            lambda: lines[0].calls.advance(talk.sid, event),
            lambda: lines[1].calls.hang_up(talk.sid, "completed"),
        )
        self.keep(talk, event, reply)

    @rule(who=which, at=processes, status=st.sampled_from(("completed", "failed", "no-answer")))
    def hang_up(self, who: int, at: int, status: str) -> None:
        self.world.lines[at].calls.hang_up(self.talks[who].sid, status)

    @rule(who=which, at=processes, status=st.sampled_from(("ringing", "in-progress")))
    def status(self, who: int, at: int, status: str) -> None:
        self.world.lines[at].calls.note(self.talks[who].sid, "status", status, {})

    @rule(who=which, at=processes, outcome=st.sampled_from(OUTCOMES))
    def transfer_ends(self, who: int, at: int, outcome: Outcome) -> None:
        talk = self.talks[who]
        turn, waiting = talk.present.turn, talk.present.handover is not None
        reply = self.send(talk, at, Event(turn, f"turn/{turn}", outcome=outcome, caller=PERSON))
        # one that the script does not know of: an answer could not be saved, and telephony called an operator
        assert (reply.turn == turn + 1) == (waiting or outcome.kind != "talked")

    @rule(at=processes, minutes=st.sampled_from((10, 31, 361)))
    def time_goes_by(self, at: int, minutes: int) -> None:
        self.world.later(timedelta(minutes=minutes))
        Worker(self.world.lines[at]).sweep()

    def send(self, talk: Talk, at: int, event: Event) -> Reply:
        return self.keep(talk, event, self.world.lines[at].calls.advance(talk.sid, event))

    def both(self, talk: Talk, events: list[Event]) -> None:
        lines = self.world.lines
        first, second = at_once(
            lambda: lines[0].calls.advance(talk.sid, events[0]),
            lambda: lines[1].calls.advance(talk.sid, events[1]),
        )
        assert first == second
        self.keep(talk, events[0], first)

    def keep(self, talk: Talk, event: Event, reply: Reply) -> Reply:
        """A turn's reply never changes, and turns come one after another."""
        talk.sent.append(event)
        assert talk.got.setdefault(reply.turn, reply) == reply
        assert sorted(talk.got) == list(range(1, len(talk.got) + 1))
        return reply

    @invariant()
    def holds(self) -> None:
        if hasattr(self, "talks"):
            for talk in self.talks:
                stored = Stored(self.world, talk)
                assert_no_holes(talk, stored)
                assert_confirmed(stored)
                assert_receipt(talk, stored)
                assert_operator_finds_all(talk, stored)

    def teardown(self) -> None:
        """When everybody has gone: what was confirmed is saved, nobody waits, and each call replays."""
        line = self.world.lines[0]
        for talk in getattr(self, "talks", ()):
            line.calls.hang_up(talk.sid, "completed")
            stored = Stored(self.world, talk)
            assert stored.saved == {yes.register: yes.value for yes in stored.confirmations if yes.stands}
            assert "waiting" not in {row["state"] for row in transfers_of(line.store, talk.sid)}
            with line.store.read() as db:
                for reheard in (False, True):
                    assert replay(line.calls, db, talk.sid, reheard=reheard) is None


@dataclass(frozen=True)
class Yes:
    """A yes to a read-back; `stands` unless «назад» took it back."""

    register: int
    value: int
    stands: bool


class Stored:
    """What the database holds of a call."""

    def __init__(self, world: World, talk: Talk) -> None:
        self._turns = turns_of(world.store, talk.sid)
        self.lines = lines_of(world.store, talk.sid)
        self.replies = {row["turn"] + 1: msgspec.json.decode(row["reply"], type=Reply) for row in self._turns}
        self.confirmations = list(self._confirmations())
        with world.store.read() as db:
            self.call = calls.get_call(db, talk.sid)
            self.receipts = (
                db.execute(select(Receipts.id).where(Receipts.call_sid == talk.sid)).scalars().all()
            )
            self.last_register = accounts.by_phone(db, PERSON)[0].meters[-1].registers[-1].id
            saved = select(Readings.register_id, Readings.value).where(
                Readings.call_sid == talk.sid, Readings.state != "unconfirmed"
            )
            rows = list(db.execute(saved))
        self.saved = {register: value for register, value in rows}
        assert len(rows) == len(self.saved), "one confirmed reading for a call and register"

    def _confirmations(self) -> Iterator[Yes]:
        """Each answer «да» or key 1 to a read-back: what was heard then counts, not what was made of it."""
        heard: dict[str, Any] = {}
        for line in self.lines:
            if line["type"] == "heard":
                heard = msgspec.json.decode(line["payload"])
            if line["type"] != "answer" or not line["key"].startswith("ask/read_back/"):
                continue
            if "".join((*heard["alternatives"], heard["keys"])) in YES:
                register = int(line["key"].rpartition("/")[2])
                yield Yes(register, self._read_back(line["number"]), not self._taken_back(line["number"]))

    def _read_back(self, before: int) -> int:
        """The value that was read back last before this line of the journal."""
        for row in reversed([row for row in self._turns if row["upto"] < before]):
            for spoken in reversed(self.replies[row["turn"] + 1].said):
                if spoken.prompt.startswith("read_back"):
                    return int(spoken.slots["value"])
        raise AssertionError(f"nothing was read back before line {before}")

    def _taken_back(self, number: int) -> bool:
        retracts = (line for line in self.lines if line["type"] == "retract" and line["number"] > number)
        return any(msgspec.json.decode(line["payload"])["since"] <= number for line in retracts)


def assert_no_holes(talk: Talk, stored: Stored) -> None:
    assert list(stored.replies) == list(range(1, len(stored.replies) + 1))
    assert [line["number"] for line in stored.lines] == list(range(1, len(stored.lines) + 1))
    assert (stored.call["turn"], stored.call["last_line"]) == (len(stored.replies), len(stored.lines))
    assert {turn: stored.replies[turn] for turn in talk.got} == talk.got


def assert_confirmed(stored: Stored) -> None:
    """Nothing is accepted without a yes to its read-back."""
    assert stored.saved.items() <= {(yes.register, yes.value) for yes in stored.confirmations}


def assert_receipt(talk: Talk, stored: Stored) -> None:
    """A yes at the last register makes a receipt, whose number was told."""
    if any(yes.stands and yes.register == stored.last_register for yes in stored.confirmations):
        (number,) = (human_number("receipt", id) for id in stored.receipts)
        said = [spoken for reply in talk.got.values() for spoken in reply.said]
        assert {s.slots["receipt"] for s in said if s.prompt in ("readings_saved", "readings_in_review")} == {
            number
        }


def assert_operator_finds_all(talk: Talk, stored: Stored) -> None:
    """What is confirmed is saved before the call is handed over."""
    if talk.present.handover is not None:
        assert stored.saved == {yes.register: yes.value for yes in stored.confirmations if yes.stands}


@pytest.fixture
def world(new_line) -> World:
    return World([new_line() for _ in range(3)])


EXAMPLES = {"sqlite": 60, "postgresql": 10}


def test_events(world):
    backend = world.lines[0].store.url.get_backend_name()
    machine = type("Events", (Events,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES[backend], stateful_step_count=25, deadline=None, database=None, derandomize=True,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_back_after_the_hang_up_takes_nothing_back(line):
    """Found by the machine above: what the hang-up wrote stayed accepted, and stood there unconfirmed as well."""
    caller = Caller(line.calls, PERSON)
    caller.talk("#1", "#8600", "#1")
    caller.hang_up()
    caller.say("назад")
    assert readings_of(line.store) == [("T1", 8600, "accepted")]
    assert caller.prompts[0] == "back_is_saved"
