"""The `ivr` command: a contract for people and programs."""

import json
import re

import pytest
from click.testing import CliRunner

from ivr.cli import main
from tests.conftest import TOKEN
from tests.support.caller import Caller

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show this|Error|Missing|No such|Invalid|Try)\b")
COMMANDS = [
    [], ["run"], ["worker"], ["call"], ["calls"], ["calls", "list"], ["calls", "show"], ["calls", "replay"],
    ["readings"], ["readings", "list"], ["requests"], ["requests", "list"], ["grammars"], ["grammars", "check"],
    ["schedule"], ["schedule", "check"], ["import"], ["import", "accounts"], ["import", "outages"], ["export"],
    ["export", "readings"], ["export", "requests"],
    ["twilio"], ["twilio", "setup"], ["twilio", "check"], ["twilio", "fallback"], ["db"], ["db", "upgrade"],
    ["demo"], ["demo", "load"], ["demo", "show"],
]  # fmt: skip


@pytest.fixture
def ivr(database, tmp_path, monkeypatch):
    environment = {
        "IVR_DATABASE_URL": database,
        "IVR_HOME": str(tmp_path),
        "IVR_TWILIO_AUTH_TOKENS": TOKEN,
        "IVR_CLOCK": "2026-11-20T10:00:00+03:00",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(main, words)


def rows(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_russian(words):
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0
    assert re.search("[а-я]{4}", result.output)
    assert not ENGLISH.search(result.output)


@pytest.mark.parametrize(
    "words",
    [["bad"], ["calls", "list", "--bad"], ["calls", "list", "--limit", "0"], ["calls", "show"], ["calls", "replay"],
     ["calls", "replay", "CA1", "--all"], ["readings", "list", "odd"],
     ["hear", "a.wav"], ["hear", "a.wav", "--as", "bad"]],
    ids=" ".join,
)  # fmt: skip
def test_what_is_asked_for_wrongly_is_2_and_said_in_russian(words):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert not ENGLISH.search(result.output)


def test_the_lists(ivr, line):
    Caller(line.calls).talk("передать показания", "12450", "да", "перезвоните мне", "да")
    (call,) = rows(ivr("calls", "list", "--json"))
    assert (call["caller"], call["facts"]["caller"]) == ("+79161234501", "+79161234501")
    (reading,) = rows(ivr("readings", "list", "--json"))
    assert (reading["account"], reading["value"], reading["state"]) == ("5012345601", 12450, "accepted")
    assert reading["receipt"].startswith("7")
    assert rows(ivr("readings", "list", "--account", "5012345602", "--json")) == []
    request = rows(ivr("requests", "list", "--json"))[0]
    assert (request["kind"], request["phone"], request["number"][0]) == ("call_back", "+79161234501", "1")
    for words in (["calls", "list"], ["readings", "list"], ["requests", "list"], ["demo", "show"]):
        assert ivr(*words).exit_code == 0
    assert "принято" in ivr("readings", "list").output


def test_an_empty_list_says_so(ivr):
    assert ivr("calls", "list").output == "Пока пусто.\n"
    assert rows(ivr("calls", "list", "--json")) == []


def test_a_call_is_shown_as_it_was_spoken(ivr, line):
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450", "", "оператор")
    text = ivr("calls", "show", caller.sid).output
    for told in ("линия: Здравствуйте", "абонент: #12450", "абонент: (тишина)", "Просит оператора", "12450"):
        assert told in text
    lines = rows(ivr("calls", "show", caller.sid, "--json"))
    assert {line["who"] for line in lines} == {"phone", "caller", "note"}
    assert ivr("calls", "show", "CAnone").exit_code == 1
    assert "Звонка CAnone нет." in ivr("calls", "show", "CAnone").output


def test_replay_finds_nothing_in_what_fits_and_the_first_difference_in_what_does_not(ivr, line):
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450", "да")
    assert ivr("calls", "replay", caller.sid).exit_code == 0
    assert ivr("calls", "replay", "--all", "--reheard").exit_code == 0
    with line.store.write() as db:
        db.exec_driver_sql(
            "update journal set payload = replace(payload, '12450', '12460') where type = 'answer'"
        )
    result = ivr("calls", "replay", "--all", "--json")
    assert result.exit_code == 1
    (found,) = (json.loads(line) for line in result.output.splitlines())
    assert (found["sid"], found["turn"]) == (caller.sid, 2)
    assert "12450" in found["was"]
    assert "12460" in found["now"]
    assert ivr("calls", "replay", "CAnone").exit_code == 1


def test_demo_data_is_put_in_once(ivr):
    assert "0" in ivr("demo", "load").output
    shown = rows(ivr("demo", "show", "--json"))
    assert [shown[0]["phone"], shown[0]["account"]] == ["+79161234501", "5012345601"]


def test_the_database_is_upgraded_twice(ivr):
    assert [ivr("db", "upgrade").exit_code, ivr("db", "upgrade").exit_code] == [0, 0]


@pytest.mark.parametrize(
    ("name", "value"),
    [("IVR_CLOCK", "2026-11-20T10:00:00"), ("IVR_THREADS", "many"), ("IVR_DATABASE_URL", "nonsense"),
     ("IVR_PUBLIC_URL", "line.example"), ("IVR_PUBLIC_URL", "https://line.example/path"),
     ("IVR_ACCOUNT_PATTERN", "("), ("IVR_WINDOW_FIRST_DAY", "28")],
)  # fmt: skip
def test_a_bad_setting_is_named(ivr, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    result = ivr("calls", "list")
    assert result.exit_code == 2, result.output
    assert name in result.output
    assert "Traceback" not in result.output


def test_a_database_that_is_away_is_1(ivr, monkeypatch):
    monkeypatch.setenv("IVR_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/none")
    result = ivr("calls", "list")
    assert result.exit_code == 1
    assert "База данных недоступна" in result.output
