"""An import killed, out of room, or with one bad line among very many: all or nothing."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine, event, select

from ivr.store.engine import Unavailable
from ivr.store.tables import Accounts, Meters, Phones, Readings, Registers
from tests.support.files import accounts_file, load_accounts, problems, row
from tests.support.server import ROOT, environment

LINES = 100_000
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def everything(store):
    with store.read() as db:
        return [db.execute(select(table.__table__).order_by(*table.__table__.primary_key)).all()
                for table in (Accounts, Phones, Meters, Registers, Readings)]  # fmt: skip


def many(count):
    return [row(account=f"50{n:08}", meter=str(n)) for n in range(count)]


@pytest.mark.parametrize("where", ["INSERT INTO registers", "commit"])
def test_killed_while_it_writes(store, settings, tmp_path, where):
    changed = row(account="5012345601", meter="10020001", holder="Другой", last="", on="")
    file = accounts_file(tmp_path, changed, *many(500))
    before = everything(store)
    command = [sys.executable, "-m", "tests.faults.import_killed", where, "import", "accounts", str(file)]
    killed = subprocess.run(command, cwd=ROOT, env=environment(settings), capture_output=True, timeout=60)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"")
    assert everything(store) == before
    assert load_accounts(store, file).tallies["accounts"].added == 500  # nobody holds a lock any more
    assert len(everything(store)[0]) == len(before[0]) + 500


@only_sqlite
def test_a_full_disk(store, tmp_path):
    before = everything(store)
    limits = ["pragma max_page_count = 1"]

    @event.listens_for(Engine, "begin")
    def limit(connection):
        connection.exec_driver_sql(limits[0])

    try:
        with pytest.raises(Unavailable, match="full"):
            load_accounts(store, accounts_file(tmp_path, *many(3000)))
        limits[0] = "pragma max_page_count = 1000000"
        assert everything(store) == before
        assert load_accounts(store, accounts_file(tmp_path, *many(3000))).tallies["accounts"].added == 3000
    finally:
        event.remove(Engine, "begin", limit)


@only_sqlite
def test_one_bad_line_among_many(store, tmp_path):
    lines = many(LINES)
    lines[77_775] = row(account="5000077775", meter="77775", phones="+7916")
    before = everything(store)
    (told,) = problems(load_accounts(store, accounts_file(tmp_path, *lines)))
    assert told.startswith("строка 77777, столбец «Телефоны»: «+7916» — не российский номер")
    assert everything(store) == before
