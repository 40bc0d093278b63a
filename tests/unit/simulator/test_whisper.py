"""What a called person hears before the caller is put through, and how they may decline."""

import pytest
from flask import request

SCREEN = (
    '<Gather numDigits="1" action="/screen"><Say>Нажмите один</Say></Gather>'
    '<Gather numDigits="1" action="/screen"><Say>Ещё раз</Say></Gather><Hangup/>'
)


@pytest.fixture
def call(line):
    line["/voice/incoming"] = '<Dial action="/turn"><Number url="/screen">+79161110001</Number></Dial>'
    line["/turn"] = lambda: (
        f"<Say>{request.form['DialCallStatus']} {request.form['DialBridged']}</Say><Gather/>"
    )
    line["/screen"] = lambda: {None: SCREEN, "1": ""}.get(request.form.get("Digits"), "<Hangup/>")
    return line.double().dial("+79161234501")


def test_who_presses_the_key_gets_the_caller(call) -> None:
    assert call.ringing == ("+79161110001",)
    call.answer()
    assert (call.talking, call.whispered, call.ringing) == (True, ["Нажмите один"], ())
    call.operator_hangs_up()
    assert call.heard == "completed true"


def test_who_presses_another_key_does_not(call) -> None:
    call.answer(keys="2")
    assert (call.talking, call.heard) == (False, "completed false")


def test_a_machine_hears_it_all_and_does_not_get_the_caller(call) -> None:
    call.voicemail()
    assert call.whispered == ["Нажмите один", "Ещё раз"]
    assert (call.talking, call.heard) == (False, "completed false")


def test_a_machine_gets_a_caller_who_is_not_kept_from_it(line, call) -> None:
    line["/screen"] = "<Say>Вам звонят</Say>"
    call.voicemail()
    assert call.talking


def test_in_vain_nothing_is_bridged(call) -> None:
    call.no_answer()
    assert call.heard == "no-answer false"


def test_a_whisper_that_never_ends_fails_the_call(line, call) -> None:
    line["/screen"] = "<Redirect>/screen</Redirect>"
    call.answer()
    assert call.status == "failed"


def test_the_caller_is_not_dialled_from_a_whisper(line, call) -> None:
    line["/screen"] = "<Dial>+79161110002</Dial>"
    call.answer()
    assert call.status == "failed"
