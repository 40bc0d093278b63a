"""What a command's handler works with: the turn's transaction, and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from ivr.dialogue.steps import Heard
from ivr.domain.calls import MOSCOW, CallFacts
from ivr.language.prompts import Prompts
from ivr.store import calls, outbox
from ivr.store.engine import to_json


@dataclass(frozen=True)
class Context:
    """One turn. `now` is aware, UTC; `heard` is what this turn brought, not in the journal yet."""

    db: Connection
    facts: CallFacts
    now: datetime
    heard: Heard | None = None
    notices: bool = False
    """Whether somebody outside wants to be told (`IVR_NOTIFY_URL`)."""
    texts: Prompts | None = None
    """The sentences of text messages, where receipts go by SMS too (`IVR_SMS_FROM`)."""

    @property
    def sid(self) -> str:
        """The call's SID."""
        return self.facts.sid

    @property
    def taken_at(self) -> datetime:
        """When a reading of this call counts as taken: on the call's day, even if the talk runs past midnight."""
        started = self.facts.started
        same_day = self.now.astimezone(MOSCOW).date() == self.facts.today
        return self.now if same_day else started

    def words(self, most: int) -> tuple[str, ...]:
        """What the caller said or keyed last, oldest first, this turn included."""
        earlier = (
            msgspec.json.decode(line, type=Heard) for line in calls.heard_last(self.db, self.sid, most)
        )
        heard = [*([self.heard] if self.heard else []), *earlier]
        words = [one.keys or next(iter(one.alternatives), "") for one in heard]
        return tuple(reversed([word for word in words if word][:most]))

    def notify(self, what: str, key: str, payload: dict[str, object]) -> None:
        """Tell the outside of something, once a key, after this transaction."""
        if self.notices:
            body = {"event": what, "call_sid": self.sid, "at": self.now.isoformat(), **payload}
            outbox.put(self.db, "notify", key, to_json(body), self.now)
