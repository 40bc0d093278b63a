"""Waiting for a person: the queue's loop, the whisper to the operator, and how it ended, in Twilio's words."""

from contextlib import suppress

from twilio.twiml.voice_response import Leave, VoiceResponse

from ivr.dialogue.steps import Outcome
from ivr.flows.closed import DANGER_WAITING
from ivr.language.prompts import Prompts
from ivr.services.queue import Queue
from ivr.store.engine import Unavailable
from ivr.telephony.requests import Webhook
from ivr.telephony.twiml import Voice, queue_url

HOLD_S = 15
"""So long the loop listens between two sentences."""
HOLD_PROMPTS = ("hold_2", "hold_3")

ACCEPT = "1"
"""The key by which a person on duty takes a call; a voicemail presses none."""

_TALKED = frozenset({"bridged", "completed", "answered", "redirected", "redirected-from-bridged"})
_GONE = frozenset({"hangup", "canceled"})


def outcome(ended: str, choice: str) -> Outcome | None:
    """QueueResult or DialCallStatus, and what the caller chose while waiting. None: the caller hung up."""
    if ended in _GONE:
        return None
    if ended in _TALKED:
        return Outcome("talked")
    if ended == "leave" and choice == "call_back":
        return Outcome("call_back")
    if ended == "leave" and choice == "menu":
        return Outcome("back_to", "menu")
    if ended == "leave" and choice == "danger":
        return Outcome("back_to", DANGER_WAITING)
    return Outcome("nobody")


class WaitingRoom:
    """The TwiML of the `waitUrl`: Twilio asks for it again whenever it has run out."""

    def __init__(self, queue: Queue, prompts: Prompts, voice: Voice) -> None:
        self._queue = queue
        self._prompts = prompts
        self._voice = voice

    def wait(self, webhook: Webhook) -> str:
        """One round: a sentence, then keys or words. Works without the database, which only a choice needs."""
        response = VoiceResponse()
        if self._queue.is_danger(webhook.heard):
            self._voice.say(response, [self._prompts.text("danger", {})])
        left_s = self._voice.wait_s(webhook.hurried) - webhook.queue_time
        if self._chosen(webhook) or left_s <= 0:
            response.append(Leave())
            return str(response)
        again = queue_url(webhook.turn, hurried=webhook.hurried)
        gather = self._voice.gather(
            again, "queue", keys=1, timeout_s=min(HOLD_S, left_s), pause_s=1, ask_on_silence=False
        )
        self._voice.say(gather, [self._sentence(webhook)])
        response.append(gather)
        return str(response)

    def whisper(self, sid: str, turn: int) -> str:
        """What the operator hears before the caller is put through."""
        response = VoiceResponse()
        self._voice.say(response, self._told(sid, turn))
        return str(response)

    def screen(self, sid: str, turn: int, keys: str) -> str:
        """What whoever answers a duty number hears. The call is put through after the right key alone."""
        response = VoiceResponse()
        if keys == ACCEPT:
            with suppress(Unavailable):  # the talk goes first, not the note in the log
                self._queue.accepted(sid, turn)
            return str(response)
        if not keys:
            accept = self._prompts.text("duty_accept", {})
            told = [self._prompts.text("duty_urgent", {}), *self._told(sid, turn), accept]
            for texts in (told, [accept]):
                response.append(self._voice.screen(turn, sid, texts))
        response.hangup()
        return str(response)

    def _told(self, sid: str, turn: int) -> list[str]:
        """The summary without name and address, for nobody knows who answered; nothing without the database."""
        try:
            self._queue.enter(sid, turn)
            summary = self._queue.summary(sid, turn)
        except Unavailable:
            return []
        return [text for text in (summary.why, *summary.done, summary.missing) if text] if summary else []

    def _chosen(self, webhook: Webhook) -> bool:
        try:
            self._queue.enter(webhook.sid, webhook.turn)
            leaves = (
                bool(self._voice.duty) and not webhook.hurried
            )  # who waits already for duty goes on waiting
            choice = self._queue.choose(webhook.sid, webhook.turn, webhook.heard, danger_leaves=leaves)
            return choice is not None
        except Unavailable:
            return False

    def _sentence(self, webhook: Webhook) -> str:
        round_ = webhook.queue_time // HOLD_S
        prompt = "hold_1" if round_ == 0 else HOLD_PROMPTS[round_ % len(HOLD_PROMPTS)]
        return self._prompts.text(prompt, {"position": webhook.queue_position})
