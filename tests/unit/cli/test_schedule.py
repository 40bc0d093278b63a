"""`ivr schedule check`."""

import re
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples/schedule.yaml"


def test_what_is_and_what_comes(ivr):
    result = ivr("schedule", "check", str(EXAMPLE))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"Сейчас 20\.11\.2026 10:\d\d: операторы работают\.", lines[0])  # the clock runs on
    assert lines[2:5] == [
        "  пт 20.11.2026  08:00-20:00",
        "  сб 21.11.2026  09:00-18:00",
        "  вс 22.11.2026  выходной",
    ]
    assert lines[9].startswith("Сейчас звучит: В Опалихе нет света")
    assert lines[10].startswith("  звучит, с 20.11.2026 09:30 до 20.11.2026 18:00: В Опалихе")
    assert len(lines) == 11


def test_a_holiday_and_messages_that_are_not_said_now(ivr, settings):
    settings.schedule_file.write_text(
        'operators: {mon-sun: "11:00-20:00"}\nholidays: {"2026-11-21": closed}\n'
        'emergency: [{text: Потом, from: "2026-12-01 00:00"}, {text: Было, until: "2026-11-20 10:00"}]',
        "utf-8",
    )
    told = ivr("schedule", "check").stdout
    assert "операторов нет, начнут 20.11.2026 11:00" in told
    assert "сб 21.11.2026  выходной     особый день" in told
    assert "Сообщения сейчас нет." in told
    assert "ждёт, с 01.12.2026 00:00 до снятия: Потом" in told
    assert "закончилось, до 20.11.2026 10:00: Было" in told


def test_no_file(ivr, settings):
    result = ivr("schedule", "check")
    assert result.exit_code == 0
    assert f"Файла {settings.schedule_file} нет: операторы круглосуточно" in result.stdout
    assert ivr("schedule", "check", "absent.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("holidays: {2027-02-30: closed}", "строка 1: «2027-02-30»: такой даты или числа нет"),
        ("emergency:\n- {text: Света нет, until: 2026-11-31}", "строка 2: «2026-11-31»: такой даты"),
        (
            r'emergency: [{text: "Света\u0000 нет"}]',
            "emergency, сообщение 1: в тексте непечатный знак U+0000",
        ),
        (r'emergency: [{text: "Света\u0007 нет"}]', "непечатный знак U+0007"),
        ("operators: {mon: \a}", "непечатный знак U+0007"),
        ("operators: {mon: closed\nholidays: x", "ошибка в строке 2, столбце 9: это не YAML"),
    ],
)
def test_what_yaml_stumbles_over_is_told_in_russian(ivr, settings, content, told):
    settings.schedule_file.write_text(content, "utf-8")
    result = ivr("schedule", "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", result.stderr)


def test_a_folder(ivr, settings, tmp_path):
    named = ivr("schedule", "check", str(tmp_path))
    assert (named.exit_code, "это папка" in named.stderr) == (2, True)
    settings.schedule_file.mkdir()
    result = ivr("schedule", "check")
    assert (result.exit_code, "это папка, а нужен файл" in result.stderr) == (1, True)


def test_a_wrong_file_is_1(ivr, settings):
    settings.schedule_file.write_text("operators: {mon: closed}", "utf-8")
    result = ivr("schedule", "check")
    assert result.exit_code == 1
    assert "Расписание не читается" in result.stderr
    assert "operators: не названы дни: tue" in result.stderr
    assert result.stdout == ""
