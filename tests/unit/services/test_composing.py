"""Replies as texts."""

from tests.support.caller import Caller


def test_a_caller_who_asked_for_slower_speech_hears_numbers_as_they_are_dictated(line):
    caller = Caller(line.calls)
    told = caller.talk("передать показания", "#12450")
    assert "двенадцать тысяч четыреста пятьдесят. Верно?" in told.text
    told = caller.say("помедленнее")
    assert "двенадцать тысяч, четыреста, пятьдесят. Верно?" in told.text
    assert told.said[-1].slots["value"] == 12450
