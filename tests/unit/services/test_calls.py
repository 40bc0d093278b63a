"""Advancing a call: turns, repeats, hang-ups, misfits. On both databases."""

import threading

import pytest

from ivr.dialogue.journal import same_command
from ivr.dialogue.steps import Heard, Outcome, Say
from ivr.domain.commands import Confirmed, SubmitReadings
from ivr.flows import readings
from ivr.flows.common import yes_no
from ivr.flows.line import FLOWS
from ivr.services.replaying import replay
from ivr.services.turn import Event
from tests.support.caller import Caller
from tests.support.rows import calls_of, lines_of, readings_of, requests_of, transfers_of, turns_of

READ_BACK = ("передать показания", "двенадцать тысяч четыреста пятьдесят")


def test_a_reading_is_saved_after_a_yes(caller, line):
    caller.talk(*READ_BACK)
    assert readings_of(line.store) == []
    caller.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]
    assert caller.prompts == ["readings_saved", "what_else"]


def test_a_repeated_event_gets_the_reply_already_given_and_moves_nothing(caller, line):
    caller.talk(*READ_BACK)
    event = caller.event(Heard(("да",)))
    first = caller.send(event)
    written = lines_of(line.store, caller.sid)
    assert caller.send(event) == first
    assert lines_of(line.store, caller.sid) == written
    assert readings_of(line.store) == [("T", 12450, "accepted")]


def test_a_late_event_gets_the_present_reply(caller, line):
    caller.dial()
    late = caller.event(Heard((), "1"))
    caller.send(late)
    present = caller.press("12450")
    assert caller.send(Event(1, "turn/1", Heard((), "6"))) == present
    assert caller.send(Event(7, "turn/7", Heard((), "6"))) == present


def test_an_event_that_does_not_fit_what_is_waited_for_moves_nothing(caller):
    asked = caller.dial()
    turn = asked.turn
    assert caller.send(Event(turn, f"turn/{turn}", outcome=Outcome("talked"))) == asked
    handed = caller.say("оператор")
    assert caller.say("передать показания") == handed


def test_two_at_once_do_not_both_act(caller, line, new_line):
    caller.talk(*READ_BACK)
    event = caller.event(Heard(("да",)))
    lines, replies = [new_line() for _ in range(4)], []
    threads = [
        threading.Thread(target=lambda one=one: replies.append(one.calls.advance(caller.sid, event)))
        for one in lines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 4
    assert all(reply == replies[0] for reply in replies)
    assert readings_of(line.store) == [("T", 12450, "accepted")]


def test_a_call_that_begins_twice_at_once_begins_once(line, new_line):
    lines, replies = [new_line() for _ in range(4)], []
    begin = Event(0, "turn/0", caller="+79161234501")
    threads = [
        threading.Thread(target=lambda one=one: replies.append(one.calls.advance("CAtwice", begin)))
        for one in lines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.turn for reply in replies] == [1] * 4
    assert len(turns_of(line.store, "CAtwice")) == 1


def test_an_unknown_call_begins_at_its_beginning(caller, line):
    reply = caller.calls.advance("CAlost", Event(9, "turn/9", Heard(("да",)), caller="+79161234501"))
    assert (reply.turn, reply.said[0].prompt) == (1, "greeting")


def test_another_process_serves_the_next_turn(caller, new_line):
    caller.talk(*READ_BACK)
    caller.calls = new_line().calls
    assert caller.say("да").said[0].prompt == "readings_saved"


def test_what_was_read_back_is_unconfirmed_when_the_caller_goes_away(caller, line):
    caller.talk(*READ_BACK)
    caller.hang_up()
    caller.hang_up()
    assert readings_of(line.store) == [("T", 12450, "unconfirmed")]
    assert calls_of(line.store)[0]["ended_by"] == "completed"


def test_confirmed_values_are_saved_when_the_caller_goes_away(line):
    caller = Caller(line.calls, "+79161234502")
    caller.talk("#1", "#8600", "#1", "#3300")
    caller.hang_up()
    assert sorted(readings_of(line.store)) == [("T1", 8600, "accepted"), ("T2", 3300, "unconfirmed")]


def test_the_next_call_may_take_up_what_was_not_confirmed(caller, line):
    caller.talk(*READ_BACK)
    caller.hang_up()
    again = Caller(line.calls)
    again.talk("передать показания")
    assert again.asked == "unconfirmed"
    again.say("да")
    assert again.asked == "read_back"
    again.say("да")
    assert readings_of(line.store, state="accepted") == [("T", 12450, "accepted")]


def test_a_yes_that_comes_after_the_hang_up_was_said_before_it(caller, line):
    caller.talk(*READ_BACK)
    caller.hang_up()
    caller.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]


def test_silence_that_comes_after_the_hang_up_moves_nothing(caller, line):
    before = caller.talk(*READ_BACK)
    caller.hang_up()
    assert caller.silence() == before


def test_another_topic_writes_what_stood(caller, line):
    caller.talk(*READ_BACK)
    caller.say("перезвоните мне")
    assert readings_of(line.store) == [("T", 12450, "unconfirmed")]


def test_back_takes_the_last_answer_back_and_says_the_question_alone(caller, line):
    caller.talk(*READ_BACK)
    caller.say("назад")
    assert caller.prompts == ["reading"]
    caller.press("12460")
    caller.say("да")
    assert readings_of(line.store) == [("T", 12460, "accepted")]


def test_back_goes_on_to_the_menu(caller):
    caller.talk(*READ_BACK, "назад", "назад")
    assert caller.prompts == ["menu"]
    caller.say("назад")
    assert caller.prompts == ["asking.start", "menu.short"]


def test_back_after_saving_says_what_is_saved_and_offers_to_correct_it(caller, line):
    caller.talk(*READ_BACK, "да", "назад")
    assert caller.prompts == [
        "back_is_saved", "summary_reading_accepted", "summary_receipt", "correct_offer",
    ]  # fmt: skip
    caller.say("да")
    assert "already_given" in caller.prompts
    caller.say("двенадцать тысяч четыреста шестьдесят")
    caller.say("да")
    assert readings_of(line.store) == [("T", 12460, "accepted")]


def test_the_operator_gets_what_was_said_and_the_caller_keeps_what_was_confirmed(line):
    caller = Caller(line.calls, "+79161234502")
    caller.talk("#1", "#8600", "#1", "#3300", "оператор")
    assert caller.reply.handover.reason == "asked"
    (row,) = transfers_of(line.store, caller.sid)
    for told in ("5012345602", "передать показания", "8600", "3300", "Показание не подтверждено", "оператор"):
        assert told in row["summary"]


def test_nobody_comes_and_a_call_back_is_saved(caller, line):
    caller.talk("оператор")
    caller.outcome("nobody")
    assert caller.asked == "call_back_offer"
    caller.say("да")
    caller.say("да")
    assert [(row["kind"], row["phone"]) for row in requests_of(line.store)] == [("call_back", "+79161234501")]


def test_an_operator_sends_the_caller_back(line):
    caller = Caller(line.calls, None)
    caller.talk("передать показания", "#5012345601", "да", "оператор")
    caller.outcome("back_to", "submit_readings")
    assert caller.asked == "reading"  # with the account that was known
    caller.press("12450")
    caller.say("да")
    assert readings_of(line.store) == [("T", 12450, "accepted")]


@pytest.fixture
def broken_readings(monkeypatch):
    async def submit_readings(visit):
        raise RuntimeError("broken")

    monkeypatch.setitem(FLOWS, "submit_readings", submit_readings)


def test_a_broken_script_ends_at_an_operator_with_what_was_heard(caller, line, broken_readings):
    caller.talk("передать показания")
    assert caller.prompts == ["rescue", "operator_connecting"]
    assert caller.reply.handover.reason == "rescue"
    notes = {row["type"]: row["payload"] for row in lines_of(line.store, caller.sid) if row["kind"] == "note"}
    assert "broken" in notes["failure"]
    assert "передать показания" in notes["heard"]
    assert "передать показания" in transfers_of(line.store, caller.sid)[0]["summary"]


def test_after_a_rescue_the_call_goes_on(caller, broken_readings):
    caller.talk("передать показания")
    caller.outcome("nobody")
    assert caller.asked == "call_back_offer"


def test_a_misfit_is_found_by_replay_and_rescued_in_a_call(line, monkeypatch):
    caller = Caller(line.calls, "+79161234502")
    caller.talk("#1", "#8600", "#1")

    async def asks_something_else(visit):
        await yes_no(visit, "new_question", Say("is_danger"))
        return "what_else"

    monkeypatch.setitem(FLOWS, "submit_readings", asks_something_else)
    with line.store.read() as db:
        found = replay(line.calls, db, caller.sid)
    assert "ask/new_question" in found.now
    caller.press("3300")
    assert caller.reply.handover.reason == "rescue"


def test_the_standing_if_left_is_carried_out_by_a_rescue(line, monkeypatch):
    caller = Caller(line.calls, "+79161234502")
    caller.talk("#1", "#8600", "#1")
    real = readings._heard_value

    async def broken(visit, sheet, heard):
        if heard is not None and heard.value == 3300:
            raise RuntimeError("broken")
        return await real(visit, sheet, heard)

    monkeypatch.setattr(readings, "_heard_value", broken)
    caller.press("3300")
    assert caller.reply.handover.reason == "rescue"
    assert readings_of(line.store) == [("T1", 8600, "accepted")]
    (row,) = transfers_of(line.store, caller.sid)
    assert "8600" in row["summary"]
    assert row["summary"].count('"3300"') == 1


def test_facts_are_pinned(caller, line, new_line):
    caller.dial()
    later = new_line(window_first_day=1, window_last_day=5)
    caller.calls = later.calls
    caller.say("передать показания")
    assert "outside_window" not in caller.prompts
    other = Caller(later.calls)
    other.talk("передать показания")
    assert "outside_window" in other.prompts


def test_every_call_replays(line):
    talks = [
        ("+79161234501", (*READ_BACK, "нет", "12460", "назад", "#12470", "да", "нет")),
        ("+79161234505", ("какие последние показания", "", "повтори", "помедленнее", "#2", "оператор")),
        (None, ("#1", "не знаю")),
        ("+79161234504", ("деньги кончились",)),
    ]
    for number, words in talks:
        Caller(line.calls, number).talk(*words)
    with line.store.read() as db:
        found = [replay(line.calls, db, row["sid"], reheard=reheard)
                 for row in calls_of(line.store) for reheard in (False, True)]  # fmt: skip
    assert found == [None] * 2 * len(talks)


def test_a_confirmed_zone_survives_a_script_that_no_longer_fits(line, monkeypatch):
    caller = Caller(line.calls, "+79161234502")
    caller.talk("#1", "#8600", "#1")

    async def asks_first(visit):
        await yes_no(visit, "new_question", Say("is_danger"))
        return await readings.submit_readings(visit)

    monkeypatch.setitem(FLOWS, "submit_readings", asks_first)
    caller.hang_up()
    assert readings_of(line.store) == [("T1", 8600, "accepted")]


def test_a_field_added_deep_in_a_command_is_no_misfit():
    written = {"confirmed": {"1": {"value": 5}}, "unconfirmed": {}}
    assert same_command(written, SubmitReadings(1, {1: Confirmed(5, in_review=True)}))
    assert not same_command(written, SubmitReadings(1, {1: Confirmed(6)}))
