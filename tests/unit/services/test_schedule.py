"""The schedule's file: what is refused and how it is told; read again while the line runs."""

import os
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from ivr.domain.calls import MOSCOW, CallFacts
from ivr.domain.schedule import ALWAYS, Hours, Message, Schedule
from ivr.flows.line import FLOWS
from ivr.services.replaying import replay
from ivr.services.schedule import BadSchedule, ScheduleFile, read
from tests.support.caller import Caller
from tests.support.rows import calls_of

ROOT = Path(__file__).parents[3]
WEEK = 'operators: {mon-sun: "08:00-20:00"}\n'
NIGHT = 'operators: {mon-sun: "20:00-08:00"}\n'


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "schedule.yaml"


def put(file, text):
    """Each text at a time of its own, as an editor's second save has it."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, "utf-8")
    os.utime(file, ns=(before + 10**9, before + 10**9))


def test_all_that_can_be_said(file):
    file.write_text(
        """
operators: {mon-fri: "08:00-20:00", sat: 9:00 – 18:00, sun: closed}
holidays: {"2027-01-01": closed, "2027-01-08": "00:00-24:00"}
emergency:
- text: >
    Авария
    в Опалихе.
  from: "2026-11-20 10:00"
  until: "2026-11-20 24:00"
- text: Ещё одно.
  from: 2026-11-20 10:00
  until:
""",
        "utf-8",
    )
    assert read(file) == Schedule(
        (*[Hours(480, 1200)] * 5, Hours(540, 1080), None),
        {date(2027, 1, 1): None, date(2027, 1, 8): ALWAYS},
        (
            Message(
                "Авария в Опалихе.",
                datetime(2026, 11, 20, 10, tzinfo=MOSCOW),
                datetime(2026, 11, 21, tzinfo=MOSCOW),
            ),
            Message("Ещё одно.", datetime(2026, 11, 20, 10, tzinfo=MOSCOW)),
        ),
    )


def test_a_message_alone_leaves_the_hours_as_they_are(file):
    file.write_text('emergency: [{text: "Авария."}]\nholidays:\n', "utf-8")
    assert read(file) == Schedule(emergency=(Message("Авария."),))


def test_the_example_is_in_order():
    assert read(ROOT / "examples/schedule.yaml").hours_on(date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "нет ни одного поля, бывают operators, holidays, emergency"),
        ("- closed", "нет ни одного поля"),
        ("operators: {mon-fri: ", "ошибка в строке 2, столбце 1: это не YAML"),
        ('operators: "08:00-20:00"', "operators: нужны поля со значениями, а здесь «08:00-20:00»"),
        ("hours: {}", "файл: неизвестное поле «hours», бывают: emergency, holidays, operators"),
        ('operators: {mon-sat: "08:00-20:00"}', "operators: не названы дни: sun; добавьте"),
        (WEEK + "operators: {}", "строка 2: «operators» стоит дважды"),
        ("operators: {mon-sun: closed, wed: closed}", "operators: день «wed» назван дважды"),
        ("operators: {пн: closed}", "operators: «пн» не день; бывают mon, tue"),
        ("operators: {fri-mon: closed}", "operators: «fri-mon» не день"),
        ("operators: {mon-: closed}", "operators: «mon-» не день"),
        ("operators: {mon-sun: 20:00}", 'operators, mon-sun: «1200»: нужно "08:00-20:00" в кавычках'),
        ('operators: {mon-sun: "8-20"}', "operators, mon-sun: «8-20»: нужно"),
        ('operators: {mon-sun: "08:00-24:01"}', "operators, mon-sun: «08:00-24:01»: времени 24:01 нет"),
        ('operators: {mon-sun: "08:60-20:00"}', "времени 08:60 нет"),
        ('operators: {mon-sun: "24:00-08:00"}', "operators, mon-sun: «24:00-08:00»: часы бывают"),
        ('operators: {mon-sun: "08:00-08:00"}', "круглые сутки — 00:00-24:00"),
        ("holidays:\n  2027-01-01: closed", 'строка 2: «2027-01-01» возьмите в кавычки: "2027-01-01"'),
        ('holidays: {"2027-02-30": closed}', "holidays: «2027-02-30»: такой даты нет"),
        ('holidays: {"20270101": closed}', "holidays: «20270101»: такой даты нет"),
        ('holidays: {"2027-01-01": no}', "holidays, 2027-01-01: «no»: нужно"),
        ('emergency: "Авария"', "emergency: нужен список"),
        ("emergency: [Авария]", "emergency, сообщение 1: нужны поля"),
        ("emergency: [{text: 5}]", "emergency, сообщение 1, text: нужен текст в кавычках, а здесь «5»"),
        ('emergency: [{text: " "}]', "emergency, сообщение 1: текст пуст"),
        ("emergency: [{text: а, to: б}]", "emergency, сообщение 1: неизвестное поле «to»"),
        ('emergency: [{text: а, until: "2026-11-20"}]', "сообщение 1, until: «2026-11-20»: нужно"),
        ('emergency: [{text: а}, {text: а, from: "2026-13-20 10:00"}]', "сообщение 2, from: «2026-13-20»"),
        ('emergency: [{text: а, from: "2026-11-20 10:00", until: "2026-11-20 10:00"}]', "конец не позже"),
        (f"emergency: [{{text: {'а' * 301}}}]", "emergency, сообщение 1: в тексте знаков 301"),
        (f"emergency: [{{text: {'а' * 200}}}, {{text: {'б' * 100}}}]", "занимают знаков 301"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_the_way_out(file, text, told):
    file.write_text(text, "utf-8")
    with pytest.raises(BadSchedule) as error:
        read(file)
    assert str(error.value).startswith(f"{file}: ")
    assert told in str(error.value)


def test_another_encoding_is_told(file):
    file.write_bytes(WEEK.encode() + "# утро".encode("cp1251"))
    with pytest.raises(BadSchedule, match="не в кодировке UTF-8"):
        read(file)


class TestWhileRunning:
    def test_no_file_is_round_the_clock(self, file):
        assert ScheduleFile(file).current() == Schedule()

    def test_a_change_is_seen_and_so_is_its_end(self, file):
        schedule = ScheduleFile(file)
        put(file, WEEK)
        assert schedule.current().hours_on(date(2026, 11, 20)) == Hours(480, 1200)
        put(file, NIGHT)
        assert schedule.current().hours_on(date(2026, 11, 20)) == Hours(1200, 480)
        file.unlink()
        assert schedule.current() == Schedule()

    def test_it_is_read_once_a_change(self, file):
        put(file, WEEK)
        schedule = ScheduleFile(file)
        assert schedule.current() is schedule.current()

    def test_a_broken_one_is_logged_once_a_change_and_the_last_good_one_stays(self, file):
        put(file, WEEK)
        schedule = ScheduleFile(file)
        good = schedule.current()
        with capture_logs() as logs:
            for text in ("operators: [", "operators: 5", "holidays: {2027-02-30: closed}"):
                put(file, text)
                assert [schedule.current(), schedule.current()] == [good, good]
        broken = [log for log in logs if log["event"] == "schedule_broken"]
        assert [str(file) in log["error"] for log in broken] == [True, True, True]
        put(file, NIGHT)
        assert schedule.current() != good

    def test_broken_from_the_start_is_round_the_clock(self, file):
        put(file, "operators: 5")
        with capture_logs() as logs:
            assert ScheduleFile(file).current() == Schedule()
        assert [log["event"] for log in logs] == ["schedule_broken"]

    def test_a_folder_in_its_place_stops_nothing(self, file):
        file.mkdir()
        with capture_logs() as logs:
            assert ScheduleFile(file).current() == Schedule()
        assert [log["event"] for log in logs] == ["schedule_broken"]


class TestInACall:
    def test_each_call_has_what_stood_when_it_began(self, line):
        first = Caller(line.calls)
        first.dial()
        assert first.prompts == ["greeting", "menu"]
        put(line.settings.schedule_file, NIGHT + 'emergency: [{text: "Авария."}]')
        second = Caller(line.calls)
        second.dial()
        assert second.prompts == ["greeting", "emergency", "menu"]
        first.say("оператор")
        assert first.reply.handover is not None
        second.say("оператор")
        assert second.prompts == ["operators_closed_today", "closed_offer"]
        line.settings.schedule_file.unlink()
        with line.store.read() as db:
            assert [replay(line.calls, db, one.sid) for one in (first, second)] == [None, None]

    def test_the_line_goes_on_with_a_broken_file(self, line):
        put(line.settings.schedule_file, "operators: [")
        caller = Caller(line.calls)
        caller.talk("оператор")
        assert caller.reply.handover is not None

    def test_facts_of_calls_before_hours_were_kept_still_decode(self, line):
        Caller(line.calls).dial()
        facts = msgspec.json.decode(calls_of(line.store)[0]["facts"])
        assert facts["operators_open"] is True
        old = {
            name: facts[name]
            for name in facts
            if name not in ("operators_open", "operators_from", "emergency")
        }
        decoded = msgspec.json.decode(msgspec.json.encode(old), type=CallFacts)
        assert (decoded.operators_open, decoded.operators_from, decoded.emergency) == (True, None, "")

    def test_a_failed_script_offers_a_call_back_where_nobody_works(self, line, monkeypatch):
        put(line.settings.schedule_file, NIGHT)
        caller = Caller(line.calls)
        caller.dial()

        async def fails(visit):
            raise RuntimeError("broken")

        monkeypatch.setitem(FLOWS, "contacts", fails)
        caller.say("контакты")
        assert caller.prompts == ["rescue", "operators_closed_today", "closed_offer"]
