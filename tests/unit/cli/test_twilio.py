"""`ivr twilio`: what people and programs see of it."""

import xml.etree.ElementTree as ET

import pytest

from ivr.simulator import rest
from ivr.simulator.rest import RestDouble
from tests.conftest import TOKEN

NUMBER, ORIGIN = "+74950000099", "https://line.example"


@pytest.fixture
def double():
    with RestDouble([TOKEN]) as running:
        running.add_number(NUMBER)
        yield running


@pytest.fixture
def ivr(ivr, double, monkeypatch):
    for name, value in {
        "IVR_TWILIO_ACCOUNT_SID": double.account_sid,
        "IVR_TWILIO_API_URL": double.url,
        "IVR_PUBLIC_URL": ORIGIN,
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *words: ivr("twilio", *words)


def posts(double):
    return [form for method, _, form in double.requests if method == "POST"]


def test_setup_says_what_was_and_what_is_and_does_it_once(ivr, double):
    result = ivr("setup")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"Номер {NUMBER}: изменено"
    assert f"  адрес статусов: было пусто, стало {ORIGIN}/voice/status" in lines
    assert double.numbers[0]["voice_url"] == f"{ORIGIN}/voice/incoming"
    assert double.numbers[0]["voice_fallback_url"] == f"{ORIGIN}/voice/fallback"
    assert ivr("setup").stdout == f"Номер {NUMBER}: всё уже так, как нужно.\n"
    assert len(posts(double)) == 1


def test_a_dry_run_changes_nothing(ivr, double):
    assert "изменилось бы" in ivr("setup", "--dry-run").stdout
    assert posts(double) == []


def test_only_what_differs_is_sent(ivr, double):
    ivr("setup")
    double.numbers[0] |= {"voice_method": "GET", "trunk_sid": "TK" + "1" * 32}
    ivr("setup")
    assert posts(double)[-1] == {"VoiceMethod": "POST", "TrunkSid": ""}


def test_a_fallback_on_another_host_stays(ivr, double):
    ivr("setup", "--fallback-url", "https://files.example/line.xml")
    ivr("setup")
    number = double.numbers[0]
    assert (number["voice_fallback_url"], number["voice_fallback_method"]) == (
        "https://files.example/line.xml",
        "GET",
    )


def test_of_several_numbers_one_must_be_named(ivr, double):
    double.add_number("+74950000098")
    result = ivr("setup")
    assert (result.exit_code, posts(double)) == (2, [])
    assert NUMBER in result.output
    assert "+74950000098" in result.output
    assert ivr("setup", "--number", "+74950000098").exit_code == 0
    assert double.numbers[0]["voice_url"].startswith("https://demo")
    assert ivr("setup", "--number", "+74950000097").exit_code == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IVR_TWILIO_ACCOUNT_SID", ""),
        ("IVR_TWILIO_AUTH_TOKENS", ""),
        ("IVR_TWILIO_ACCOUNT_SID", "AC1"),
        ("IVR_DUTY_NUMBERS", "88002200220"),
        ("IVR_SMS_FROM", "Светлая"),
        ("IVR_TWILIO_API_URL", "http://host/path"),
    ],
)
def test_what_is_set_wrongly_is_2(ivr, double, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    result = ivr("setup")
    assert result.exit_code == 2
    assert "Настройка" in result.output or "Нужны" in result.output
    assert double.requests == []


def test_plain_http_is_refused_for_the_real_twilio(ivr, monkeypatch):
    monkeypatch.setenv("IVR_PUBLIC_URL", "http://line.example")
    monkeypatch.setenv("IVR_TWILIO_API_URL", "")
    result = ivr("setup")
    assert result.exit_code == 2
    assert "https://" in result.output


@pytest.mark.parametrize("fault", [rest.BROKEN, rest.DROPPED])
def test_a_carrier_in_trouble_is_1(ivr, double, fault):
    double.fail(fault)
    result = ivr("setup")
    assert result.exit_code == 1
    assert result.stderr.startswith("Twilio: ")


def test_setup_says_what_a_lost_answer_and_a_wrong_token_mean(ivr, double, monkeypatch):
    double.fail(None, rest.LOST)
    assert "Возможно, уже изменено: проверьте ivr twilio check" in ivr("setup").stderr
    monkeypatch.setenv("IVR_TWILIO_AUTH_TOKENS", "another")
    assert "сверьте оба с консолью" in ivr("setup").stderr


@pytest.mark.parametrize("url", ["https://[::1", "https://", "http://files.example/line.xml"])
def test_a_fallback_that_is_no_address(ivr, double, url):
    assert ivr("setup", "--fallback-url", url).exit_code == 2
    assert double.requests == []


def test_a_fallback_that_cannot_be_written(ivr, monkeypatch):
    monkeypatch.setenv("IVR_DUTY_NUMBERS", "+74950000011")
    result = ivr("fallback", "--output", "no/such/line.xml")
    assert result.exit_code == 1
    assert result.stderr.startswith("Файл не записан: ")


def test_no_token_is_shown(ivr, double, monkeypatch):
    monkeypatch.setenv("IVR_TWILIO_AUTH_TOKENS", "very-secret")
    for words in (["setup"], ["check"]):
        result = ivr(*words)
        assert result.exit_code == 1
        assert "very-secret" not in result.output


def test_check_tells_and_is_1(ivr, monkeypatch):
    monkeypatch.setenv("IVR_PUBLIC_URL", "http://127.0.0.1:9")
    result = ivr("check")
    assert result.exit_code == 1
    assert "отсюда не отвечает" in result.output
    assert "Исправит ivr twilio setup" in result.output
    assert result.stdout.splitlines()[-1].startswith("Неверного: ")


def test_the_fallback_for_another_host(ivr, monkeypatch, tmp_path):
    monkeypatch.setenv("IVR_OPERATOR_NUMBERS", "+74950000001,+74950000002")
    monkeypatch.setenv("IVR_DUTY_NUMBERS", "+74950000011")
    twiml = ivr("fallback").stdout
    assert len(twiml) < 4000
    response = ET.fromstring(twiml.encode())
    assert [one.tag for one in response] == ["Say", "Dial"]
    assert "неполадка" in response[0].text
    assert "сто двенадцать" in response[0].text
    assert [number.text for number in response[1]] == ["+74950000001", "+74950000002"]
    assert not any(one.get(name) for one in response.iter() for name in ("url", "action"))
    assert ivr("fallback", "--output", "line.xml").exit_code == 0
    assert (tmp_path / "line.xml").read_text() == twiml


def test_the_fallback_rings_duty_where_there_are_no_operators_and_needs_somebody(ivr, monkeypatch):
    assert ivr("fallback").exit_code == 2
    assert "Звонить некому" in ivr("fallback").output
    monkeypatch.setenv("IVR_DUTY_NUMBERS", ",".join(f"+749500000{n}" for n in range(11, 31)))
    response = ET.fromstring(ivr("fallback").stdout.encode())
    assert len(response[1]) == 10
