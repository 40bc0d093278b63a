"""Taking requests, and telling what a call has written."""

from ivr.domain.calls import MOSCOW
from ivr.domain.commands import LookUpSaved, RequestTaken, Saved, TakeRequest
from ivr.domain.requests import human_number
from ivr.services.context import Context
from ivr.store import readings, requests

WORDS = 5
"""So many of the caller's last utterances are kept with a request."""


def take(context: Context, command: TakeRequest) -> RequestTaken:
    """Save a request; one that is open already is told instead, and raised where the new one is urgent."""
    open_ = None if command.account_id is None else requests.find_open(
        context.db, command.kind, command.account_id
    )  # fmt: skip
    if open_ is not None:
        if command.urgent:
            requests.make_urgent(context.db, open_.id, context.now)
        taken_on = open_.created_at.astimezone(MOSCOW).date()
        taken = RequestTaken(human_number("request", open_.id), True, open_.state, taken_on)
    else:
        values = {
            "kind": command.kind,
            "state": "new",
            "urgent": command.urgent,
            "account_id": command.account_id,
            "phone": command.phone,
            "words": " / ".join(context.words(WORDS)),
            "call_sid": context.sid,
        }
        taken = RequestTaken(
            human_number("request", requests.add(context.db, values, context.now)),
            False,
            "new",
            context.facts.today,
        )
    key = f"request/{taken.number}/{context.sid}"
    context.notify("request", key, {"kind": command.kind, "number": taken.number, "urgent": command.urgent})
    return taken


def look_up_saved(context: Context, _: LookUpSaved) -> Saved:
    """What this call has written so far."""
    db, sid = context.db, context.sid
    return Saved(
        tuple(readings.of_call(db, sid)),
        tuple(human_number("receipt", id) for id in readings.receipts_of_call(db, sid)),
        tuple(human_number("request", id) for id in requests.of_call(db, sid)),
    )
