"""The real server: gunicorn in processes of its own, which a test kills; its keeper starts it again."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import requests

from ivr.settings import Settings

ROOT = Path(__file__).parents[2]
MOST_STARTS = 30
PATIENCE_S = 30


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The settings of a test as a process gets them."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("IVR_")},
        "IVR_HOME": str(settings.home),
        "IVR_DATABASE_URL": settings.database_url,
        "IVR_TWILIO_AUTH_TOKENS": settings.twilio_auth_tokens,
        "IVR_CLOCK": settings.clock.isoformat(),
        "IVR_LOG_LEVEL": "ERROR",
        **more,
    }


class Server:
    """The line under gunicorn, as systemd keeps it: the socket stays open while the server is dead, so that
    what comes meanwhile waits for the next one."""

    def __init__(self, settings: Settings, app: str = "app:app") -> None:
        self._settings = settings
        self._app = app
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.starts = 0
        self._stopping = False

    def __enter__(self) -> "Server":
        self._start()
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()
        self.health()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping = True
        self.kill()
        self._keeper.join()
        self._log.close()
        self._socket.close()

    def health(self) -> requests.Response:
        return requests.get(f"{self.origin}/healthz", timeout=PATIENCE_S)

    def kill(self) -> None:
        """The master and its worker at once, as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def _start(self) -> None:
        assert self.starts < MOST_STARTS, "the server does not stay up"
        self.starts += 1
        number = self._socket.fileno()
        self._log = (self._settings.home / "gunicorn.log").open("a")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", self._app],
            cwd=ROOT,
            env=environment(self._settings, IVR_PUBLIC_URL=self.origin, IVR_BIND=f"fd://{number}"),
            pass_fds=(number,),
            start_new_session=True,
            stdout=self._log,
            stderr=self._log,
        )

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._stopping:
                return
            self._log.close()
            self._start()
