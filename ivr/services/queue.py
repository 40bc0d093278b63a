"""Callers who wait for an operator: what they choose meanwhile, and the summary that the operator gets."""

from typing import Literal

import msgspec

from ivr.dialogue.hearing import Ears
from ivr.dialogue.steps import Heard
from ivr.services.calls import Calls
from ivr.services.summary import Summary
from ivr.store import transfers
from ivr.store.engine import Store

Choice = Literal["call_back", "menu", "danger"]
KEYS: dict[str, Choice] = {"1": "call_back", "2": "menu"}


class Queue:
    """The waiting of handed over calls."""

    def __init__(self, store: Store, calls: Calls) -> None:
        self._store = store
        self._calls = calls

    def choose(self, sid: str, turn: int, heard: Heard, *, danger_leaves: bool = False) -> Choice | None:
        """What a waiting caller wants instead, written down for the outcome. Raises Unavailable.

        `danger_leaves`: who speaks of danger is to leave the queue; it is noted in any case.
        """
        choice = understand(self._calls.ears, heard)
        if self.is_danger(heard):
            self._calls.note(sid, "queue", "danger", {"alternatives": heard.alternatives})
            choice = "danger" if danger_leaves else choice
        if choice is not None:
            with self._store.write() as db:
                transfers.choose(db, sid, turn, choice)
            if choice != "danger":
                self._calls.note(
                    sid, "queue", choice, {"keys": heard.keys, "alternatives": heard.alternatives}
                )
        return choice

    def enter(self, sid: str, turn: int) -> None:
        """See to it that the operator has a summary, also of a call that could not be written. Raises Unavailable."""
        if self.summary(sid, turn) is None:
            self._calls.hand_over_unsaved(sid, turn)

    def accepted(self, sid: str, turn: int) -> None:
        """Somebody on duty pressed the key and gets the caller; for the log. Raises Unavailable."""
        self._calls.note(sid, "queue", "duty", {"turn": turn})

    def is_danger(self, heard: Heard) -> bool:
        """Whether a waiting caller speaks of danger; that needs no database."""
        topics = self._calls.ears.topics
        return any(topics.match(text) in topics.always for text in heard.alternatives)

    def choice(self, sid: str, turn: int) -> str:
        """What the caller chose, or an empty text. Raises Unavailable."""
        with self._store.read() as db:
            return transfers.choice(db, sid, turn)

    def summary(self, sid: str, turn: int) -> Summary | None:
        """What an operator is told of the call. Raises Unavailable."""
        with self._store.read() as db:
            found = transfers.summary(db, sid, turn)
        return msgspec.json.decode(found, type=Summary) if found else None


def understand(ears: Ears, heard: Heard) -> Choice | None:
    """A key, or the words that mean the same anywhere else."""
    if heard.silent:
        return None
    if heard.keys:
        return KEYS.get(heard.keys)
    for text in heard.alternatives:
        if ears.topics.match(text) == "call_back":
            return "call_back"
        if ears.everywhere.match(text) == "main_menu":
            return "menu"
    return None
