"""A call obeys TwiML: what is asked for after speech, keys, silence and a hang-up."""

import pytest
from flask import Response, request

from ivr.simulator.record import CannotAct, Line

GATHER = '<Gather input="dtmf speech" action="/turn" {}><Say>Вопрос</Say></Gather>'


def ask(line, attributes: str = "", after: str = "<Say>Никого</Say>"):
    """A call that waits at a Gather, whose action tells what it got."""
    line["/voice/incoming"] = GATHER.format(attributes) + after
    line["/turn"] = "<Say>Принято</Say>"
    return line.double().dial("+79161234501")


def got(line) -> dict[str, str] | None:
    """What the Gather's action was told, beyond what every webhook is; None where it was not asked for."""
    common = {
        "CallSid",
        "AccountSid",
        "ApiVersion",
        "From",
        "To",
        "Caller",
        "Called",
        "Direction",
        "CallStatus",
    }
    forms = line.forms("/turn")
    return {name: value for name, value in forms[0].items() if name not in common} if forms else None


def test_speech_is_sent_with_its_confidence(line) -> None:
    call = ask(line, 'language="ru-RU"')
    call.say("двенадцать тысяч", confidence=0.5)
    assert got(line) == {"SpeechResult": "двенадцать тысяч", "Confidence": "0.5", "Language": "ru-RU"}
    assert line.forms("/turn")[0]["CallStatus"] == "in-progress"
    assert call.heard == "Принято"


def test_confidence_may_be_absent(line) -> None:
    ask(line).say("да", confidence=None)
    assert got(line) == {"SpeechResult": "да", "Language": "en-US"}


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        ("", "12345#", "12345"),
        ("", "12#345", "12"),
        ("", "12", "12"),
        ("", "*1#", "*1"),
        ("", "#5#", "5"),
        ('numDigits="1"', "123", "1"),
        ('numDigits="3"', "1#", "1"),
        ('finishOnKey="*"', "1#2*3", "1#2"),
        ('finishOnKey=""', "1#*", "1#*"),
    ],
)
def test_keys_end_where_the_gather_says(line, attributes: str, keys: str, digits: str) -> None:
    ask(line, attributes).press(keys)
    assert got(line) == {"Digits": digits}


def test_a_finishing_key_alone_is_silence(line) -> None:
    call = ask(line)
    call.press("#")
    assert got(line) is None
    assert call.heard == "Никого"


def test_silence_goes_on_to_the_next_verb(line) -> None:
    call = ask(line)
    call.silence()
    assert got(line) is None
    assert (call.heard, call.status) == ("Никого", "completed")


def test_silence_is_sent_when_it_is_asked_for(line) -> None:
    call = ask(line, 'actionOnEmptyResult="true"')
    call.silence()
    assert got(line) == {"Digits": "", "SpeechResult": ""}
    assert call.heard == "Принято"


@pytest.mark.parametrize("act", [lambda call: call.say("да"), lambda call: call.press("1")])
def test_a_gather_hears_only_its_own_kind_of_input(line, act) -> None:
    deaf = "dtmf" if "say" in act.__code__.co_names else "speech"
    line["/voice/incoming"] = f'<Gather input="{deaf}" action="/turn"/>'
    line["/turn"] = "<Say>Принято</Say>"
    act(line.double().dial(None))
    assert got(line) is None


def test_what_is_no_key_is_refused(line) -> None:
    call = ask(line)
    with pytest.raises(CannotAct):
        call.press("1a")
    assert call.where == "listening"


def test_a_gather_without_an_action_asks_its_own_document(line) -> None:
    line["/voice/incoming"] = lambda: (
        f"<Say>{request.form['Digits']}</Say>" if "Digits" in request.form else "<Redirect>/menu/</Redirect>"
    )
    line["/menu/"] = lambda: f"<Say>{request.form.get('Digits', 'вопрос')}</Say><Gather/>"
    call = line.double().dial(None)
    call.press("7#")
    assert call.heard == "7"


@pytest.mark.parametrize("url", ["next?a=1", "/menu/next?a=1", "https://line.example/menu/next?a=1"])
def test_a_redirect_starts_from_its_document(line, url: str) -> None:
    line["/voice/incoming"] = "<Redirect>/menu/first</Redirect>"
    line["/menu/first"] = f"<Redirect>{url}</Redirect>"
    line["/menu/next"] = "<Say>дошло</Say>"
    assert line.double().dial(None).heard == "дошло"
    assert line.paths()[-1] == "/menu/next?a=1"


def test_what_is_heard_begins_anew_with_each_act(line) -> None:
    line["/turn"] = '<Say>Раз</Say><Gather action="/turn"><Say>два</Say></Gather><Say>три</Say>'
    call = line.double().dial(None)
    call.press("1#")
    assert call.heard == "Раз два"
    call.silence()
    assert call.heard == "три"
    assert call.transcript == [
        Line("system", "звонок, номер скрыт"), Line("phone", "Алло"), Line("caller", "#1#"),
        Line("phone", "Раз"),
        Line("phone", "два"), Line("caller", "…"), Line("phone", "три"), Line("system", "конец звонка"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("twiml", "status"),
    [("", "completed"), ("<Hangup/><Say>нет</Say>", "completed"), ("<Reject/>", "no-answer"),
     ('<Reject reason="busy"/>', "busy")],
)  # fmt: skip
def test_how_a_call_ends_is_told_to_the_status_url(line, twiml: str, status: str) -> None:
    line["/voice/incoming"] = twiml
    call = line.double().dial(None)
    (form,) = line.forms("/voice/status")
    assert (call.where, call.status, call.heard) == ("ended", status, "")
    assert (form["CallStatus"], form["CallSid"], form["SequenceNumber"]) == (status, call.sid, "0")


def test_a_hang_up_in_a_gather_asks_for_nothing_but_the_status(line) -> None:
    call = ask(line, 'actionOnEmptyResult="true"')
    call.hang_up()
    assert got(line) is None
    assert line.forms("/voice/status")[0]["CallStatus"] == "completed"
    assert (call.status, call.where) == ("completed", "ended")


@pytest.mark.parametrize(
    "act", ["silence", "hang_up", "answer", "operator_hangs_up", "no_answer", "queue_breaks"]
)
def test_nothing_can_be_done_after_the_end(line, act: str) -> None:
    call = ask(line)
    call.hang_up()
    with pytest.raises(CannotAct):
        getattr(call, act)()


def test_a_status_callback_can_come_at_any_moment(line) -> None:
    call = ask(line)
    call.status_callback("in-progress")
    call.hang_up()
    assert [form["CallStatus"] for form in line.forms("/voice/status")] == ["in-progress", "completed"]
    assert [form["SequenceNumber"] for form in line.forms("/voice/status")] == ["0", "1"]


def test_a_failing_status_url_is_noted_and_no_more(line) -> None:
    line["/voice/status"] = lambda: Response(status=503)
    call = ask(line)
    call.hang_up()
    assert (call.status, [error.code for error in call.errors]) == ("completed", [11200])


@pytest.mark.parametrize(
    "loop", ["<Say>а</Say><Redirect/>", "<Redirect/>", "<Pause/><Redirect>/voice/incoming</Redirect>"]
)
def test_twiml_without_end_fails_the_call(line, loop: str) -> None:
    line["/voice/incoming"] = loop
    call = line.double(most_verbs=10).dial(None)
    assert call.status == "failed"
    assert "endless" in call.errors[-1].message
    assert len(line.paths()) <= 11


def test_a_long_call_is_not_an_endless_one(line) -> None:
    line["/turn"] = '<Gather action="/turn"/>'
    call = line.double(most_verbs=10).dial(None)
    for _ in range(20):
        call.press("1#")
    assert call.status == "in-progress"


def test_pauses_take_virtual_time_unless_they_are_to_be_real(line) -> None:
    line["/voice/incoming"] = '<Pause length="3"/><Redirect>/turn</Redirect>'
    line["/turn"] = '<Pause length="2"/><Gather/>'
    slept: list[float] = []
    call = line.double(sleep=slept.append).dial(None)
    assert (call.seconds, slept) == (5, [3, 2])


def test_recordings_are_heard_by_their_address(line) -> None:
    line["/voice/incoming"] = "<Play>https://line.example/a.wav</Play>"
    assert line.double().dial(None).heard == "♪ https://line.example/a.wav"
