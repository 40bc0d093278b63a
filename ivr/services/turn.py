"""One event at work: what it is, and the pieces of the turn that it becomes."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from ivr.dialogue.journal import Input, Restart, decode_result, encode, encode_result
from ivr.dialogue.steps import Heard, Outcome
from ivr.domain.command import Command
from ivr.domain.commands import ChooseAccount, Done
from ivr.services.context import Context
from ivr.services.handlers import HANDLERS, perform
from ivr.store import calls
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

    left: Command[Any] | None = None
    """What stood for a caller who goes away when the turn began."""

    def restart_at(self, flow: str, question: str = "") -> Restart:
        """A restart that keeps what the script had found out of the account, as far as its journal still holds."""
        restart = self.restart or Restart(flow)
        account_id, by_number = restart.account_id, restart.by_number
        for line in self.kept:
            if line.key == CHOOSE:
                account_id = decode_result(line.payload, Done)[0]["account_id"]
                by_number = by_number or account_id is None
        return Restart(flow, account_id, question, by_number)


def carry_out(context: Context, command: Command[Any] | None) -> list[Line]:
    """Do what was to be done if the caller goes away; the script never sees it, so it is a note."""
    if command is None:
        return []
    payload = encode_result(command, perform(context, command), command.writes)
    return [Line("note", "left", f"leave/{type(command).__name__}", payload)]


def if_left_note(command: Command[Any] | None) -> Line:
    """What stands from now on, for the day when a new script no longer fits the journal."""
    return Line("note", "if_left", type(command).__name__ if command else "", encode(command))


def last_if_left(context: Context) -> Command[Any] | None:
    """What stood last, by its note; None too where this code no longer knows that command."""
    key, payload = calls.last_note(context.db, context.sid, "if_left") or ("", "")
    known = {command.__name__: command for command in HANDLERS}
    if key not in known:
        return None
    try:
        command: Command[Any] = msgspec.json.decode(payload, type=known[key])
        return command
    except msgspec.ValidationError:
        return None


def heard_note(question: str, heard: Heard, note: dict[str, object]) -> Line:
    """What was heard, beside what was made of it."""
    costs = {"costs": heard.costs} if heard.costs else {}
    payload = {"alternatives": heard.alternatives, "keys": heard.keys, **costs, **note}
    return Line("note", "heard", question, encode(payload))
