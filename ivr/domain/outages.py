"""Announced outages."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Outage:
    """An announced outage; times are aware. `reason` is what the announcement says, empty if nothing."""

    reason: str
    starts_at: datetime
    ends_at: datetime
