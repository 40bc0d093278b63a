"""How the telephone number is set up at the carrier: its URLs, and what the double adds of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.simulator.delivery import Delivery
from ivr.simulator.queues import Queues

ACCOUNT_SID = "AC" + "5" * 32
MOST_VERBS = 100
ANONYMOUS = "anonymous"
"""`From` of a caller who hides the number."""


def no_sleep(seconds: float) -> None:
    """A pause in virtual time takes none."""


@dataclass(frozen=True)
class PhoneNumber:
    """All URLs are absolute and public. `sleep` gets the seconds of each `<Pause>` outside a queue."""

    voice_url: str
    fallback_url: str | None
    status_url: str | None
    account_sid: str
    delivery: Delivery
    queues: Queues
    sleep: Callable[[float], None]
    most_verbs: int
