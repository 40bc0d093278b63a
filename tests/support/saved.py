"""What a conversation says was saved, held against the database.

`saved` of a conversation: `{reading: 12450}` with `zone`, `state`, `outside_window` where they matter;
`{request: call_back}` with `urgent`, `phone`, `balance` (kopecks), `until` (Moscow, "2026-11-23 00:00" or a day),
`incomplete`, `address`, `since`, `words` (a part of them); `{handed_over: danger}` with `told: "…"`;
`{nothing: true}`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ivr.domain.calls import MOSCOW
from ivr.store import readings, requests
from ivr.store.engine import Store
from ivr.store.tables import Transfers

FIELDS = {
    "reading": {"reading", "zone", "state", "outside_window", "account", "rolled_over"},
    "request": {
        "request",
        "urgent",
        "phone",
        "account",
        "balance",
        "until",
        "incomplete",
        "address",
        "since",
        "state",
        "words",
    },
    "handed_over": {"handed_over", "told"},
    "nothing": {"nothing"},
}


def check(store: Store, wanted: dict[str, Any]) -> None:
    """Raises AssertionError."""
    kind = next(iter(wanted))
    if unknown := wanted.keys() - FIELDS.get(kind, set()):
        raise AssertionError(f"saved: unknown fields {sorted(unknown)}")
    with store.read() as db:
        taken = readings.list_readings(db, 100)
        asked = [row for row in requests.list_requests(db, 100) if row["call_sid"] or row["urgent"]]
        handed = [
            (row.reason, row.summary) for row in db.execute(select(Transfers.reason, Transfers.summary))
        ]
    match kind:
        case "nothing":
            assert not taken + asked, f"{taken} {asked}"
        case "reading":
            row = {
                "zone": "T",
                "state": "accepted",
                "outside_window": False,
                **wanted,
                "value": wanted["reading"],
            }
            del row["reading"]
            assert any(row.items() <= one.items() for one in taken), f"{row} is not among {taken}"
        case "request":
            row = {**wanted, "kind": wanted["request"]}
            del row["request"]
            until, words = row.pop("until", ""), row.pop("words", "")
            asked = [
                one
                for one in asked
                if str(words) in str(one["words"]) and _moscow(one["runs_out_at"]).startswith(until)
            ]
            assert any(row.items() <= one.items() for one in asked), f"{row} is not among {asked}"
        case "handed_over":
            told = str(wanted.get("told", ""))
            assert any(reason == wanted["handed_over"] and told in summary for reason, summary in handed), (
                handed
            )


def _moscow(moment: datetime | None) -> str:
    return moment.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M") if moment else ""
