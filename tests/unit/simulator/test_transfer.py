"""Waiting in a queue and ringing numbers, in virtual time."""

import pytest
from flask import request

from ivr.simulator.record import CannotAct

LOOP = '<Gather action="/queue" numDigits="1" timeout="15"><Say>Вы {place}-й, {time} с</Say></Gather>'


def enqueue(line, loop=None, **options):
    """A caller in the queue; the action says how it ended."""
    line["/voice/incoming"] = '<Enqueue action="/turn" waitUrl="/queue">operators</Enqueue>'
    line["/turn"] = lambda: f"<Say>Итог {request.form['QueueResult']}</Say><Gather/>"
    line["/queue"] = loop or hold
    return line.double(**options).dial("+79161234501")


def hold() -> str:
    if request.form.get("Digits") == "1" or int(request.form["QueueTime"]) >= 60:
        return "<Leave/>"
    return LOOP.format(place=request.form["QueuePosition"], time=request.form["QueueTime"])


def result(line) -> list[str]:
    return [form["QueueResult"] for form in line.forms("/turn")]


def test_the_loop_is_told_the_place_and_the_time(line) -> None:
    call = enqueue(line)
    form = line.forms("/queue")[0]
    assert (call.where, call.heard, call.status) == ("queued", "Вы 1-й, 0 с", "in-progress")
    told = [form[name] for name in ("QueuePosition", "QueueTime", "AvgQueueTime", "CurrentQueueSize")]
    assert told == ["1", "0", "0", "1"]
    assert form["QueueSid"].startswith("QU")
    assert form["CallSid"] == call.sid


def test_the_loop_goes_round_as_time_goes_by(line) -> None:
    call = enqueue(line)
    call.wait(14)
    assert len(line.forms("/queue")) == 1
    call.wait(6)  # the sentence takes less than a second, and the Gather 15
    assert [form["QueueTime"] for form in line.forms("/queue")] == ["0", "15"]
    assert call.heard == "Вы 1-й, 15 с"
    assert call.seconds == 20


def test_the_loop_may_leave_the_queue(line) -> None:
    call = enqueue(line)
    call.wait(180)
    assert result(line) == ["leave"]
    assert line.forms("/turn")[0]["QueueTime"] == line.forms("/queue")[-1]["QueueTime"]
    assert int(line.forms("/turn")[0]["QueueTime"]) >= 60
    assert call.where == "listening"
    assert call.heard.endswith("Итог leave")


def test_keys_work_in_the_loop(line) -> None:
    call = enqueue(line)
    call.press("5")
    assert line.forms("/queue")[1]["Digits"] == "5"
    assert call.where == "queued"
    call.press("1")
    assert (call.heard, result(line)) == ("Итог leave", ["leave"])


def test_silence_in_the_loop_begins_it_again(line) -> None:
    call = enqueue(line)
    call.silence()
    assert "Digits" not in line.forms("/queue")[1]
    assert line.forms("/queue")[1]["QueueTime"] == "15"


def test_a_key_pressed_between_two_gathers_waits_for_the_next(line) -> None:
    call = enqueue(line, f'<Play>/music.wav</Play>{LOOP.format(place=1, time=0)}<Pause length="30"/>')
    call.wait(30)
    call.press("5")
    assert line.forms("/queue")[-1]["Digits"] == "5"


def test_a_redirect_in_the_loop_costs_the_time_of_what_is_played(line) -> None:
    call = enqueue(line, '<Pause length="10"/><Redirect>/queue?again=1</Redirect>')
    call.wait(35)
    assert [form["QueueTime"] for form in line.forms("/queue?again=1")] == ["10", "20", "30"]


def test_a_loop_that_takes_no_time_fails_the_call(line) -> None:
    call = enqueue(line, "<Redirect>/queue</Redirect>", most_verbs=10)
    assert call.status == "failed"
    assert len(line.forms("/queue")) <= 11


def test_a_long_wait_is_not_an_endless_loop(line) -> None:
    call = enqueue(line, '<Pause length="10"/><Redirect>/queue</Redirect>', most_verbs=10)
    call.wait(600)
    assert (call.where, len(line.forms("/queue"))) == ("queued", 61)


def test_silence_in_the_loop_is_sent_when_it_is_asked_for(line) -> None:
    call = enqueue(line, '<Gather action="/silent" actionOnEmptyResult="true" timeout="10"/>')
    line["/silent"] = "<Leave/>"
    call.wait(10)
    assert line.forms("/silent")[0]["Digits"] == ""
    assert call.heard == "Итог leave"


def test_a_call_that_fails_leaves_the_queue(line) -> None:
    enqueue(line)
    double = line.double(fallback_url=None)
    first = double.dial("+79160000001")
    line["/queue"] = "<Sing/>"
    first.press("5")
    line["/queue"] = hold
    assert (first.status, double.dial("+79160000002").heard) == ("failed", "Вы 1-й, 0 с")


def test_the_queue_is_shared_by_all_calls(line) -> None:
    enqueue(line)
    double = line.double()
    first, second = double.dial("+79160000001"), double.dial("+79160000002")
    assert second.heard == "Вы 2-й, 0 с"
    first.wait(10)
    first.answer()
    second.wait(16)
    assert second.heard.startswith("Вы 1-й")
    assert line.forms("/queue")[-1]["AvgQueueTime"] == "10"
    assert line.forms("/queue")[-1]["CurrentQueueSize"] == "1"


def test_a_full_queue_turns_callers_away(line) -> None:
    enqueue(line)
    double = line.double(largest_queue=1)
    double.dial("+79160000001")
    assert double.dial("+79160000002").heard == "Итог queue-full"


def test_a_talk_out_of_the_queue_goes_on_after_it(line) -> None:
    call = enqueue(line)
    call.wait(10)
    call.answer()
    assert (call.where, call.talking, call.gather, result(line)) == ("queued", True, None, [])
    call.operator_hangs_up()
    assert (call.heard, call.where, call.talking) == ("Итог bridged", "listening", False)
    assert line.forms("/turn")[0]["QueueTime"] == "10"


@pytest.mark.parametrize(("talking", "queue_result"), [(False, "hangup"), (True, "bridged")])
def test_a_hang_up_in_the_queue_asks_for_its_action(line, talking: bool, queue_result: str) -> None:
    call = enqueue(line)
    if talking:
        call.answer()
    call.hang_up()
    (form,) = line.forms("/turn")
    assert (form["QueueResult"], form["CallStatus"]) == (queue_result, "completed")
    assert [seen.target for seen in line.seen][-2:] == ["/turn", "/voice/status"]
    assert (call.status, call.heard) == ("completed", "")


def test_a_hangup_verb_in_the_loop_ends_the_call(line) -> None:
    call = enqueue(line, "<Hangup/>")
    assert (call.status, result(line)) == ("completed", ["hangup"])


def test_twilio_may_fail(line) -> None:
    call = enqueue(line)
    call.queue_breaks()
    assert call.heard == "Итог system-error"


def test_a_failing_loop_goes_to_the_fallback_with_the_queue_s_fields(line) -> None:
    line["/voice/fallback"] = LOOP.format(place=9, time=9)
    call = enqueue(line, "<Enqueue>other</Enqueue>")
    assert (call.where, call.heard) == ("queued", "Вы 9-й, 9 с")
    assert line.forms("/voice/fallback")[0]["QueuePosition"] == "1"


def test_without_an_action_the_next_verb_runs(line) -> None:
    line["/voice/incoming"] = "<Enqueue>operators</Enqueue><Say>Дальше</Say><Gather/>"
    call = line.double().dial(None)
    call.wait(600)
    assert (call.where, call.heard) == ("queued", "")
    with pytest.raises(CannotAct):
        call.press("1")
    call.answer()
    call.operator_hangs_up()
    assert call.heard == "Дальше"


def ring(line, action: str = 'action="/turn"'):
    """A caller for whom two numbers ring."""
    line["/voice/incoming"] = (
        f'<Dial {action} timeout="30"><Number url="/whisper?call=1">+79161110001</Number>'
        '<Number statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">'
        "+79161110002</Number></Dial><Say>Дальше</Say>"
    )
    line["/turn"] = lambda: f"<Say>Итог {request.form['DialCallStatus']}</Say><Gather/>"
    line["/whisper"] = "<Say>Показания,</Say><Pause/><Say>счёт сорок два</Say>"
    line["/leg"] = ""
    return line.double().dial("+79161234501")


def test_who_answers_hears_the_whisper_first(line) -> None:
    call = ring(line)
    assert (call.where, call.heard) == ("dialing", "")
    call.answer()
    form = line.forms("/whisper?call=1")[0]
    assert call.whispered == ["Показания,", "счёт сорок два"]
    assert (form["ParentCallSid"], form["To"], form["Direction"]) == (
        call.sid,
        "+79161110001",
        "outbound-dial",
    )
    assert form["CallSid"] != call.sid
    assert call.heard == ""
    call.operator_hangs_up(talked_s=90)
    (form,) = line.forms("/turn")
    assert (form["DialCallStatus"], form["DialCallDuration"], form["CallSid"]) == (
        "completed",
        "90",
        call.sid,
    )
    assert form["DialCallSid"].startswith("CA")
    assert call.heard == "Итог completed"


def test_a_number_s_own_callbacks(line) -> None:
    call = ring(line)
    call.answer(1)
    call.operator_hangs_up()
    statuses = [form["CallStatus"] for form in line.forms("/leg")]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]
    assert call.whispered == []


def test_a_number_is_told_of_its_end_alone_unless_it_asks(line) -> None:
    line["/voice/incoming"] = '<Dial><Number statusCallback="/leg">+79161110001</Number></Dial>'
    line["/leg"] = ""
    call = line.double().dial(None)
    call.answer()
    assert line.forms("/leg") == []
    call.operator_hangs_up()
    assert [form["CallStatus"] for form in line.forms("/leg")] == ["completed"]


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
def test_ringing_in_vain(line, status: str) -> None:
    call = ring(line)
    call.no_answer(status)
    assert call.heard == f"Итог {status}"
    assert "DialCallDuration" not in line.forms("/turn")[0]
    assert line.forms("/leg")[-1]["CallStatus"] == status


def test_ringing_ends_with_the_dial_s_timeout(line) -> None:
    call = ring(line)
    call.wait(29)
    assert call.where == "dialing"
    call.wait(1)
    assert call.heard == "Итог no-answer"


@pytest.mark.parametrize(("talking", "status"), [(False, "canceled"), (True, "completed")])
def test_a_hang_up_in_a_dial_asks_for_its_action(line, talking: bool, status: str) -> None:
    call = ring(line)
    if talking:
        call.answer()
    call.hang_up()
    (form,) = line.forms("/turn")
    assert (form["DialCallStatus"], form["CallStatus"]) == (status, "completed")


def test_a_dial_without_an_action_goes_on(line) -> None:
    call = ring(line, action="")
    call.no_answer()
    assert call.heard == "Дальше"


def test_operators_cannot_act_out_of_turn(line) -> None:
    call = ring(line)
    with pytest.raises(CannotAct):
        call.operator_hangs_up()
    with pytest.raises(CannotAct):
        call.answer(2)
    with pytest.raises(CannotAct):
        call.say("алло")
    call.answer()
    for act in (call.answer, call.no_answer, lambda: call.wait(1)):
        with pytest.raises(CannotAct):
            act()
