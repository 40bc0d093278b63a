"""`ivr export`: what Excel gets."""

import csv
import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from ivr.cli.exports import READINGS, REQUESTS
from ivr.store import accounts
from ivr.store.tables import Meters, Requests
from tests.support.caller import Caller

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HEADINGS = {
    "readings": "Квитанция;Лицевой счёт;Счётчик;Зона;Показание, кВт·ч;Состояние;Вне срока;Переход через ноль;"
    "Заменено поздним;Принято;Звонок",
    "requests": "Номер;Вид;Состояние;Срочно;Лицевой счёт;Счётчик;Телефон;Остаток, руб.;Деньги кончатся;"
    "Не всё известно;Адрес;С какого времени;Слова;Принята;Изменена;Звонок",
}


def table(content: bytes, encoding="utf-8-sig"):
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))


@pytest.fixture
def a_request(line):
    """A request with all that one may hold, some of it hostile."""
    with line.store.write() as db:
        (account,) = accounts.by_number(db, "5012345604")
        meter = db.execute(select(Meters.id).where(Meters.account_id == account.id)).scalar_one()
        values = {
            "kind": "reprogramming", "state": "in_work", "urgent": True, "account_id": account.id, "meter_id": meter,
            "phone": "+79161234504", "balance": -1250, "runs_out_at": datetime(2026, 11, 21, 9, tzinfo=UTC),
            "incomplete": True, "address": "=HYPERLINK(\"http://evil\")", "since": "-2+3 часа",
            "words": "@деньги; \"кончились\" 💡 ≠\n+7 да", "created_at": datetime(2026, 11, 19, 21, 30, tzinfo=UTC),
            "updated_at": datetime(2026, 11, 20, 7, tzinfo=UTC),
        }  # fmt: skip
        return db.execute(insert(Requests).values(values).returning(Requests.id)).scalar_one()


def test_readings(ivr, line):
    caller = Caller(line.calls)
    caller.talk("передать показания", "#12450", "да")
    result = ivr("export", "readings")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf" + HEADINGS["readings"].encode() + b"\r\n")
    (found,) = table(result.stdout_bytes)
    assert found.pop("Квитанция").startswith("7")
    assert found.pop("Принято").startswith("20.11.2026 10:0")
    assert list(found.values()) == [
        "5012345601", "10020001", "Т", "12450", "принято", "нет", "нет", "нет", caller.sid,
    ]  # fmt: skip


def test_requests(ivr, a_request):
    result = ivr("export", "requests", "--state", "in_work")
    assert result.stdout_bytes.decode("utf-8-sig").partition("\r\n")[0] == HEADINGS["requests"]
    (found,) = [row for row in table(result.stdout_bytes) if row["Лицевой счёт"] == "5012345604"]
    number = found.pop("Номер")
    assert (number[0], len(number)) == ("1", 6)
    assert found == {
        "Вид": "перепрограммирование", "Состояние": "в работе", "Срочно": "да", "Лицевой счёт": "5012345604",
        "Счётчик": "10020004", "Телефон": "+79161234504", "Остаток, руб.": "-12,50",
        "Деньги кончатся": "21.11.2026 12:00:00", "Не всё известно": "да", "Адрес": "'=HYPERLINK(\"http://evil\")",
        "С какого времени": "'-2+3 часа", "Слова": "'@деньги; \"кончились\" 💡 ≠\n+7 да",
        "Принята": "20.11.2026 00:30:00", "Изменена": "20.11.2026 10:00:00", "Звонок": "",
    }  # fmt: skip


@only_sqlite
def test_what_windows_1251_lacks_is_counted(ivr, a_request, tmp_path):
    result = ivr("export", "requests", "--state", "in_work", "--encoding", "cp1251")
    assert result.stderr == "Знаков, которых нет в Windows-1251, заменено на «?»: 2.\n"
    assert table(result.stdout_bytes, "cp1251")[-1]["Слова"] == '\'@деньги; "кончились" ? ?\n+7 да'


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--from", "20.11.2026"), True),
        (("--from", "2026-11-21"), False),
        (("--to", "20.11.2026"), True),
        (("--to", "2026-11-19"), False),  # 21:30 UTC is half past midnight in Moscow
        (("--state", "new"), False),
        (("--state", "new", "--state", "in_work"), True),
    ],
)
@only_sqlite
def test_which_rows(ivr, a_request, options, found):
    content = ivr("export", "requests", *options).stdout_bytes
    assert ("10020004" in content.decode()) is found


@only_sqlite
@pytest.mark.parametrize(
    "options",
    [
        ("--from", "вчера"),
        ("--to", "31.02.2026"),
        ("--from", "0001-01-01"),
        ("--state", "odd"),
        ("--encoding", "koi8-r"),
    ],
)
def test_asked_wrongly(ivr, options):
    result = ivr("export", "readings", *options)
    assert result.exit_code == 2
    assert "Ошибка: Неверное значение" in result.stderr


@only_sqlite
class TestToAFile:
    def test_it_is_there_when_it_is_whole(self, ivr, a_request, tmp_path):
        (tmp_path / "out.csv").write_text("старое")
        result = ivr("export", "requests", "--output", str(tmp_path / "out.csv"))
        assert (result.exit_code, result.stdout) == (0, "")
        assert (
            result.stderr
            == f"Строк: {len(table((tmp_path / 'out.csv').read_bytes()))}. Файл: {tmp_path / 'out.csv'}.\n"
        )
        assert [path.name for path in tmp_path.glob("*out.csv*")] == ["out.csv"]

    def test_a_database_that_fails_leaves_the_old_one(self, ivr, monkeypatch, tmp_path):
        (tmp_path / "out.csv").write_text("старое")
        monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
        assert ivr("export", "requests", "--output", str(tmp_path / "out.csv")).exit_code == 1
        assert (tmp_path / "out.csv").read_text() == "старое"
        assert list(tmp_path.glob(".out*")) == []

    @pytest.mark.parametrize("path", ["", "none/out.csv"])
    def test_a_place_that_is_none(self, ivr, tmp_path, path):
        result = ivr("export", "requests", "--output", str(tmp_path / path))
        assert result.exit_code == 1
        assert result.stderr.startswith("Файл не записан: ")


def test_every_column_has_its_own_heading():
    for columns, headings in ((READINGS, HEADINGS["readings"]), (REQUESTS, HEADINGS["requests"])):
        assert ";".join(column.name for column in columns) == headings


@only_sqlite
def test_days_the_wrong_way_round(ivr):
    result = ivr("export", "readings", "--from", "26.11.2026", "--to", "2026-11-15")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--to 15.11.2026 раньше, чем --from 26.11.2026" in result.stderr
    assert ivr("export", "readings", "--from", "26.11.2026", "--to", "26.11.2026").exit_code == 0


@only_sqlite
def test_why_a_file_cannot_be_written(ivr, tmp_path):
    result = ivr("export", "readings", "--output", str(tmp_path / "no" / "file.csv"))
    assert result.exit_code == 1
    assert "такого файла или папки нет." in result.stderr
