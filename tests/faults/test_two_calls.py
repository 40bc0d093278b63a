"""Many calls at once over real HTTP: of one person, and of many."""

import pytest
from sqlalchemy import func, select

from ivr.services.replaying import replay
from ivr.simulator.double import TwilioDouble
from ivr.store.tables import Readings, Receipts
from tests.conftest import TOKEN
from tests.support.at_once import at_once
from tests.support.caller import Caller
from tests.support.live import serve
from tests.support.rows import readings_of

ONE_ZONE, TWO_ZONES, THREE_ZONES = "+79161234501", "+79161234502", "+79161234503"
CALLERS = {
    ONE_ZONE: (12450,),
    TWO_ZONES: (8600, 3300),
    THREE_ZONES: (5230, 4160, 7110),
    "+79161234504": (23400,),
    "+79161234507": (7940,),
}
AT_ONCE = 20


@pytest.fixture
def double(settings):
    with serve(settings) as origin:
        yield TwilioDouble(origin, TOKEN)


def test_two_calls_of_one_person_at_once(double, line):
    def hand_in(value):
        call = double.dial(ONE_ZONE)
        call.press("1")
        call.press(str(value))
        call.press("1")
        assert "Показания приняты. Номер квитанции" in call.heard
        return call

    calls = at_once(lambda: hand_in(12450), lambda: hand_in(12460))
    rows = [(call.sid, readings_of(line.store, call_sid=call.sid)) for call in calls]
    assert rows == [(calls[0].sid, [("T", 12450, "accepted")]), (calls[1].sid, [("T", 12460, "accepted")])]
    later = readings_of(line.store)[-1][1]
    assert this_month(line) == later
    with line.store.read() as db:
        assert db.execute(select(func.count()).select_from(Receipts)).scalar() == 2
        assert [replay(line.calls, db, call.sid) for call in calls] == [None, None]


def this_month(line) -> object:
    """What the next call is told."""
    caller = Caller(line.calls, ONE_ZONE)
    caller.talk("какие последние показания")
    (value,) = (said.slots["value"] for said in caller.reply.said if said.prompt == "last_reading_this_month")
    return value


def test_twenty_calls_at_once(double, line):
    def hand_in(number, values):
        call = double.dial(number)
        call.press("1")
        for value in values:
            call.press(str(value))
            call.press("1")
        assert "Номер квитанции" in call.heard
        call.say("нет, спасибо")
        return call

    numbers = [list(CALLERS)[place % len(CALLERS)] for place in range(AT_ONCE)]
    calls = at_once(*(lambda number=number: hand_in(number, CALLERS[number]) for number in numbers))
    for call, number in zip(calls, numbers, strict=True):
        assert call.status == "completed"
        assert call.errors == []
        saved = readings_of(line.store, call_sid=call.sid)
        assert sorted(saved) == sorted(
            (zone, value, "accepted") for zone, value in zip(zones(number), CALLERS[number], strict=True)
        )
    with line.store.read() as db:
        rows = db.execute(select(func.count()).where(Readings.call_sid.is_not(None))).scalar()
        assert rows == sum(len(CALLERS[number]) for number in numbers)
        assert {replay(line.calls, db, call.sid) for call in calls} == {None}


def zones(number: str) -> tuple[str, ...]:
    count = len(CALLERS[number])
    return ("T",) if count == 1 else ("T1", "T2", "T3")[:count]
