"""What stands in the database, for assertions."""

from sqlalchemy import select

from ivr.store import calls, readings, requests, transfers
from ivr.store.engine import Store
from ivr.store.tables import Outbox


def readings_of(store: Store, **fields: object) -> list[tuple[object, ...]]:
    """(zone, value, state) of readings that the line took, oldest first; narrowed by fields of the list."""
    with store.read() as db:
        rows = readings.list_readings(db, 1000)
    rows = [row for row in rows if all(row[name] == value for name, value in fields.items())]
    return [(row["zone"], row["value"], row["state"]) for row in reversed(rows)]


def requests_of(store: Store) -> list[dict[str, object]]:
    with store.read() as db:
        return [row for row in requests.list_requests(db, 1000) if row["call_sid"]]


def transfers_of(store: Store, sid: str) -> list[dict[str, object]]:
    with store.read() as db:
        return transfers.of_call(db, sid)


def turns_of(store: Store, sid: str) -> list[dict[str, object]]:
    with store.read() as db:
        return calls.turns(db, sid)


def lines_of(store: Store, sid: str) -> list[dict[str, object]]:
    with store.read() as db:
        return calls.lines(db, sid)


def calls_of(store: Store) -> list[dict[str, object]]:
    with store.read() as db:
        return calls.list_calls(db, 1000)


def notices(store: Store) -> list[object]:
    with store.read() as db:
        return list(db.execute(select(Outbox.key, Outbox.sent_at, Outbox.failed_at, Outbox.attempts)))
