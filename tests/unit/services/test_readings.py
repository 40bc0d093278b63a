"""Readings over months: what counts, what is replaced, what is remembered."""

from datetime import datetime

import pytest
from sqlalchemy import select

from ivr.factory import open_line
from ivr.store.tables import Readings
from ivr.worker import Worker
from tests.support.caller import Caller


@pytest.fixture
def on(settings):
    """The line on another day."""
    opened = []

    def open_on(moment):
        opened.append(open_line(settings.model_copy(update={"clock": datetime.fromisoformat(moment)})))
        return opened[-1]

    yield open_on
    for line in opened:
        line.store.close()


def hand_in(line, value, number="+79161234501"):
    caller = Caller(line.calls, number)
    caller.talk("передать показания", f"#{value}")
    assert caller.asked == "read_back", caller.prompts
    return caller, caller.say("да")


def counting(line):
    with line.store.read() as db:
        query = select(Readings.value).where(
            Readings.call_sid.is_not(None), Readings.confirmed.is_(True), Readings.superseded.is_(False)
        )
        return list(db.execute(query.order_by(Readings.id)).scalars())


def test_a_corrected_reading_counts_no_more(on):
    line = on("2026-11-20T10:00:00+03:00")
    hand_in(line, 12600)
    hand_in(line, 12450)
    assert counting(line) == [12450]
    december = on("2026-12-20T10:00:00+03:00")
    caller = Caller(december.calls)
    caller.talk("передать показания", "#12590")
    assert caller.prompts == [
        "read_back"
    ]  # 12590 is below the value that was withdrawn, not below what counts


def test_a_correction_is_checked_against_the_reading_before_this_month(on):
    line = on("2026-11-20T10:00:00+03:00")
    hand_in(line, 12600)
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12310")
    assert caller.prompts == ["read_back"]


def test_an_unconfirmed_value_is_mentioned_after_the_month_has_ended(on):
    november = Caller(on("2026-11-30T23:58:00+03:00").calls)
    november.talk("передать показания", "#12450")
    november.hang_up()
    december = Caller(on("2026-12-01T00:03:00+03:00").calls)
    december.talk("передать показания")
    assert december.asked == "unconfirmed"
    later = Caller(on("2027-01-20T00:03:00+03:00").calls)
    later.talk("передать показания")
    assert later.asked == "reading"


def test_a_call_belongs_to_the_day_on_which_it_began(on):
    late = on("2026-11-30T23:59:00+03:00")
    caller = Caller(late.calls)
    caller.talk("передать показания", "#12450")
    caller.calls = on("2026-12-01T00:01:00+03:00").calls
    caller.say("да")
    december = Caller(on("2026-12-20T10:00:00+03:00").calls)
    december.talk("передать показания")
    assert "already_given" not in december.prompts


def test_the_last_minute_of_the_window_is_in_time(on):
    line = on("2026-11-26T23:59:00+03:00")
    caller = Caller(line.calls)
    caller.talk("передать показания")
    assert "outside_window" not in caller.prompts
    other = Caller(on("2026-11-27T00:00:30+03:00").calls)
    other.talk("передать показания")
    assert "outside_window" in other.prompts


def test_a_register_that_rolled_over_is_no_doubt(on):
    line = on("2026-11-20T10:00:00+03:00")
    with line.store.write() as db:
        db.execute(Readings.__table__.update().values(value=Readings.value + 87_650))  # 12301 → 99951
    caller, _ = hand_in(line, 55)
    assert caller.prompts[0] == "readings_saved"
    with line.store.read() as db:
        assert db.execute(select(Readings.rolled_over).where(Readings.value == 55)).scalar() is True


def test_of_two_calls_that_correct_in_turn_the_last_word_counts(on):
    line = on("2026-11-20T10:00:00+03:00")
    first, _ = hand_in(line, 12420)
    hand_in(line, 12410)
    first.say("передать показания")
    first.press("12430")
    first.say("да")
    assert counting(line) == [12430]


def test_a_lost_call_found_later_does_not_replace_what_came_after_it(on):
    line = on("2026-11-20T11:00:00+03:00")
    lost = Caller(line.calls, "+79161234502")
    lost.talk("передать показания", "#8600", "да")
    later = on("2026-11-20T11:05:00+03:00")
    Caller(later.calls, "+79161234502").talk("передать показания", "#8610", "да", "#3300", "да")
    worker = Worker(on("2026-11-20T13:00:00+03:00"))
    assert worker.sweep() == 2
    assert counting(later) == [8610, 3300]


def test_back_after_the_sweep_does_not_take_back_what_it_wrote(on):
    line = on("2026-11-20T10:00:00+03:00")
    caller = Caller(line.calls, "+79161234502")
    caller.talk("передать показания", "#8600", "да")
    late = on("2026-11-20T12:00:00+03:00")
    assert Worker(late).sweep() == 1
    caller.calls = late.calls
    caller.say("назад")
    assert caller.prompts[:2] == ["back_is_saved", "summary_reading_accepted"]
    assert counting(late) == [8600]
