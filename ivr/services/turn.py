"""One event at work: what it is, and the pieces of the turn that it becomes."""

from dataclasses import dataclass, field
from typing import Any

from ivr.dialogue.journal import Input, Restart, decode_result, encode, encode_result
from ivr.dialogue.steps import Heard, Outcome
from ivr.domain.command import Command
from ivr.domain.commands import ChooseAccount, Done
from ivr.services.context import Context
from ivr.services.handlers import perform
from ivr.store.calls import CallRow, Line

CHOOSE = f"do/{ChooseAccount.__name__}"


@dataclass(frozen=True)
class Event:
    """Something that answers a turn: what was heard, or how a transfer ended. Neither: the call begins."""

    turn: int
    id: str
    heard: Heard | None = None
    outcome: Outcome | None = None
    caller: str | None = None
    """E.164; told with every webhook, pinned at the first."""
    note: dict[str, object] = field(default_factory=dict)
    """What else the carrier told of it (confidence and the like), for the log."""


@dataclass
class Turn:
    """One event at work: the locked call, what replay consumes of its journal, what is to be written."""

    context: Context
    call: CallRow
    restart: Restart | None
    kept: list[Input]
    lines: list[Line] = field(default_factory=list)
    slow: bool = False
    """The caller asked for slower speech before."""
    question_alone: bool = False

    @property
    def account_id(self) -> int | None:
        """The account that the script has chosen, as far as its journal still holds."""
        for line in reversed(self.kept):
            if line.key == CHOOSE:
                chosen: int | None = decode_result(line.payload, Done)[0]["account_id"]
                return chosen
        return self.restart.account_id if self.restart else None


def carry_out(context: Context, command: Command[Any] | None) -> list[Line]:
    """Do what was to be done if the caller goes away; the script never sees it, so it is a note."""
    if command is None:
        return []
    payload = encode_result(command, perform(context, command), command.writes)
    return [Line("note", "left", f"leave/{type(command).__name__}", payload)]


def heard_note(question: str, heard: Heard, note: dict[str, object]) -> Line:
    """What was heard, beside what was made of it."""
    payload = {"alternatives": heard.alternatives, "keys": heard.keys, **note}
    return Line("note", "heard", question, encode(payload))
