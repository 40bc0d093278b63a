"""What every connection has, what a transaction keeps, and what counts as away."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from ivr.services import demo
from ivr.store.engine import Store, Unavailable
from ivr.store.tables import Accounts, Outages, Phones
from tests.support.at_once import at_once
from tests.support.locks import held

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NOBODYS_PHONE = insert(Phones).values(phone="+79160000000", account_id=10**6)
MOMENT = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=3)))


@only_sqlite
def test_what_each_sqlite_connection_has(line):
    def pragmas() -> tuple[object, ...]:
        with line.store.read() as db:
            return tuple(
                db.exec_driver_sql(f"pragma {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            )

    full, on = 2, 1
    assert set(at_once(*[pragmas] * 4)) == {("wal", full, on, 5000)}


def test_foreign_keys_hold(line):
    with pytest.raises(IntegrityError), line.store.write() as db:
        db.execute(NOBODYS_PHONE)


def test_who_goes_takes_what_is_theirs(line):
    with line.store.write() as db:
        db.execute(text("delete from requests"))
        db.execute(delete(Accounts))
    with line.store.read() as db:
        assert db.execute(select(Phones.phone)).all() == []


def _write_and_fail(db):
    db.execute(delete(Phones))
    db.execute(NOBODYS_PHONE)


def test_a_transaction_that_fails_leaves_nothing(line):
    with pytest.raises(IntegrityError), line.store.write() as db:
        _write_and_fail(db)
    with line.store.read() as db:
        assert len(db.execute(select(Phones.phone)).all()) == sum(
            one.phone is not None for one in demo.ACCOUNTS
        )


@only_sqlite
def test_readers_do_not_wait_for_a_writer(line, settings):
    with held(settings.database), line.store.read() as db:
        assert db.execute(select(Accounts.number)).first()


@only_sqlite
def test_locked_for_too_long_is_away(settings, monkeypatch):
    monkeypatch.setattr("ivr.store.engine.BUSY_TIMEOUT_S", 0.05)
    store = Store(settings.database)
    with held(settings.database), pytest.raises(Unavailable, match="locked"), store.write():
        pass
    store.close()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:9/none"])
def test_a_database_that_is_not_there_is_away(url):
    store = Store(url)
    with pytest.raises(Unavailable), store.read():
        pass
    store.close()


def test_a_naive_time_is_refused(line):
    naive = {"address": "", "starts_at": datetime(2026, 11, 20), "ends_at": MOMENT}
    with pytest.raises(StatementError, match="without a zone"), line.store.write() as db:
        db.execute(insert(Outages).values(naive))


def test_a_time_comes_back_as_it_was_in_utc(line):
    with line.store.write() as db:
        db.execute(delete(Outages))
        db.execute(insert(Outages).values(address="", starts_at=MOMENT, ends_at=MOMENT.astimezone(UTC)))
        starts, ends = db.execute(select(Outages.starts_at, Outages.ends_at)).one()
        found = db.execute(select(Outages.id).where(Outages.starts_at == MOMENT)).all()
    assert starts == ends == MOMENT
    assert starts.tzinfo is ends.tzinfo is UTC
    assert len(found) == 1
