"""The clock by which the line lives: the machine's own, or one set for demos that all processes agree on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ivr.store.engine import Store
from ivr.store.tables import Clock as ClockRow

_ONLY = 1


class Clock:
    """`now()` in UTC, moved by a fixed offset."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC) + self.offset


def open_clock(store: Store, asked: datetime | None) -> Clock:
    """The machine's clock, or one that stood at `asked` (aware) when it was first asked for.

    The offset is kept in the database, so that restarts and several workers agree. Raises Unavailable.
    """
    if asked is None:
        return Clock()
    offset = (asked - datetime.now(UTC)).total_seconds()
    row = {"id": _ONLY, "asked": asked.astimezone(UTC).isoformat(), "offset_s": offset}
    on = sqlite if store.url.get_backend_name() == "sqlite" else postgresql
    with store.write() as db:
        made = on.insert(ClockRow).values(**row)
        changed = ClockRow.asked != row["asked"]
        db.execute(made.on_conflict_do_update(index_elements=["id"], set_=row, where=changed))
        kept = db.execute(select(ClockRow.offset_s).where(ClockRow.id == _ONLY)).scalar_one()
    return Clock(timedelta(seconds=kept))
