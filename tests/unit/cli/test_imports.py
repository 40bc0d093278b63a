"""`ivr import`: what a person is told, and the exit codes."""

import re

import pytest
from sqlalchemy import select

from ivr.services.importing.loading import load
from ivr.store.importing.lock import only_import
from ivr.store.tables import Accounts
from tests.support.files import accounts_file, row, written
from tests.support.locks import held
from tests.support.server import ROOT

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def numbers(store):
    with store.read() as db:
        return set(db.execute(select(Accounts.number)).scalars())


def test_the_examples(ivr):
    file = str(ROOT / "examples" / "accounts.csv")
    told = "Лицевые счета: добавлено 6, изменено 0, без изменений 0.\n"
    checked = ivr("import", "accounts", file, "--dry-run")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.startswith(
        f"Строк: 10. Проверено, ничего не записано.\n{told}Телефоны: добавлено 6, "
    )
    done = ivr("import", "accounts", file)
    assert done.stdout == checked.stdout.replace("Проверено, ничего не записано", "Записано")
    assert (
        "Лицевые счета: добавлено 0, изменено 0, без изменений 6.\n" in ivr("import", "accounts", file).stdout
    )
    outages = ivr("import", "outages", str(ROOT / "examples" / "outages.csv"))
    assert outages.stdout == "Строк: 3. Записано.\nОтключения: добавлено 3, изменено 0, без изменений 0.\n"


@only_sqlite
def test_what_is_wrong_is_told_and_nothing_is_written(ivr, store, tmp_path):
    before = numbers(store)
    lines = [row(account=f"50990{n:05}", phones="12345") for n in range(60)]
    result = ivr("import", "accounts", str(accounts_file(tmp_path, row(), *lines)))
    assert (result.exit_code, result.stdout) == (1, "")
    told = result.stderr.splitlines()
    assert told[0].startswith("строка 3, столбец «Телефоны»: «12345» — не российский номер")
    assert told[-2:] == ["и ещё 10", "Ошибок: 60. Ничего не записано."]
    assert len(told) == 52
    assert numbers(store) == before


@only_sqlite
@pytest.mark.parametrize("command", ["accounts", "outages"])
@pytest.mark.parametrize(
    "content", [None, b"", b"PK\x03\x04", b"a\0", b"a;b\n1;2\n", '"a'.encode("utf-16"), b"\n" * 9]
)
def test_a_file_that_is_none(ivr, tmp_path, command, content):
    path = tmp_path / "data.csv"
    if content is not None:
        path.write_bytes(content)
    result = ivr("import", command, str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.search("[а-я]{4}", result.stderr)


@only_sqlite
def test_a_folder(ivr, tmp_path):
    result = ivr("import", "accounts", str(tmp_path))
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path} — папка, а нужен файл.\n")


def test_a_second_import_is_refused_at_once(ivr, store, tmp_path):
    file = str(accounts_file(tmp_path, row()))
    with store.alone() as db, only_import(db):
        result = ivr("import", "accounts", file)
    assert (result.exit_code, result.stderr) == (1, "Сейчас идёт другая загрузка; дождитесь её конца.\n")
    assert ivr("import", "accounts", file).exit_code == 0


@only_sqlite
def test_a_file_is_checked_while_somebody_writes(ivr, settings, monkeypatch, tmp_path):
    """What takes long needs no lock; what needs it waits for it, and not for ever."""
    monkeypatch.setattr("ivr.store.importing.staging.LOCK_TIMEOUT_S", 0.05)
    monkeypatch.delenv("IVR_CLOCK")
    with held(settings.database):
        assert ivr("import", "accounts", str(accounts_file(tmp_path, row())), "--dry-run").exit_code == 0
        assert "строка 2" in ivr("import", "accounts", str(accounts_file(tmp_path, row(zone="?")))).stderr
        late = ivr("import", "accounts", str(accounts_file(tmp_path, row())))
    assert late.exit_code == 1
    assert "База данных недоступна" in late.stderr
    assert "ещё раз" in late.stderr


@only_sqlite
def test_no_database(ivr, monkeypatch, tmp_path):
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    result = ivr("import", "accounts", str(accounts_file(tmp_path, row())))
    assert result.exit_code == 1
    assert "База данных недоступна" in result.stderr


@only_sqlite
def test_the_account_number_is_as_the_settings_say(ivr, monkeypatch, tmp_path):
    monkeypatch.setenv("IVR_ACCOUNT_DIGITS", "6")
    monkeypatch.setenv("IVR_ACCOUNT_PATTERN", "50.*")
    assert ivr("import", "accounts", str(accounts_file(tmp_path, row(account="501234")))).exit_code == 0
    told = ivr("import", "accounts", str(accounts_file(tmp_path, row(), row(account="601234")))).stderr
    assert "нужно 6 цифр подряд" in told
    assert "IVR_ACCOUNT_PATTERN" in told


@only_sqlite
def test_an_interrupted_import_writes_nothing(ivr, store, monkeypatch, tmp_path):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("ivr.store.importing.writing._write_readings", interrupted)
    before = numbers(store)
    result = ivr("import", "accounts", str(accounts_file(tmp_path, row())))
    assert (result.exit_code, numbers(store)) == (1, before)
    assert "Прервано" in result.stderr


@only_sqlite
def test_a_file_lock_that_cannot_be_made(ivr, settings, tmp_path):
    (tmp_path / "line.db.import").mkdir()
    result = ivr("import", "accounts", str(accounts_file(tmp_path, row())))
    assert (result.exit_code, "Ничего не записано" in result.stderr) == (1, True)


def test_the_bar_knows_every_stage(store, tmp_path):
    from ivr.cli.imports import STAGES
    from ivr.services.importing.outages import Outages
    from tests.support.files import NOW, OUTAGES_HEADING

    told = []
    file = written(tmp_path / "o.csv", OUTAGES_HEADING, "1;ул. Первая;;24.11.2026 09:00;24.11.2026 17:00")
    load(store, file, Outages(NOW), NOW, lambda stage, *_: told.append(stage))
    assert list(dict.fromkeys(told)) == list(STAGES)


@only_sqlite
def test_what_is_good_to_know_stops_nothing(ivr, tmp_path):
    result = ivr("import", "accounts", str(accounts_file(tmp_path, row(on="20.10.2006"))))
    assert (result.exit_code, "Записано." in result.stdout) == (0, True)
    assert (
        result.stderr
        == "К сведению: строка 2, столбец «Дата показания»: «20.10.2006» — больше десяти лет назад\n"
    )
