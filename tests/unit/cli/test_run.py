"""`ivr run` as a person runs it: processes, a call from another window, and the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest
import requests

from tests.support.server import ROOT, environment

STARTS_S = 30
TALK = """
from: "+79161234501"
talk:
- caller: "передать показания"
- phone: "Назовите показания счётчика"
- caller: "двенадцать тысяч четыреста пятьдесят"
- phone: "Верно?"
- caller: "да"
- phone: "Показания приняты"
"""


@dataclass
class Running:
    """`ivr run --demo`, and other commands beside it."""

    process: subprocess.Popen[str]
    url: str
    environ: dict[str, str]

    def ivr(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ivr.cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=60)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def running(settings, tmp_path) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    environ = environment(settings, IVR_BIND=bind, IVR_DATABASE_URL=f"sqlite:///{tmp_path / 'run.db'}")
    process = subprocess.Popen(
        [sys.executable, "-m", "ivr.cli", "run", "--demo"],
        cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    started = Running(process, f"http://{bind}", environ)
    children: list[psutil.Process] = []
    try:
        _until_healthy(started)
        children = started.children()
        yield started
    finally:
        if (
            process.poll() is None
        ):  # whatever failed: a child that is left holds the pipe, and `communicate` waits for it
            children += started.children()
        for left in (child for child in children if child.is_running()):
            left.kill()
        process.kill()
        process.communicate()


def _until_healthy(started: Running) -> None:
    deadline = time.monotonic() + STARTS_S
    while time.monotonic() < deadline and started.process.poll() is None:
        try:
            if requests.get(f"{started.url}/healthz", timeout=5).ok:
                return
        except (requests.ConnectionError, requests.Timeout):  # gunicorn listens before its worker is there
            time.sleep(0.05)
    raise AssertionError("the line did not start")


only_once = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@only_once
def test_a_call_from_another_window_and_the_end(running, tmp_path):
    (tmp_path / "talk.yaml").write_text(TALK)
    played = running.ivr("call", "--script", str(tmp_path / "talk.yaml"))
    assert (played.returncode, played.stderr) == (0, "")
    assert "Вы сказали: двенадцать тысяч четыреста пятьдесят. Верно?" in played.stdout
    row = json.loads(running.ivr("readings", "list", "--json").stdout)
    assert (row["account"], row["value"], row["state"]) == ("5012345601", 12450, "accepted")

    (tmp_path / "other.yaml").write_text(TALK.replace("Назовите показания", "Назовите фамилию"))
    differs = running.ivr("call", "--script", str(tmp_path / "other.yaml"))
    assert differs.returncode == 1
    assert "Назовите фамилию" in differs.stdout

    children = running.children()
    assert len(children) >= 3  # gunicorn, its worker, ours
    running.process.send_signal(signal.SIGTERM)
    told, _ = running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    assert "«Светлая линия» слушает" in told
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


@only_once
def test_when_the_server_dies_all_ends(running):
    children = running.children()
    server = next(child for child in children if "gunicorn" in " ".join(child.cmdline()))
    os.kill(server.pid, signal.SIGTERM)
    running.process.communicate(timeout=30)
    assert running.process.returncode == 1
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
