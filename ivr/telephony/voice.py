"""The webhooks of a call: signed requests in, TwiML out, never silence."""

import time
from dataclasses import dataclass, replace

import structlog
from flask import Blueprint, Response, abort, request
from twilio.twiml.voice_response import Leave, VoiceResponse
from werkzeug.exceptions import HTTPException

from ivr.dialogue.steps import Heard, Outcome
from ivr.flows.closed import DANGER_NOBODY
from ivr.language.prompts import Prompts
from ivr.services.calls import Calls
from ivr.services.queue import Queue
from ivr.services.turn import Event
from ivr.store.engine import Unavailable
from ivr.telephony.held import PATIENCE_S, Held, Sealer
from ivr.telephony.requests import FINAL, INCOMING, Webhook, read, read_fallback
from ivr.telephony.signature import Signatures, raw_target
from ivr.telephony.transfer import WaitingRoom, outcome
from ivr.telephony.twiml import Voice, turn_url

_log = structlog.get_logger(__name__)

MOST_HELD = 2000
"""Letters of an utterance that ride in a URL; gunicorn takes 8,190 bytes of it, and no answer is as long."""
RETRY_PAUSE_S = 3
"""Between two tries of a turn that the database could not take."""


@dataclass(frozen=True)
class Desk:
    """All that the webhooks need."""

    calls: Calls
    queue: Queue
    waiting: WaitingRoom
    voice: Voice
    prompts: Prompts
    signatures: Signatures
    sealer: Sealer

    def turn(self, webhook: Webhook) -> str:
        """Any webhook that answers a turn, or begins a call."""
        held = self._held(webhook)
        try:
            event = self._event(webhook, held)
            if event is None:
                self.calls.hang_up(webhook.sid, "hangup")
                return str(VoiceResponse())
            return self.voice.render(webhook.sid, self.calls.advance(webhook.sid, event))
        except Unavailable as error:
            _log.warning("database_away", call_sid=webhook.sid, turn=webhook.turn, error=str(error))
            return self._hold(webhook, held)

    def duty(self, webhook: Webhook) -> str:
        """How the operators, or the duty number before this one, ended: the next one rings, or the turn is over.

        It keeps nothing: the URL names the number, so a repeat rings the same one. It works without the database.
        """
        number = webhook.duty or 0
        if number >= len(self.voice.duty) or not self._in_vain(webhook):
            return self.turn(webhook)
        response = VoiceResponse()
        self.voice.ring_duty(response, webhook.sid, webhook.turn, number)
        return str(response)

    def _in_vain(self, webhook: Webhook) -> bool:
        """Whether nobody took the call, and the caller still waits for somebody."""
        ended = webhook.transfer_ended or ""
        try:
            choice = self.queue.choice(webhook.sid, webhook.turn) if ended == "leave" else ""
        except Unavailable:
            choice = ""  # it could not have been written either
        return bool(ended) and outcome(ended, choice) == Outcome("nobody")

    def status(self, webhook: Webhook) -> None:
        """A status callback; it comes in any order and more than once. Raises Unavailable."""
        status = webhook.form.get("CallStatus", "")
        told = {
            name: webhook.form[name] for name in ("CallDuration", "SequenceNumber") if name in webhook.form
        }
        if status in FINAL:
            self.calls.hang_up(webhook.sid, status, {**told})
        else:
            self.calls.note(webhook.sid, "status", status[:32], {**told})

    def last_resort(self, path: str, webhook: Webhook | None) -> str:
        """Nothing works: a sentence and an operator, with no database. Who waits leaves the queue with an outcome."""
        response = VoiceResponse()
        if path.startswith("/voice/whisper/"):
            return str(response)
        if path.startswith("/voice/screen/"):
            response.hangup()  # a voicemail may have answered: the next number rings
            return str(response)
        if path.startswith("/voice/queue/"):
            response.append(Leave())
            return str(response)
        danger = webhook is not None and self._is_danger(webhook)
        prompts = ("danger",) * danger + ("rescue", "operator_connecting")
        self.voice.say(response, [self.prompts.text(prompt, {}) for prompt in prompts])
        if webhook is not None:
            self.voice.hand_over(response, webhook.sid, max(webhook.turn, INCOMING), urgent=danger)
        return str(response)

    def _is_danger(self, webhook: Webhook) -> bool:
        """Whether danger was heard; what crashed may be just that, and then it is not known."""
        try:
            return self.queue.is_danger(self._held(webhook).heard)
        except Exception:
            _log.exception("danger_unclear", call_sid=webhook.sid)
            return False

    def _held(self, webhook: Webhook) -> Held:
        """What this webhook brought, or what an earlier try of it brought and could not be written."""
        if webhook.held and (held := self.sealer.open(webhook.held)) is not None:
            return held
        urgent = webhook.duty is not None
        return Held(time.time(), webhook.heard, webhook.transfer_ended or "", webhook.note, urgent)

    def _event(self, webhook: Webhook, held: Held) -> Event | None:
        """None: the caller hung up while waiting."""
        id = f"turn/{webhook.turn}"
        if not held.transfer_ended:
            return Event(webhook.turn, id, held.heard, None, webhook.caller, held.note)
        choice = self.queue.choice(webhook.sid, webhook.turn) if held.transfer_ended == "leave" else ""
        how: Outcome | None = outcome(held.transfer_ended, choice)
        if how == Outcome("nobody") and held.urgent:
            how = Outcome(
                "nobody", DANGER_NOBODY
            )  # for a script that knows of no transfer: a danger not written
        return None if how is None else Event(webhook.turn, id, None, how, webhook.caller)

    def _hold(self, webhook: Webhook, held: Held) -> str:
        """«Минуту, записываю» and the same turn again; after half a minute it is said that nothing was saved.

        Danger waits for no database: 112, and people are rung at once.
        """
        response = VoiceResponse()
        turn = max(webhook.turn, INCOMING)
        if self.queue.is_danger(held.heard):
            prompts = ("danger", "not_saved")
            self.voice.say(response, [self.prompts.text(prompt, {}) for prompt in prompts])
            self.voice.hand_over(response, webhook.sid, turn, urgent=True)
            return str(response)
        if time.time() - held.since < PATIENCE_S:
            if not webhook.held:
                self.voice.say(response, [self.prompts.text("writing", {})])
            response.pause(length=RETRY_PAUSE_S)
            kept = replace(held, heard=_short(held.heard))
            response.redirect(f"{turn_url(turn)}?held={self.sealer.seal(kept)}", method="POST")
            return str(response)
        self.voice.say(response, [self.prompts.text("not_saved", {})])
        self.voice.hand_over(response, webhook.sid, turn)
        return str(response)


def _short(heard: Heard) -> Heard:
    return replace(heard, alternatives=tuple(text[:MOST_HELD] for text in heard.alternatives))


def blueprint(desk: Desk) -> Blueprint:
    """All routes under `/voice`."""
    voice = Blueprint("voice", __name__, url_prefix="/voice")
    _guard(voice, desk)
    _turns(voice, desk)
    _callbacks(voice, desk)
    return voice


def _guard(voice: Blueprint, desk: Desk) -> None:
    """Nothing unsigned comes in, and no failure goes out."""

    @voice.before_request
    def signed() -> None:
        if not desk.signatures.valid(request):
            _log.warning("forged", target=raw_target(request)[:200], remote=request.remote_addr)
            abort(403)

    @voice.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        _log.exception("webhook_failed", path=request.path, call_sid=request.form.get("CallSid"))
        turn = (request.view_args or {}).get("turn", INCOMING)
        return _twiml(desk.last_resort(request.path, read(request, turn)))


def _turns(voice: Blueprint, desk: Desk) -> None:
    @voice.post("/incoming")
    def incoming() -> Response:
        return _twiml(desk.turn(_named(INCOMING)))

    @voice.post("/turn/<int:turn>")
    def turn(turn: int) -> Response:
        return _twiml(desk.turn(_named(turn)))

    @voice.post("/queue/<int:turn>")
    def queue(turn: int) -> Response:
        return _twiml(desk.waiting.wait(_named(turn)))

    @voice.post("/whisper/<int:turn>")
    def whisper(turn: int) -> Response:
        return _twiml(desk.waiting.whisper(request.args.get("call", ""), turn))

    @voice.post("/duty/<int:turn>/<int:number>")
    def duty(turn: int, number: int) -> Response:
        return _twiml(desk.duty(_named(turn, number)))

    @voice.post("/screen/<int:turn>")
    def screen(turn: int) -> Response:
        keys = _named(turn).heard.keys
        return _twiml(desk.waiting.screen(request.args.get("call", ""), turn, keys))


def _callbacks(voice: Blueprint, desk: Desk) -> None:
    @voice.post("/status")
    def status() -> Response:
        try:
            desk.status(_named(INCOMING))
        except Unavailable as error:
            _log.warning("database_away", call_sid=request.form.get("CallSid"), error=str(error))
            return Response(status=503)  # the sweep will end the call
        return Response(status=204)

    @voice.post("/fallback")
    def fallback() -> Response:
        found = read_fallback(request)
        if found is None:
            abort(400)
        what, webhook = found
        _log.warning("fallback", call_sid=webhook.sid, turn=webhook.turn, error=request.form.get("ErrorCode"))
        if what == "whisper":
            return _twiml(str(VoiceResponse()))  # the operator's leg: put through without a word
        if what == "screen":
            return _twiml(desk.waiting.screen(webhook.sid, webhook.turn, webhook.heard.keys))
        if what == "duty":
            return _twiml(desk.duty(webhook))
        return _twiml(desk.waiting.wait(webhook) if what == "queue" else desk.turn(webhook))


def _named(turn: int, duty: int | None = None) -> Webhook:
    webhook = read(request, turn, duty)
    if webhook is None:
        abort(400)
    return webhook


def _twiml(text: str) -> Response:
    return Response(text, mimetype="text/xml")
