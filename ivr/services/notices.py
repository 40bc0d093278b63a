"""Notices of requests and hand-overs: each as a POST with an idempotency key."""

from collections.abc import Callable
from dataclasses import dataclass

import requests

from ivr.services.delivery import NotSent, Parcel

TIMEOUT_S = 3
AT_ONCE = 15
"""A round can take 15 × (3 s to connect + 3 s to read)."""
TRY_AGAIN = frozenset({408, 425, 429})

Post = Callable[..., requests.Response]


@dataclass(frozen=True)
class Notices:
    """The sender of kind `notify`."""

    url: str
    attempts: int
    post: Post = requests.post
    at_once: int = AT_ONCE

    def send(self, parcel: Parcel) -> None:
        """Raises NotSent; the same key goes with each try."""
        if not self.url:
            raise NotSent("IVR_NOTIFY_URL is not set")
        headers = {"Content-Type": "application/json", "Idempotency-Key": parcel.key}
        try:
            answer = self.post(self.url, data=parcel.payload.encode(), headers=headers, timeout=TIMEOUT_S,
                               allow_redirects=False)  # fmt: skip
        except requests.RequestException as error:
            raise NotSent(f"{type(error).__name__}: {error}") from error
        if not 200 <= answer.status_code < 300:
            final = 400 <= answer.status_code < 500 and answer.status_code not in TRY_AGAIN
            raise NotSent(f"HTTP {answer.status_code}", final=final)
