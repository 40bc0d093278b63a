"""Taking requests, and telling what a call has written."""

from dataclasses import asdict
from typing import Any

from ivr.domain.calls import MOSCOW
from ivr.domain.commands import (
    FindRequests,
    LookUpSaved,
    RequestsFound,
    RequestTaken,
    Saved,
    TakeRequest,
)
from ivr.domain.requests import Details, RequestTold, human_number, id_of
from ivr.services import texting
from ivr.services.context import Context
from ivr.store import accounts, readings, requests

WORDS = 5
"""So many of the caller's last utterances are kept with a request."""


def take(context: Context, command: TakeRequest) -> RequestTaken:
    """Save a request; one that is open already is told instead, with the new number, words and urgency put in."""
    open_ = _find_open(context, command)
    words = " / ".join(context.words(WORDS))
    if open_ is not None:
        if open_.phone and command.phone and open_.phone != command.phone:
            words = f"{words} / {command.phone}"  # another number to reach them by; the first one stands
        changed = {
            "phone": open_.phone or command.phone,
            "account_id": open_.account_id or command.account_id,
            "words": " / ".join(filter(None, (open_.words, words))),
            "urgent": command.urgent or open_.urgent,
            "last_call_sid": context.sid,
            **_told_since(open_, command.details),
        }
        requests.change(context.db, open_.id, changed, context.now)
        taken_on = open_.created_at.astimezone(MOSCOW).date()
        taken = RequestTaken(human_number("request", open_.id), True, open_.state, taken_on)
    else:
        values = {
            "kind": command.kind,
            "state": "new",
            "urgent": command.urgent,
            "account_id": command.account_id,
            "phone": command.phone,
            "words": words,
            "call_sid": context.sid,
            **asdict(command.details),
        }
        id = requests.add(context.db, values, context.now)
        taken = RequestTaken(human_number("request", id), False, "new", context.facts.today)
    texting.confirm(context, "sms_request", taken.number)
    key = f"request/{taken.number}/{context.sid}"
    context.notify("request", key, {"kind": command.kind, "number": taken.number, "urgent": command.urgent})
    return taken


def _find_open(context: Context, command: TakeRequest) -> Any | None:
    """The account's open request; a call back goes by its phone; with neither, the one of this very call."""
    db, kind, account_id, phone = context.db, command.kind, command.account_id, command.phone
    if account_id is not None and kind != "call_back":
        accounts.lock(db, account_id)
        return requests.find_open(db, kind, account_id=account_id, meter_id=command.details.meter_id)
    if phone is not None:
        requests.lock_phone(db, phone)
        return requests.find_open(db, kind, account_id=account_id, phone=phone)
    return requests.find_open(db, kind, call_sid=context.sid)


def _told_since(open_: Any, details: Details) -> dict[str, Any]:
    """What this call tells of a request that is open: it replaces what was told before; what it leaves out stays."""
    told = {name: value for name, value in asdict(details).items() if value not in (None, "", False)}
    told.pop("incomplete", None)
    whole = details.balance is not None and details.runs_out_at is not None
    return {**told, "incomplete": open_.incomplete and not whole}


def find(context: Context, command: FindRequests) -> RequestsFound:
    """Requests of a phone and its accounts, of an account, or the one with a number; the newest first."""
    if command.number:
        id = id_of("request", command.number)
        rows = requests.find(context.db, id=id) if id is not None else []
    else:
        owned = (
            [account.id for account in accounts.by_phone(context.db, command.phone)] if command.phone else []
        )
        ids = [*owned, *([command.account_id] if command.account_id is not None else [])]
        rows = requests.find(context.db, phone=command.phone, account_ids=ids)
    return RequestsFound(tuple(map(_told, rows)))


def _told(row: Any) -> RequestTold:
    taken, changed = (moment.astimezone(MOSCOW).date() for moment in (row.created_at, row.updated_at))
    number = human_number("request", row.id)
    return RequestTold(number, row.kind, row.state, row.urgent, taken, changed, row.meter_id)


def look_up_saved(context: Context, _: LookUpSaved) -> Saved:
    """What this call has written so far."""
    db, sid = context.db, context.sid
    taken = requests.of_call(db, sid)
    return Saved(
        tuple(readings.of_call(db, sid)),
        tuple(human_number("receipt", id) for id in readings.receipts_of_call(db, sid)),
        tuple(human_number("request", id) for id, _ in taken),
        tuple(kind for _, kind in taken),
    )
