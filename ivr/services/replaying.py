"""`ivr calls replay`: stored calls run against today's code; the first difference of each."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from ivr.dialogue.journal import Input, asked_slower, decode_answer, effective
from ivr.dialogue.replay import Misfit, Run
from ivr.dialogue.reply import Reply, Spoken
from ivr.dialogue.steps import Ask, Heard, Signal
from ivr.domain.calls import CallFacts
from ivr.language.prompts import PromptError
from ivr.services.calls import Calls
from ivr.services.context import Context
from ivr.store import calls


@dataclass(frozen=True)
class Difference:
    """The first place where a call would go another way. `turn` counts from 0; `was` and `now` name a step."""

    sid: str
    turn: int
    was: str
    now: str


def replay(line: Calls, db: Connection, sid: str, *, reheard: bool = False) -> Difference | None:
    """Run one call over its journal, turn by turn. `reheard`: what was heard is understood anew."""
    stored = calls.get_call(db, sid)
    if stored is None:
        raise LookupError(sid)
    context = line.context(db, stored["facts"])
    lines = calls.lines(db, sid)
    before, pending = 0, None
    for row in calls.turns(db, sid):
        upto = row["upto"]
        fresh = [line for line in lines if before < line["number"] <= upto]
        if (
            reheard
            and pending is not None
            and (found := _misheard(line, context.facts, row["turn"], pending, fresh))
        ):
            return found
        found, run = _replay_turn(
            line, context, sid, row, [line for line in lines if line["number"] <= upto], fresh
        )
        if found is not None or run is None:
            return found
        before, pending = upto, run.pending if isinstance(run.pending, Ask) else None
    return None


def _replay_turn(
    line: Calls,
    context: Context,
    sid: str,
    row: dict[str, Any],
    lines: list[dict[str, Any]],
    fresh: list[dict[str, Any]],
) -> tuple[Difference | None, Run | None]:
    turn = row["turn"]
    inputs = _inputs(lines)
    restart, kept = effective(inputs)
    run = line.look(context, restart, kept, slow=asked_slower(inputs))
    try:
        run.proceed()
        alone = any(one["type"] == "retract" for one in fresh)
        reply = line.compose(run, turn + 1, question_alone=alone)
    except Misfit as misfit:
        return Difference(sid, turn, misfit.written, misfit.step), None
    except PromptError as error:
        return Difference(sid, turn, "a prompt that could be said", str(error)), None
    except Exception as error:  # whatever a script raises on an old journal is the finding
        return Difference(sid, turn, "a script that runs", f"{type(error).__name__}: {error}"), None
    finally:
        run.close()
    was = msgspec.json.decode(row["reply"], type=Reply)
    if _outline(was) != _outline(reply):
        return _first_difference(sid, turn, _outline(was), _outline(reply)), None
    return None, run


def _misheard(
    line: Calls, facts: CallFacts, turn: int, ask: Ask[Any], fresh: list[dict[str, Any]]
) -> Difference | None:
    heard = next((one for one in fresh if one["type"] == "heard"), None)
    answer = next((one for one in fresh if one["type"] in ("answer", "retract")), None)
    if heard is None or answer is None:
        return None
    meant = line.hear(facts, ask, msgspec.json.decode(heard["payload"], type=Heard))
    if answer["type"] == "retract":
        written: object = Signal("back")
    else:
        written = decode_answer(answer["payload"].encode(), ask.question.meaning)
    if _same(meant, written):
        return None
    return Difference(facts.sid, turn, f"{ask.question.id}: {written}", f"{ask.question.id}: {meant}")


def _same(meant: object, written: object) -> bool:
    """«Назад» carries what it could do then, which is no part of its meaning."""
    if isinstance(meant, Signal) and isinstance(written, Signal) and meant.name == "back":
        return written.name == "back"
    return meant == written


def _inputs(lines: list[dict[str, Any]]) -> list[Input]:
    return [
        Input(one["number"], one["type"], one["key"], one["payload"].encode())
        for one in lines
        if one["kind"] == "input"
    ]


def _outline(reply: Reply) -> list[str]:
    """Prompts with their slots, and what is waited for: never the wording."""
    said = [_spoken(spoken) for spoken in reply.said]
    if reply.listen is not None:
        return [*said, f"listen {reply.listen.question}"]
    return [*said, f"handover {reply.handover.reason}" if reply.handover is not None else "goodbye"]


def _spoken(spoken: Spoken) -> str:
    return f"say {spoken.prompt} {spoken.slots}" if spoken.slots else f"say {spoken.prompt}"


def _first_difference(sid: str, turn: int, was: list[str], now: list[str]) -> Difference:
    nothing = "nothing"
    for place in range(max(len(was), len(now))):
        one = was[place] if place < len(was) else nothing
        other = now[place] if place < len(now) else nothing
        if one != other:
            return Difference(sid, turn, one, other)
    raise AssertionError("no difference")
