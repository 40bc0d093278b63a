"""The line's number at the carrier: which one, what differs."""

from dataclasses import replace

import pytest

from ivr.telephony.account import NumberUnclear, choose, differences
from ivr.telephony.carrier import Number

HERE, ELSEWHERE = "https://line.example", "https://files.example/fallback.xml"
BOUGHT = Number(
    "PN1",
    "+74950000099",
    True,
    True,
    "https://demo.twilio.com/welcome/voice/",
    "POST",
    "",
    "POST",
    "",
    "POST",
)
RIGHT = replace(
    BOUGHT,
    voice_url=f"{HERE}/voice/incoming",
    fallback_url=f"{HERE}/voice/fallback",
    status_url=f"{HERE}/voice/status",
)


def changed(number, fallback_url=""):
    return {change.field: change.now for change in differences(number, HERE, fallback_url)}


def test_a_number_as_it_is_bought():
    assert changed(BOUGHT) == {
        "voice_url": f"{HERE}/voice/incoming",
        "fallback_url": f"{HERE}/voice/fallback",
        "status_url": f"{HERE}/voice/status",
    }


def test_nothing_differs():
    assert changed(RIGHT) == {}
    assert changed(replace(RIGHT, voice_url=f"{HERE}/voice/incoming#rc=2&rp=all")) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("voice_method", "GET"),
        ("status_url", ""),
        ("application_sid", "AP1"),
        ("trunk_sid", "TK1"),
        ("voice_url", "http://line.example/voice/incoming"),
    ],
)
def test_only_what_differs_is_changed(field, value):
    assert changed(replace(RIGHT, **{field: value})) == {field: getattr(RIGHT, field)}


def test_a_fallback_on_another_host_is_read_by_get_and_stays():
    assert changed(RIGHT, ELSEWHERE) == {"fallback_url": ELSEWHERE, "fallback_method": "GET"}
    there = replace(RIGHT, fallback_url=ELSEWHERE, fallback_method="GET")
    assert changed(there) == changed(there, ELSEWHERE) == {}
    back = changed(there, f"{HERE}/voice/fallback")
    assert back == {"fallback_url": f"{HERE}/voice/fallback", "fallback_method": "POST"}


def test_an_old_address_of_this_line_is_no_other_host():
    old = "https://old.example/voice"
    moved = replace(RIGHT, voice_url=f"{old}/incoming#rc=2", fallback_url=f"{old}/fallback")
    assert changed(moved) == {
        "voice_url": f"{HERE}/voice/incoming#rc=2",
        "fallback_url": f"{HERE}/voice/fallback",
    }


def test_another_machine_of_the_line_stays_and_is_asked_by_post():
    standby = "https://standby.example/voice/fallback"
    assert changed(RIGHT, standby) == {"fallback_url": standby}
    there = replace(RIGHT, fallback_url=standby)
    assert changed(there) == changed(there, standby) == {}
    assert changed(replace(there, fallback_method="GET")) == {"fallback_method": "POST"}


def test_a_malformed_url_is_only_a_wrong_one():
    assert changed(replace(RIGHT, fallback_url="https://[bad")) == {"fallback_url": f"{HERE}/voice/fallback"}


@pytest.mark.parametrize("asked", ["+7 495 000-00-99", "8 (495) 000-00-99", "74950000099"])
def test_a_number_as_people_write_it(asked):
    assert choose([BOUGHT], asked) is BOUGHT


def test_the_only_number_or_the_one_asked_for():
    other = replace(BOUGHT, number="+74950000098")
    assert choose([BOUGHT]) is BOUGHT
    assert choose([BOUGHT, other], "+74950000098") is other
    for numbers, asked, told in (
        ([], "", "ни одного"),
        ([BOUGHT, other], "", r"\+74950000099, \+74950000098"),
        ([BOUGHT], "+74950000098", "нет, есть"),
    ):
        with pytest.raises(NumberUnclear, match=told):
            choose(numbers, asked)
