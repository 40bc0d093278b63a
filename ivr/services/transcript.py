"""A call as a supervisor reads it: what was said by whom, and what happened beside it."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from ivr.dialogue.reply import Reply
from ivr.dialogue.steps import Heard
from ivr.store import calls, transfers

HAPPENINGS = frozenset({"result", "left", "outcome", "retract", "restart", "failure", "status", "queue"})
"""Types of journal lines that tell what happened beside the talk."""


def transcript(db: Connection, sid: str) -> list[dict[str, Any]]:
    """Lines in order: {at, who: phone or caller, text, …}, or {at, who: note, type, key and data, or transfer}."""
    entries: list[tuple[int, int, dict[str, Any]]] = []
    for row in calls.turns(db, sid):
        reply = msgspec.json.decode(row["reply"], type=Reply)
        prompts = [{"prompt": spoken.prompt, "slots": spoken.slots} for spoken in reply.said]
        line = {"at": row["at"], "who": "phone", "text": reply.text, "turn": row["turn"], "prompts": prompts}
        entries.append((row["upto"], 1, line))
    for row in calls.lines(db, sid):
        if (told := _line(row)) is not None:
            entries.append((row["number"], 0, told))
    upto = {row["turn"] + 1: row["upto"] for row in calls.turns(db, sid)}
    for row in transfers.of_call(db, sid):
        entries.append((upto.get(row["turn"], 0), 2, _transfer(row)))
    return [line for _, _, line in sorted(entries, key=lambda entry: entry[:2])]


def _line(row: dict[str, Any]) -> dict[str, Any] | None:
    """A journal line that says more than the replies do."""
    at, type = row["at"], row["type"]
    if type == "heard":
        heard = msgspec.json.decode(row["payload"], type=Heard)
        text = f"#{heard.keys}" if heard.keys else next(iter(heard.alternatives), "") or "(тишина)"
        return {"at": at, "who": "caller", "text": text, "question": row["key"]}
    if type not in HAPPENINGS:
        return None
    data = msgspec.json.decode(row["payload"])
    if type == "result" and not data["writes"]:
        return None
    data = {**data["command"], **data["result"]} if type in ("result", "left") else data
    return {"at": at, "who": "note", "type": type, "key": row["key"], "data": data}


def _transfer(row: dict[str, Any]) -> dict[str, Any]:
    summary = msgspec.json.decode(row["summary"])
    told = {"reason": row["reason"], "state": row["state"], "ended_at": row["ended_at"], "summary": summary}
    return {"at": row["created_at"], "who": "note", "type": "transfer", "transfer": told}
