"""Announced outages of a place."""

from datetime import timedelta

from ivr.domain.commands import FindOutages, OutagesFound
from ivr.domain.outages import Outage
from ivr.language.places import same_place
from ivr.services.context import Context
from ivr.store import accounts, outages

AHEAD = timedelta(days=1)
"""So long before it begins an announcement is told."""


def find(context: Context, command: FindOutages) -> OutagesFound:
    """Those that last at the start of the call, or begin within a day after it, the first one first."""
    db, now = context.db, context.facts.started
    place = command.place
    if command.account_id is not None:
        _, place = accounts.holder(db, command.account_id)
    if not place:
        return OutagesFound()
    announced = outages.between(db, now, now + AHEAD)
    return OutagesFound(
        tuple(
            Outage(row.reason, row.starts_at, row.ends_at)
            for row in announced
            if same_place(place, row.address)
        )
    )
