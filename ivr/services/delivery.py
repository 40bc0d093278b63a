"""Sending the outbox: each notice as a POST with an idempotency key, again and again until it is taken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import requests
import structlog

from ivr.store import outbox
from ivr.store.clock import Clock
from ivr.store.engine import Store

_log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
"""So long a claimed notice is not claimed again: a round can take 15 × (3 s to connect + 3 s to read)."""
TIMEOUT_S = 3
AT_ONCE = 15
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 3600
TRY_AGAIN = frozenset({408, 425, 429})

Post = Callable[..., requests.Response]


class Delivery:
    """What must leave this machine, sent after the transaction that wrote it."""

    def __init__(
        self, store: Store, clock: Clock, url: str, attempts: int, post: Post = requests.post
    ) -> None:
        """`attempts`: after so many a notice is kept as failed, for a person to see."""
        self._store = store
        self._clock = clock
        self._url = url
        self._attempts = attempts
        self._post = post

    def send_due(self) -> int:
        """Send what is due; returns how many were taken. Raises Unavailable."""
        with self._store.write() as db:
            rows = outbox.claim(db, self._clock.now(), LEASE, AT_ONCE)
        return sum(self._send(row) for row in rows)

    def _send(self, row: Any) -> bool:
        error, final = self._try(row)
        now = self._clock.now()
        attempts = row.attempts + 1
        with self._store.write() as db:
            if not error:
                outbox.sent(db, row.id, now)
            elif final or attempts >= self._attempts:
                _log.error("notice_failed", key=row.key, error=error, attempts=attempts)
                outbox.give_up(db, row.id, now, error)
            else:
                wait = min(FIRST_WAIT_S * 2 ** (attempts - 1), LONGEST_WAIT_S)
                outbox.later(db, row.id, now + timedelta(seconds=wait), error)
        return not error

    def _try(self, row: Any) -> tuple[str, bool]:
        """What went wrong ("" for nothing), and whether trying again is of no use."""
        if not self._url:
            return "IVR_NOTIFY_URL is not set", False
        headers = {"Content-Type": "application/json", "Idempotency-Key": row.key}
        try:
            answer = self._post(self._url, data=row.payload.encode(), headers=headers, timeout=TIMEOUT_S,
                                allow_redirects=False)  # fmt: skip
        except requests.RequestException as error:
            return f"{type(error).__name__}: {error}", False
        if 200 <= answer.status_code < 300:
            return "", False
        final = 400 <= answer.status_code < 500 and answer.status_code not in TRY_AGAIN
        return f"HTTP {answer.status_code}", final
