"""Advancing a call: one event, one transaction, one reply.

The way of an utterance: an event that names its turn comes in; the script is replayed to its pending question;
that question understands what was heard; the script runs on; all that it led to is written together.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy import Connection

from ivr.dialogue.hearing import Ears
from ivr.dialogue.journal import (
    Input,
    Restart,
    Retract,
    asked_slower,
    effective,
    encode,
    has_written,
    last_retractable,
)
from ivr.dialogue.replay import Run, Script, refuse
from ivr.dialogue.reply import Reply
from ivr.dialogue.steps import Ask, Heard, Outcome, Signal, Transfer
from ivr.domain.brief import Brief
from ivr.domain.calls import CallFacts
from ivr.domain.schedule import Schedule
from ivr.flows.line import line
from ivr.flows.opening import details
from ivr.language.prompts import Prompts
from ivr.language.understanding import Understanding
from ivr.services.composing import compose
from ivr.services.context import Context
from ivr.services.handlers import perform
from ivr.services.summary import summarise
from ivr.services.turn import Event, Turn, carry_out, heard_note, if_left_note, last_if_left
from ivr.store import calls, transfers
from ivr.store.calls import CallRow, Line, Lost
from ivr.store.clock import Clock
from ivr.store.engine import Store, Unavailable, to_json

_log = structlog.get_logger(__name__)

IDLE = "idle"
"""What ended a call that was not heard of for long; it may turn out to be alive."""


class Calls:
    """The calls of one line. Thread-safe: all state is in the database."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        understanding: Understanding,
        prompts: Prompts,
        pinned: CallFacts,
        notices: bool = False,
        sms: bool = False,
        schedule: Callable[[], Schedule] = Schedule,
    ) -> None:
        """`pinned`: the facts that each new call gets, with its own SID, caller and start put in.

        `schedule`: as it is now; asked for once a call.
        """
        self._store = store
        self._clock = clock
        self._understanding = understanding
        self._prompts = prompts
        self._pinned = pinned
        self._notices = notices
        self._texts = prompts if sms else None
        self._schedule = schedule
        self.ears = Ears(
            understanding.grammars["everywhere"],
            understanding.grammars["menu"],
            understanding.topics,
            understanding.grammars["linking"],
            understanding.grammars["manner"],
        )

    def advance(self, sid: str, event: Event) -> Reply:
        """The reply to an event; a repeated or late one gets the present reply and moves nothing.

        Raises Unavailable when the database cannot serve, and whatever the rescue itself fails with.
        """
        try:
            return self._store.in_write(lambda db: self._advance(db, sid, event))
        except Unavailable:
            raise
        except Exception as error:
            _log.exception("turn_failed", call_sid=sid, turn=event.turn)
            with self._store.write() as db:
                return self._rescue(db, sid, event, error)

    def hang_up(self, sid: str, by: str, note: dict[str, object] | None = None) -> None:
        """The caller has gone: what was to be written then is written now. Raises Unavailable."""
        self._store.in_write(lambda db: self._hang_up(db, sid, by, note or {}))

    def sweep(self, sid: str, lost: Lost) -> bool:
        """End a call that was not heard of for long, unless it was meanwhile. Raises Unavailable."""

        def still_lost(db: Connection) -> bool:
            calls.lock_call(db, sid)
            if not calls.idle_calls(db, lost, 1, sid):
                return False
            self._hang_up(db, sid, IDLE, {})
            return True

        return self._store.in_write(still_lost)

    def note(self, sid: str, type: str, key: str, payload: dict[str, object]) -> None:
        """Something that is to be seen in the log and moves nothing. Raises Unavailable."""
        self._store.in_write(lambda db: self._note(db, sid, Line("note", type, key, encode(payload))))

    def hear(self, facts: CallFacts, ask: Ask[Any], heard: Heard) -> object:
        """A meaning of the question that is asked, or a Signal; by the call's clock, so that it can be heard anew."""
        opened = details(self._understanding.grammars, facts.now)
        return replace(self.ears, details=opened).understand(ask, heard)

    def look(
        self, context: Context, restart: Restart | None, kept: Sequence[Input], *, slow: bool = False
    ) -> Run:
        """A run that may only look: it carries out nothing."""
        return Run(self._script(context, restart), kept, refuse, slow=slow)

    def context(self, db: Connection, facts: str) -> Context:
        """The context of a stored call, by its facts (JSON)."""
        pinned = msgspec.json.decode(facts, type=CallFacts)
        return Context(db, pinned, self._clock.now(), notices=self._notices, texts=self._texts)

    def compose(self, run: Run, turn: int, *, question_alone: bool = False) -> Reply:
        """What a run says and waits for, with texts."""
        return compose(self._prompts, run, turn, question_alone=question_alone)

    def hand_over_unsaved(self, sid: str, turn: int) -> None:
        """A caller waits for an operator because nothing could be written; now it can. Raises Unavailable."""

        def add(db: Connection) -> None:
            call = calls.lock_call(db, sid)
            if call is not None and transfers.summary(db, sid, turn) is None:
                brief = Brief(account_id=call.account_id)
                self._hand_over(self.context(db, call.facts), turn, Transfer("not_saved", brief))

        self._store.in_write(add)

    def _hang_up(self, db: Connection, sid: str, by: str, note: dict[str, object]) -> None:
        call = calls.lock_call(db, sid)
        if call is None:
            _log.info("unknown_call", call_sid=sid, by=by)
            return
        lines = [Line("note", "status", by, encode(note))]
        if call.ended_at is None:
            lines += self._leave(db, call, call.last_at if by == IDLE else self._clock.now())
            calls.end_call(db, sid, self._clock.now(), by)
        calls.write_lines(db, call, lines, self._clock.now())

    def _note(self, db: Connection, sid: str, line: Line) -> None:
        call = calls.lock_call(db, sid)
        if call is not None:
            calls.write_lines(db, call, [line], self._clock.now())

    def _run(self, turn: Turn) -> Run:
        """The line's script, run over what the turn keeps of the journal."""
        context = turn.context
        script = self._script(context, turn.restart)
        run = Run(script, turn.kept, lambda command: perform(context, command), slow=turn.slow)
        run.proceed()
        return run

    def _script(self, context: Context, restart: Restart | None) -> Script:
        return line(self._understanding, context.facts, restart)

    def _advance(self, db: Connection, sid: str, event: Event) -> Reply:
        turn = self._begin(db, sid, event)
        if turn is None:
            return self._present(db, sid)
        run = self._run(turn)
        turn.left = run.left
        if turn.call.turn > 0:
            moved = self._move(turn, run, event)
            if moved is None:
                return self._present(db, sid)
            run = moved
        return self._finish(turn, run, event)

    def _begin(self, db: Connection, sid: str, event: Event) -> Turn | None:
        """The turn that this event is of, its call locked; None for a repeated or late event."""
        now = self._clock.now()
        call = calls.lock_call(db, sid)
        if call is None:
            facts = self._facts(sid, event.caller, now)
            calls.open_call(db, sid, event.caller, to_json(facts), now)
            call = calls.lock_call(db, sid)
        assert call is not None
        if call.turn > 0 and event.turn != call.turn:
            return None
        lines = calls.inputs(db, sid) if call.turn > 0 else []
        restart, kept = effective(lines)
        context = replace(self.context(db, call.facts), heard=event.heard if call.turn > 0 else None)
        return Turn(context, call, restart, kept, slow=asked_slower(lines))

    def _move(self, turn: Turn, run: Run, event: Event) -> Run | None:
        """Give the event to the script. None where it does not fit what the script waits for."""
        if event.outcome is not None:
            return self._outcome(turn, run, event.outcome)
        gone = turn.call.ended_at is not None and turn.call.ended_by != IDLE
        silent_after_end = gone and (event.heard is None or event.heard.silent)
        if event.heard is None or not isinstance(run.pending, Ask) or silent_after_end:
            return None
        return self._answer(turn, run, run.pending, event.heard, event.note)

    def _answer(self, turn: Turn, run: Run, ask: Ask[Any], heard: Heard, note: dict[str, object]) -> Run:
        question = ask.question
        turn.lines.append(heard_note(question.id, heard, {**note, "grammar": self._pinned.grammar}))
        answer = self.hear(turn.context.facts, ask, heard)
        if answer == Signal("back"):
            swept = turn.call.ended_at is not None  # what stood was written: «назад» cannot cross that
            since = None if swept else last_retractable(turn.kept)
            if since is not None:
                return self._take_back(turn, run, since)
            answer = Signal("back", "saved" if swept or has_written(turn.kept) else "start")
        run.answer(answer)
        return run

    def _take_back(self, turn: Turn, run: Run, since: int) -> Run:
        run.close()
        turn.lines.append(Line("input", "retract", "retract", encode(Retract(since))))
        turn.question_alone = True
        turn.kept = [line for line in turn.kept if line.number < since]
        calls.choose_account(turn.context.db, turn.call.sid, turn.restart_at("").account_id)
        return self._run(turn)

    def _outcome(self, turn: Turn, run: Run, outcome: Outcome) -> Run | None:
        """A transfer ended. The script may not know of it: where an answer could not be saved, telephony made it."""
        db, call = turn.context.db, turn.call
        transfers.end(db, call.sid, call.turn, outcome.kind, turn.context.now)
        if isinstance(run.pending, Transfer) and outcome.kind != "back_to":
            run.outcome(outcome)
            return run
        if outcome.kind == "talked":
            return None
        run.close()
        turn.lines += carry_out(turn.context, run.standing(gone=False))
        return self._restart(turn, turn.restart_at(outcome.flow or outcome.kind))

    def _restart(self, turn: Turn, restart: Restart) -> Run:
        turn.lines.append(Line("input", "restart", f"restart/{restart.flow}", encode(restart)))
        turn.restart, turn.kept = restart, []
        return self._run(turn)

    def _finish(self, turn: Turn, run: Run, event: Event) -> Reply:
        """Write the turn: notes, inputs, reply, transfer; all in the transaction that it ran in."""
        db, call, now = turn.context.db, turn.call, turn.context.now
        reply = self.compose(run, call.turn + 1, question_alone=turn.question_alone)
        lines = turn.lines + [Line("input", *added) for added in run.added]
        event_id = event.id if event.turn == call.turn else "begin"
        if isinstance(run.pending, Transfer):
            self._hand_over(turn.context, call.turn + 1, run.pending)
        if run.left != turn.left:
            lines.append(if_left_note(run.left))
        if call.ended_at is not None or run.pending is None:
            lines += carry_out(turn.context, run.standing(gone=True))
            transfers.end_waiting(db, call.sid, now)
        calls.write_turn(db, call, event_id, lines, to_json(reply), now)
        if run.pending is None and call.ended_at is None:
            calls.end_call(db, call.sid, now, "line")
        run.close()
        return reply

    def _hand_over(self, context: Context, turn: int, transfer: Transfer) -> None:
        summary = summarise(context, self._prompts, transfer)
        transfers.add(context.db, context.sid, turn, transfer.reason, to_json(summary), context.now)
        told = {"reason": transfer.reason, "summary": msgspec.to_builtins(summary)}
        context.notify("transfer", f"transfer/{context.sid}/{turn}", told)

    def _rescue(self, db: Connection, sid: str, event: Event, error: Exception) -> Reply:
        """The second transaction after a failure: what was heard is noted, and an operator gets the call."""
        turn = self._begin(db, sid, event)
        if turn is None:
            return self._present(db, sid)
        turn.lines.append(Line("note", "failure", type(error).__name__, encode({"error": str(error)})))
        if event.heard is not None:
            turn.lines.append(heard_note("", event.heard, event.note))
        if event.outcome is not None:
            transfers.end(db, sid, turn.call.turn, event.outcome.kind, turn.context.now)
        standing, question = self._standing(turn, gone=False)
        turn.lines += standing
        return self._finish(turn, self._restart(turn, turn.restart_at("rescue", question)), event)

    def _leave(self, db: Connection, call: CallRow, at: datetime) -> list[Line]:
        """Carry out what stands for a caller who went away then; notes of it, for the journal."""
        context = replace(self.context(db, call.facts), now=at)
        restart, kept = effective(calls.inputs(db, call.sid))
        turn = Turn(context, call, restart, kept)
        transfers.end_waiting(db, call.sid, context.now)
        return self._standing(turn, gone=True)[0]

    def _standing(self, turn: Turn, *, gone: bool) -> tuple[list[Line], str]:
        """Carry out the `IfLeft` that stood where the journal ends, or where the script no longer fits it.

        Notes of it, and the id of the question that was open.
        """
        run = self.look(turn.context, turn.restart, turn.kept)
        lines: list[Line] = []
        try:
            run.proceed()
        except Exception as error:
            _log.exception("replay_failed", call_sid=turn.call.sid)
            lines.append(Line("note", "failure", type(error).__name__, encode({"error": str(error)})))
            run.left = last_if_left(turn.context) or run.left
        run.close()
        question = run.pending.question.id if isinstance(run.pending, Ask) else ""
        return lines + carry_out(turn.context, run.standing(gone=gone)), question

    def _present(self, db: Connection, sid: str) -> Reply:
        reply = calls.present_reply(db, sid)
        assert reply is not None, f"call {sid} has moved and has no reply"
        return msgspec.json.decode(reply, type=Reply)

    def _facts(self, sid: str, caller: str | None, now: datetime) -> CallFacts:
        return self._schedule().pin(replace(self._pinned, sid=sid, caller=caller, started=now))
