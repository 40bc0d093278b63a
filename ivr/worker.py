"""`ivr worker`: sends the outbox and ends calls that nobody hears of any more."""

import signal
import threading
from datetime import timedelta
from types import FrameType

import structlog

from ivr.factory import Line, senders
from ivr.services.delivery import Delivery
from ivr.store import calls
from ivr.store.engine import Unavailable

_log = structlog.get_logger(__name__)

ROUND_S = 1.0
SWEEP_ROUNDS = 30
AT_ONCE = 100
LONGEST_TALK = timedelta(hours=6)
"""A call that waits for an operator or talks with one has no turns of ours for so long at most."""


class Worker:
    """One worker; several share the work, each takes what no other has taken."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._delivery = Delivery(line.store, line.clock, senders(line.settings))
        self._stop = threading.Event()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; a database that is away is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stopped)
        rounds = 0
        while not self._stop.is_set():
            try:
                self._delivery.send_due()
                if rounds % SWEEP_ROUNDS == 0:
                    self.sweep()
            except Unavailable as error:
                _log.warning("database_away", error=str(error))
            except Exception:
                _log.exception("round_failed")
            rounds += 1
            self._stop.wait(ROUND_S)

    def once(self) -> None:
        """One round of everything. Raises Unavailable."""
        self._delivery.send_due()
        self.sweep()

    def sweep(self) -> int:
        """End lost calls, with what was to be written when their callers go; returns how many. Raises Unavailable."""
        now = self._line.clock.now()
        idle = timedelta(minutes=self._line.settings.idle_minutes)
        lost = calls.Lost(now - idle, now - LONGEST_TALK)
        with self._line.store.read() as db:
            sids = calls.idle_calls(db, lost, AT_ONCE)
        for sid in sids:
            try:
                if self._line.calls.sweep(sid, lost):
                    _log.info("call_lost", call_sid=sid)
            except Unavailable:
                raise
            except Exception:
                _log.exception("sweep_failed", call_sid=sid)
        return len(sids)

    def _stopped(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()
