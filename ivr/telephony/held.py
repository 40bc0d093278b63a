"""An answer that could not be written rides in a URL, sealed, until the database is back."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from ivr.dialogue.steps import Heard

PATIENCE_S = 30
"""So long the same turn is tried again."""


@dataclass(frozen=True)
class Held:
    """What was heard, and when it was first tried to be written (seconds since the epoch)."""

    since: float
    heard: Heard = field(default_factory=Heard)
    transfer_ended: str = ""
    note: dict[str, object] = field(default_factory=dict)
    urgent: bool = False
    """The transfer that ended was an urgent one, with somebody on duty."""


class Sealer:
    """Seals with the first of the tokens, opens with any: signed and encrypted (Fernet)."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(_key(token)) for token in tokens])

    def seal(self, held: Held) -> str:
        """Safe in a URL."""
        return self._fernet.encrypt(msgspec.json.encode(held)).decode()

    def open(self, sealed: str) -> Held | None:
        """What was sealed here, or None for anything else."""
        try:
            return msgspec.json.decode(self._fernet.decrypt(sealed.encode()), type=Held)
        except (InvalidToken, msgspec.MsgspecError):
            return None


def _key(token: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"ivr held answer:" + token.encode()).digest())
