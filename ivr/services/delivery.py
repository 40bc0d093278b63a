"""Sending the outbox: each kind by its own sender, again and again until it is taken or can never be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import structlog

from ivr.store import outbox
from ivr.store.clock import Clock
from ivr.store.engine import Store

_log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
"""So long what was claimed is not claimed again; a sender's `at_once` must fit into it at its slowest."""
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 3600


class NotSent(Exception):
    """It was not sent, or nobody knows; `final`: it never will be."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


@dataclass(frozen=True)
class Parcel:
    """One row of the outbox at work. `again`: an earlier try may have got through, its answer did not."""

    key: str
    payload: str
    again: bool


class Sender(Protocol):
    """How one kind of row leaves this machine."""

    @property
    def attempts(self) -> int:
        """After so many a row is kept as failed, for a person to see."""

    @property
    def at_once(self) -> int:
        """So many rows are claimed in a round."""

    def send(self, parcel: Parcel) -> None:
        """Raises NotSent."""


class Delivery:
    """What must leave this machine, sent after the transaction that wrote it."""

    def __init__(self, store: Store, clock: Clock, senders: Mapping[str, Sender]) -> None:
        """`senders`: by kind of row; rows of another kind are left alone."""
        self._store = store
        self._clock = clock
        self._senders = senders

    def send_due(self) -> int:
        """Send what is due; returns how many were taken. Raises Unavailable."""
        return sum(self._send_kind(kind, sender) for kind, sender in self._senders.items())

    def _send_kind(self, kind: str, sender: Sender) -> int:
        with self._store.write() as db:
            rows = outbox.claim(db, kind, self._clock.now(), LEASE, sender.at_once)
        return sum(self._send(row, sender) for row in rows)

    def _send(self, row: Any, sender: Sender) -> bool:
        failure = _try(row, sender)
        now = self._clock.now()
        attempts = row.attempts + 1
        with self._store.write() as db:
            if failure is None:
                outbox.sent(db, row.id, now)
            elif failure.final or attempts >= sender.attempts:
                _log.error("notice_failed", kind=row.kind, key=row.key, error=str(failure), attempts=attempts)
                outbox.give_up(db, row.id, now, str(failure))
            else:
                wait = min(FIRST_WAIT_S * 2 ** (attempts - 1), LONGEST_WAIT_S)
                outbox.later(db, row.id, now + timedelta(seconds=wait), str(failure))
        return failure is None


def _try(row: Any, sender: Sender) -> NotSent | None:
    """What went wrong. One row that a sender cannot even read holds up no other."""
    try:
        sender.send(Parcel(row.key, row.payload, again=row.attempts > 0))
    except NotSent as failure:
        return failure
    except Exception as error:
        return NotSent(f"{type(error).__name__}: {error}")
    return None
