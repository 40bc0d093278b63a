"""Announced outages."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from ivr.store.tables import Outages


def between(db: Connection, now: datetime, ahead: datetime) -> list[Any]:
    """Rows (address, reason, starts_at, ends_at) that last now or begin before `ahead`, the first one first."""
    query = (
        select(Outages.address, Outages.reason, Outages.starts_at, Outages.ends_at)
        .where(Outages.ends_at > now, Outages.starts_at < ahead)
        .order_by(Outages.starts_at, Outages.id)
    )
    return list(db.execute(query))
