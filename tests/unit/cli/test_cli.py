"""Every command of the contract: its rows, its Russian, its exit codes."""

import re
import sqlite3

import pytest

from ivr.cli import MODULES, main
from ivr.flows.line import FLOWS
from ivr.services import demo
from tests.support.caller import Caller
from tests.support.locks import held
from tests.unit.cli.conftest import rows

COMMANDS = (
    ("run",), ("worker",), ("call",), ("calls", "list"), ("calls", "show"), ("calls", "replay"),
    ("readings", "list"), ("requests", "list"), ("understand", "menu"), ("understand", "number"),
    ("understand", "yesno"), ("hear",), ("model", "info"), ("grammars", "check"), ("schedule", "check"),
    ("db", "upgrade"), ("demo", "load"),
    ("demo", "show"), ("import", "accounts"), ("import", "outages"), ("export", "readings"), ("export", "requests"),
    ("twilio", "setup"), ("twilio", "check"), ("twilio", "fallback"),
)  # fmt: skip
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def sid(line) -> str:
    """A call with a reading and a request."""
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450", "да", "перезвоните мне", "да", "нет")
    return caller.sid


def test_the_contract_is_complete():
    named = {
        (name, *more)
        for name in MODULES
        for command in [main.get_command(None, name)]
        for more in ([(sub,) for sub in command.commands] if hasattr(command, "commands") else [()])
    }
    assert named == set(COMMANDS)


@only_sqlite
@pytest.mark.parametrize(
    "command",
    [
        (),
        ("calls",),
        ("readings",),
        ("requests",),
        ("understand",),
        ("model",),
        ("grammars",),
        ("schedule",),
        ("twilio",),
        ("import",),
        ("export",),
        ("db",),
        ("demo",),
        *COMMANDS,
    ],
)
def test_help_is_russian(ivr, command):
    result = ivr(*command, "--help")
    assert result.exit_code == 0
    told = re.sub(r"--?[a-z-]+|\b(ivr|main|IVR_BIND|hidden|yaml)\b", "", result.stdout)
    own = " ".join(
        (
            *command,
            "calls readings requests grammars schedule db demo run worker call list show replay check upgrade load",
            "understand menu number yesno import accounts outages export utf setup fallback twilio Twilio",
            "hear model info everywhere text amount place more law ulaw Ogg",
            "accepted review unconfirmed new work done cancelled",
        )
    )
    words = set(re.findall(r"[a-zA-Z]{3,}", told.replace("\n", " "))) - set(own.split())
    assert not {word for word in words if word.islower() or word.istitle()}
    assert re.search("[а-яё]{3,}", told)


class TestLists:
    def test_calls(self, ivr, sid):
        (row,) = rows(ivr("calls", "list", "--json"))
        assert (row["sid"], row["caller"], row["ended_by"], row["turn"]) == (sid, "+79161234501", "line", 7)
        assert row["started_at"].endswith("+00:00")
        assert row["facts"]["window"] == {"first_day": 15, "last_day": 26}

    def test_readings(self, ivr, sid):
        (row,) = rows(ivr("readings", "list", "--json"))
        assert (row["account"], row["zone"], row["value"], row["state"]) == (
            "5012345601",
            "T",
            12450,
            "accepted",
        )
        assert re.fullmatch(r"7\d{5}", row["receipt"])
        assert rows(ivr("readings", "list", "--json", "--account", "5012345601")) == [row]
        assert rows(ivr("readings", "list", "--json", "--account", "5012345602")) == []

    def test_requests(self, ivr, sid):
        row = next(row for row in rows(ivr("requests", "list", "--json")) if row["call_sid"] == sid)
        assert (row["kind"], row["state"], row["phone"]) == ("call_back", "new", "+79161234501")
        assert re.fullmatch(r"1\d{5}", row["number"])

    def test_a_limit(self, ivr, line):
        sids = [Caller(line.calls).talk("оператор") and row for row in range(3)]
        assert len(rows(ivr("calls", "list", "--json", "--limit", "2"))) == 2 < len(sids)

    def test_tables_are_russian(self, ivr, sid):
        assert "Звонок" in ivr("calls", "list").stdout
        assert "12450" in ivr("readings", "list").stdout
        assert "+79161234501" in ivr("requests", "list").stdout

    def test_nothing_yet(self, ivr):
        assert ivr("readings", "list").stdout == "Пока пусто.\n"
        assert rows(ivr("readings", "list", "--json")) == []


class TestShow:
    def test_the_whole_talk(self, ivr, sid):
        told = ivr("calls", "show", sid)
        assert told.exit_code == 0
        for words in ("Здравствуйте!", "абонент: передать показания", "абонент: #12450", "Показания приняты"):
            assert words in told.stdout

    def test_as_rows(self, ivr, sid):
        lines = rows(ivr("calls", "show", sid, "--json"))
        assert [line["text"] for line in lines if line["who"] == "caller"] == [
            "передать показания", "#12450", "да", "перезвоните мне", "да", "нет",
        ]  # fmt: skip
        assert [line["turn"] for line in lines if line["who"] == "phone"] == list(range(7))

    def test_a_call_with_an_operator(self, ivr, line):
        caller = Caller(line.calls)
        caller.talk("оператор")
        caller.outcome("talked")
        told = ivr("calls", "show", caller.sid).stdout
        assert "Просит оператора." in told
        assert "5012345601" not in told  # nobody asked whose account it is

    def test_an_unknown_call(self, ivr):
        result = ivr("calls", "show", "CAnone")
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Звонка CAnone нет.\n")


class TestReplay:
    def test_no_difference(self, ivr, sid):
        for options in ((sid,), ("--all",), ("--all", "--reheard")):
            result = ivr("calls", "replay", *options)
            assert (result.exit_code, result.stdout) == (0, "Звонков: 1, с отличиями: 0.\n")

    @pytest.fixture
    def changed(self, monkeypatch):
        async def asks_nothing(visit):
            return "what_else"

        monkeypatch.setitem(FLOWS, "submit_readings", asks_nothing)

    def test_a_difference_is_named(self, ivr, line, sid, changed):
        Caller(line.calls).talk("до свидания")
        result = ivr("calls", "replay", "--all")
        assert result.exit_code == 1
        assert f"{sid}, ход 1: было" in result.stdout
        assert "Звонков: 2, с отличиями: 1." in result.stdout

    def test_as_rows(self, ivr, sid, changed):
        result = ivr("calls", "replay", sid, "--json")
        assert result.exit_code == 1
        assert f'"sid": "{sid}", "turn": 1' in result.stdout

    @pytest.mark.parametrize("arguments", [(), ("CA1", "--all")])
    def test_which_calls_must_be_said(self, ivr, arguments):
        assert ivr("calls", "replay", *arguments).exit_code == 2

    def test_an_unknown_call(self, ivr):
        result = ivr("calls", "replay", "CAnone")
        assert (result.exit_code, result.stderr) == (1, "Звонка CAnone нет.\n")


class TestDemo:
    def test_loading_twice_adds_nothing(self, ivr, line):
        with line.store.write() as db:
            db.exec_driver_sql("delete from phones")
            db.exec_driver_sql("delete from requests")
            db.exec_driver_sql("delete from accounts")
        assert ivr("demo", "load").stdout == f"Добавлено лицевых счетов: {len(demo.ACCOUNTS)}.\n"
        assert ivr("demo", "load").stdout == "Добавлено лицевых счетов: 0.\n"

    def test_show(self, ivr):
        shown = {(row["phone"], row["account"]) for row in rows(ivr("demo", "show", "--json"))}
        assert {("+79161234501", "5012345601"), ("+79161234505", "5012345615")} <= shown
        assert {f"+7916123450{n}" for n in range(1, 8)} <= {phone for phone, _ in shown}
        assert "5012345604" in ivr("demo", "show").stdout


class TestDatabase:
    def test_upgrade(self, ivr):
        first = ivr("db", "upgrade")
        assert first.exit_code == 0
        assert first.stdout.startswith("Схема базы: ")
        assert ivr("db", "upgrade").stdout == first.stdout

    def test_the_worker_goes_one_round(self, ivr, sid):
        assert ivr("worker", "--once").exit_code == 0


READING_COMMANDS = [("calls", "list"), ("calls", "show", "CA1"), ("calls", "replay", "--all"), ("readings", "list"),
                    ("requests", "list"), ("demo", "load"), ("db", "upgrade"), ("worker", "--once"),
                    ("import", "accounts", "none.csv"), ("export", "requests")]  # fmt: skip


@only_sqlite
class TestWhatGoesWrong:
    @pytest.mark.parametrize("command", READING_COMMANDS, ids=" ".join)
    def test_the_database_is_away(self, ivr, monkeypatch, command):
        monkeypatch.setenv("IVR_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
        result = ivr(*command)
        assert result.exit_code == 1
        assert result.stderr.startswith("База данных недоступна: ")
        assert "Traceback" not in result.output

    def test_the_database_was_never_made(self, ivr, monkeypatch, tmp_path):
        monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
        result = ivr("calls", "list")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "База данных недоступна" in result.stderr

    @pytest.mark.parametrize("command", [("demo", "load"), ("worker", "--once")])
    def test_the_database_is_locked(self, ivr, settings, monkeypatch, command):
        monkeypatch.setattr("ivr.store.engine.BUSY_TIMEOUT_S", 0.05)
        with held(settings.database):
            assert ivr(*command).exit_code == 1

    def test_the_file_is_no_database(self, ivr, monkeypatch, tmp_path):
        (tmp_path / "letter.db").write_text("Уважаемые потребители! " * 100)
        monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'letter.db'}")
        result = ivr("calls", "list")
        assert result.exit_code == 1
        assert "База данных недоступна" in result.stderr

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("IVR_CLOCK", "2026-11-20T10:00:00"),
            ("IVR_CLOCK", "вчера"),
            ("IVR_PUBLIC_URL", "nowhere"),
            ("IVR_THREADS", "0"),
            ("IVR_SPEECH", "telepathy"),
            ("IVR_PROMPTS", "sung"),
            ("IVR_WINDOW_FIRST_DAY", "32"),
        ],
    )
    def test_a_wrong_setting_is_named(self, ivr, monkeypatch, name, value):
        monkeypatch.setenv(name, value)
        result = ivr("calls", "list")
        assert result.exit_code == 2
        assert name in result.stderr
        assert value in result.stderr
        assert result.stdout == ""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("call", "--nope"),
            ("nope",),
            ("calls", "show"),
            ("calls", "list", "--limit", "0"),
            ("readings", "nope"),
        ],
        ids=" ".join,
    )
    def test_a_wrong_use(self, ivr, arguments):
        result = ivr(*arguments)
        assert result.exit_code == 2
        assert re.search("[а-яё]{3,}", result.stderr)

    def test_a_call_to_nobody(self, ivr):
        result = ivr("call", "--url", "http://127.0.0.1:9")
        assert result.exit_code == 1
        assert "Traceback" not in result.output

    @pytest.mark.parametrize("text", [None, "talk: 5", "talk: [\n"], ids=["none", "no list", "no yaml"])
    def test_a_conversation_that_cannot_be_read(self, ivr, tmp_path, text):
        file = tmp_path / "talk.yaml"
        if text is not None:
            file.write_text(text)
        assert ivr("call", "--script", str(file)).exit_code == 2


def test_sqlite_alone_needs_no_settings(monkeypatch, tmp_path, ivr):
    """`ivr db upgrade && ivr demo load` in an empty folder."""
    for name in ("IVR_HOME", "IVR_DATABASE_URL", "IVR_CLOCK", "IVR_TWILIO_AUTH_TOKENS"):
        monkeypatch.delenv(name)
    assert ivr("db", "upgrade").exit_code == 0
    assert ivr("demo", "load").exit_code == 0
    with sqlite3.connect(tmp_path / "var" / "line.db") as db:
        assert db.execute("select count(*) from accounts").fetchone() == (len(demo.ACCOUNTS),)
    db.close()
