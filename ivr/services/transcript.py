"""A call as a supervisor reads it: what was said by whom, and what happened beside it."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from ivr.dialogue.reply import Reply
from ivr.dialogue.steps import Heard
from ivr.services.summary import Summary
from ivr.store import calls, transfers


def transcript(db: Connection, sid: str) -> list[dict[str, Any]]:
    """Lines {at, who, text, …} in order; `who` is phone, caller or note."""
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
    if type == "result" and not msgspec.json.decode(row["payload"])["writes"]:
        return None
    if type in ("result", "left", "outcome", "retract", "restart", "failure", "status", "queue"):
        return {"at": at, "who": "note", "text": f"{type}: {row['key']} {row['payload']}", "type": type}
    return None


def _transfer(row: dict[str, Any]) -> dict[str, Any]:
    summary = msgspec.json.decode(row["summary"], type=Summary)
    words = "; ".join(summary.words)
    parts = [
        summary.why,
        summary.who,
        *summary.done,
        summary.missing,
        f"Слова абонента: {words}" if words else "",
    ]
    text = f"передача оператору ({row['state']}): " + " ".join(part for part in parts if part)
    told = {"reason": row["reason"], "state": row["state"], "summary": msgspec.to_builtins(summary)}
    return {"at": row["created_at"], "who": "note", "text": text, "transfer": told}
