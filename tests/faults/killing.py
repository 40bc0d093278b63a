"""`gunicorn tests.faults.killing:app`: the line, which kills itself where a test asked for it."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app import app as line

ARMED = "kill"
"""The file in `IVR_HOME` that says where the next webhook is to die: before_commit or after_commit."""

_home = Path(line.extensions["line"].settings.home)
_engine = line.extensions["line"].store.engine


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The line's own application, with death at the chosen point."""
    where = _disarm()
    if where == "before_commit":
        event.listen(_engine, "commit", _die)
    answer = line(environ, start_response)
    if where == "after_commit":
        _die()
    return answer


def _disarm() -> str:
    file = _home / ARMED
    if not file.exists():
        return ""
    where = file.read_text()
    file.unlink()
    return where


def _die(*_: object) -> None:
    os.killpg(os.getpgid(0), signal.SIGKILL)
