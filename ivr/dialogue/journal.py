"""The journal of a call: its lines, what of them a script consumes, and how values are written in it.

Inputs (answer, result, outcome, retract, restart) are consumed by the script in order; notes never are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec

from ivr.dialogue.steps import AndWish, Signal

R = TypeVar("R")

InputType = Literal["answer", "result", "outcome", "retract", "restart"]

BLANK = "(blanked)"
"""Stands where a personal value was erased from an old journal; it fits whatever a script gives there."""


@dataclass(frozen=True)
class Input:
    """One input line. `payload` is JSON; `number` counts all lines of the call, notes included."""

    number: int
    type: InputType
    key: str
    payload: bytes


@dataclass(frozen=True)
class Restart:
    """Where replay begins anew: the flow to run, and the account that was known."""

    flow: str
    account_id: int | None = None
    question: str = ""
    """The question that was open when the script failed."""
    by_number: bool = False
    """The caller speaks of another account than the phone's."""


@dataclass(frozen=True)
class Retract:
    """Takes back all inputs from this number on."""

    since: int


class _Answer(msgspec.Struct, frozen=True):
    meaning: msgspec.Raw = msgspec.Raw(b"null")
    signal: Signal | None = None
    wish: Signal | None = None


class _Result(msgspec.Struct, frozen=True):
    result: msgspec.Raw
    command: dict[str, Any] = {}
    writes: bool = True


def encode(value: object) -> bytes:
    """A dataclass as JSON."""
    return msgspec.json.encode(value)


def decode(payload: bytes, type: type[R]) -> R:
    """JSON as a dataclass. Raises msgspec.ValidationError where it does not fit."""
    return msgspec.json.decode(payload, type=type)


def encode_answer(answer: object) -> bytes:
    """A meaning, with or without a wish beside it, or a signal."""
    if isinstance(answer, Signal):
        return encode({"signal": answer})
    return encode(answer if isinstance(answer, AndWish) else {"meaning": answer})


def decode_answer(payload: bytes, meaning: type[R]) -> R | Signal | AndWish[R]:
    """The answer as it was understood then."""
    answer = decode(payload, _Answer)
    if answer.signal is not None:
        return answer.signal
    meant = msgspec.json.decode(answer.meaning, type=meaning)
    return meant if answer.wish is None else AndWish(meant, answer.wish)


def encode_result(command: object, result: object, writes: bool) -> bytes:
    """A command, what came of it, and whether «назад» may cross it."""
    return encode({"command": command, "result": result, "writes": writes})


def decode_result(payload: bytes, result: type[R]) -> tuple[dict[str, Any], R]:
    """The command's fields as they were written, and its result."""
    line = decode(payload, _Result)
    return line.command, msgspec.json.decode(line.result, type=result)


def same_command(written: dict[str, Any], command: object) -> bool:
    """Whether a command is the one written then: every field that both have is equal, or was blanked."""
    return _fits(written, msgspec.to_builtins(command, str_keys=True))


def _fits(written: object, now: object) -> bool:
    if written == BLANK:
        return True
    if isinstance(written, dict) and isinstance(now, dict):
        return all(_fits(value, now[name]) for name, value in written.items() if name in now)
    if isinstance(written, list) and isinstance(now, list):
        return len(written) == len(now) and all(map(_fits, written, now))
    return written == now


def effective(lines: Iterable[Input]) -> tuple[Restart | None, list[Input]]:
    """What replay consumes: the lines since the last restart, without those taken back."""
    restart: Restart | None = None
    kept: list[Input] = []
    for line in lines:
        if line.type == "restart":
            restart, kept = decode(line.payload, Restart), []
        elif line.type == "retract":
            since = decode(line.payload, Retract).since
            kept = [earlier for earlier in kept if earlier.number < since]
        else:
            kept.append(line)
    return restart, kept


def asked_slower(lines: Iterable[Input]) -> bool:
    """Whether the caller ever asked for slower speech: no «назад» and no restart takes that back."""
    slower = Signal("slower")
    return any(line.type == "answer" and decode(line.payload, _Answer).signal == slower for line in lines)


def last_retractable(kept: Sequence[Input]) -> int | None:
    """The number of the last answer that was a meaning, if nothing was written and nobody spoken to since."""
    for line in reversed(kept):
        if line.type == "outcome" or (line.type == "result" and decode(line.payload, _Result).writes):
            return None
        if line.type == "answer" and decode(line.payload, _Answer).signal is None:
            return line.number
    return None


def has_written(kept: Iterable[Input]) -> bool:
    """Whether anything was saved, or an operator spoken to, since the last restart."""
    return any(
        line.type == "outcome" or (line.type == "result" and decode(line.payload, _Result).writes)
        for line in kept
    )
