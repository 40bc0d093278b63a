"""A call's row, turns and journal: the path of every turn. One read of inputs, one batch of writes, no ORM."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ivr.dialogue.journal import Input
from ivr.store.engine import in_one_trip
from ivr.store.tables import Calls, Journal, Transfers, Turns

_calls, _turns, _journal = Calls.__table__.c, Turns.__table__.c, Journal.__table__.c
_SID: Any = bindparam("sid")


@dataclass(frozen=True)
class CallRow:
    """What a turn needs of a call; `facts` is JSON."""

    sid: str
    caller: str | None
    facts: str
    account_id: int | None
    turn: int
    last_line: int
    ended_at: datetime | None
    ended_by: str | None
    last_at: datetime


@dataclass(frozen=True)
class Lost:
    """Calls last heard of before these times are lost; those with a person have longer."""

    before: datetime
    with_person_before: datetime


@dataclass(frozen=True)
class Line:
    """A line to be written. `payload` is JSON."""

    kind: str
    type: str
    key: str
    payload: bytes


_LOCK = (
    select(
        _calls.sid,
        _calls.caller,
        _calls.facts,
        _calls.account_id,
        _calls.turn,
        _calls.last_line,
        _calls.ended_at,
        _calls.ended_by,
        _calls.last_at,
    )
    .where(_calls.sid == _SID)
    .with_for_update()
)
_INPUTS = (
    select(_journal.number, _journal.type, _journal.key, _journal.payload)
    .where(_journal.call_sid == _SID, _journal.kind == "input")
    .order_by(_journal.number)
)
_LINES = select(Journal.__table__).where(_journal.call_sid == _SID).order_by(_journal.number)
_PRESENT = select(_turns.reply).where(_turns.call_sid == _SID).order_by(_turns.turn.desc()).limit(1)
_ALL_TURNS = select(Turns.__table__).where(_turns.call_sid == _SID).order_by(_turns.turn)
_HEARD = (
    select(_journal.payload)
    .where(_journal.call_sid == _SID, _journal.kind == "note", _journal.type == "heard")
    .order_by(_journal.number.desc())
    .limit(bindparam("most"))
)
_ADD_LINES = insert(Journal.__table__)  # type: ignore[arg-type]
_ADD_TURN = insert(Turns.__table__)  # type: ignore[arg-type]
_MOVE = (
    update(Calls.__table__)  # type: ignore[arg-type]
    .where(_calls.sid == bindparam("call"))
    .values(turn=bindparam("new_turn"), last_line=bindparam("new_line"), last_at=bindparam("now"))
)


def open_call(db: Connection, sid: str, caller: str | None, facts: str, now: datetime) -> None:
    """Make the call's row, unless another process just did."""
    values = {"sid": sid, "caller": caller, "facts": facts, "turn": 0, "last_line": 0}
    on = sqlite if db.dialect.name == "sqlite" else postgresql
    table: Any = Calls.__table__
    db.execute(on.insert(table).values(**values, started_at=now, last_at=now).on_conflict_do_nothing())


def lock_call(db: Connection, sid: str) -> CallRow | None:
    """The call, held against every other process until the transaction ends."""
    row = db.execute(_LOCK, {"sid": sid}).first()
    return CallRow(*row) if row else None


def inputs(db: Connection, sid: str) -> list[Input]:
    """All inputs of a call, in order."""
    return [
        Input(n, type, key, payload.encode()) for n, type, key, payload in db.execute(_INPUTS, {"sid": sid})
    ]


def present_reply(db: Connection, sid: str) -> str | None:
    """The reply given last, as JSON."""
    return db.execute(_PRESENT, {"sid": sid}).scalar()


def write_turn(
    db: Connection, call: CallRow, event_id: str, lines: Sequence[Line], reply: str, now: datetime
) -> None:
    """One turn: its journal lines, its reply, and the call moved on by one."""
    with in_one_trip(db):
        last = add_lines(db, call, lines, now)
        turn = {"call_sid": call.sid, "turn": call.turn, "event_id": event_id, "reply": reply}
        db.execute(_ADD_TURN, {**turn, "upto": last, "at": now})
        db.execute(_MOVE, {"call": call.sid, "new_turn": call.turn + 1, "new_line": last, "now": now})


def write_lines(db: Connection, call: CallRow, lines: Sequence[Line], now: datetime) -> None:
    """Journal lines of an event that has no turn."""
    last = add_lines(db, call, lines, now)
    db.execute(_MOVE, {"call": call.sid, "new_turn": call.turn, "new_line": last, "now": now})


def add_lines(db: Connection, call: CallRow, lines: Sequence[Line], now: datetime) -> int:
    """Append to the journal; returns the number of its last line."""
    rows = [
        {"call_sid": call.sid, "number": number, "kind": line.kind, "type": line.type, "key": line.key,
         "payload": line.payload.decode(), "at": now}
        for number, line in enumerate(lines, start=call.last_line + 1)
    ]  # fmt: skip
    if rows:
        db.execute(_ADD_LINES, rows)
    return call.last_line + len(rows)


def end_call(db: Connection, sid: str, now: datetime, by: str) -> None:
    """Mark the call as ended, and by what."""
    table: Any = Calls.__table__
    db.execute(update(table).where(_calls.sid == sid).values(ended_at=now, ended_by=by))


def choose_account(db: Connection, sid: str, account_id: int | None) -> None:
    """Mark whose call it is."""
    table: Any = Calls.__table__
    db.execute(update(table).where(_calls.sid == sid).values(account_id=account_id))


def last_note(db: Connection, sid: str, type: str) -> tuple[str, str] | None:
    """Key and payload (JSON) of the last note of this type."""
    query = select(_journal.key, _journal.payload).where(
        _journal.call_sid == sid, _journal.kind == "note", _journal.type == type
    )
    row = db.execute(query.order_by(_journal.number.desc()).limit(1)).first()
    return (row.key, row.payload) if row else None


def heard_last(db: Connection, sid: str, most: int) -> list[str]:
    """What was heard last, newest first, as JSON of `Heard`."""
    return list(db.execute(_HEARD, {"sid": sid, "most": most}).scalars())


def idle_calls(db: Connection, lost: Lost, most: int, sid: str | None = None) -> list[str]:
    """Calls that have not ended and were not heard of for long; `sid`: whether this one is among them."""
    with_person = select(Transfers.call_sid).where(
        Transfers.call_sid == _calls.sid, Transfers.state == "waiting"
    )
    idle = or_(_calls.last_at < lost.with_person_before, ~with_person.exists())
    query = select(_calls.sid).where(_calls.ended_at.is_(None), _calls.last_at < lost.before, idle)
    if sid is not None:
        query = query.where(_calls.sid == sid)
    return list(db.execute(query.order_by(_calls.last_at).limit(most)).scalars())


def list_calls(db: Connection, limit: int) -> list[dict[str, Any]]:
    """Calls, newest first, with the number of their turns."""
    table: Any = Calls.__table__
    rows = db.execute(select(table).order_by(_calls.started_at.desc(), _calls.sid).limit(limit))
    return [dict(row) for row in rows.mappings()]


def all_sids(db: Connection) -> list[str]:
    """Every call, oldest first."""
    return list(db.execute(select(_calls.sid).order_by(_calls.started_at, _calls.sid)).scalars())


def get_call(db: Connection, sid: str) -> dict[str, Any] | None:
    """One call's row."""
    table: Any = Calls.__table__
    row = db.execute(select(table).where(_calls.sid == sid)).mappings().first()
    return dict(row) if row else None


def turns(db: Connection, sid: str) -> list[dict[str, Any]]:
    """All turns of a call, in order."""
    return [dict(row) for row in db.execute(_ALL_TURNS, {"sid": sid}).mappings()]


def lines(db: Connection, sid: str) -> list[dict[str, Any]]:
    """All lines of a call's journal, in order."""
    return [dict(row) for row in db.execute(_LINES, {"sid": sid}).mappings()]
