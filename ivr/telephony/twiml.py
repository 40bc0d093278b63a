"""A reply as TwiML: `<Say>` in Russian, `<Gather>` for speech and keys, `<Enqueue>` or `<Dial>` for a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twilio.twiml.voice_response import Dial, Enqueue, Gather, Say, VoiceResponse

from ivr.dialogue.reply import Listen, Reply, Spoken
from ivr.flows.closed import URGENT

LANGUAGE = "ru-RU"
SPEECH_MODEL = "phone_call"
MOST_RINGING_S = 600
MOST_NUMBERS = 10
"""In one `<Dial>` (Twilio's rule)."""
DUTY_RINGING_S = 25
"""Short enough for most voicemails not to answer."""
SCREEN_S = 5
"""So long a key is waited for, twice, of whoever answers a duty number."""

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Voice:
    """How TwiML is rendered. `hints` by grammar; with no `operators` callers wait in the queue.

    Where something is urgent, the `duty` numbers ring in turn when no operator came within `urgent_wait_s`.
    """

    say_voice: str
    hints: Mapping[str, str]
    operators: Sequence[str]
    queue: str
    queue_timeout_s: int
    duty: Sequence[str] = ()
    urgent_wait_s: int = 45

    def render(self, sid: str, reply: Reply) -> str:
        """The whole reply; the same reply gives the same text."""
        response = VoiceResponse()
        if reply.listen is not None:
            self._listen(response, reply, reply.listen)
            return str(response)
        self.say(response, (spoken.text for spoken in reply.said), slow=reply.slow)
        if reply.handover is not None:
            urgent, duty_first = reply.handover.reason in URGENT, reply.handover.duty_first
            self.hand_over(response, sid, reply.turn, urgent=urgent, duty_first=duty_first)
        else:
            response.hangup()
        return str(response)

    def say(self, to: VoiceResponse | Gather, texts: Iterable[str], *, slow: bool = False) -> None:
        """One `<Say>` a sentence, without what XML 1.0 forbids: one such sign, and Twilio takes none of it."""
        for text in (_NO_XML.sub("", one) for one in texts):
            if slow:
                said = Say(voice=self.say_voice, language=LANGUAGE)
                said.prosody(text, rate="slow")
                to.append(said)
            else:
                to.say(text, voice=self.say_voice, language=LANGUAGE)

    def gather(
        self,
        action: str,
        grammar: str,
        *,
        keys: int,
        timeout_s: int,
        pause_s: int,
        ask_on_silence: bool = True,
    ) -> Gather:
        """A `<Gather>` of both speech and keys. `ask_on_silence`: the action is asked for even then."""
        options: dict[str, Any] = {"num_digits": keys} if keys else {}
        if hints := self.hints.get(grammar):
            options["hints"] = hints
        return Gather(
            input="dtmf speech", action=action, method="POST", timeout=timeout_s, speech_timeout=pause_s,
            speech_model=SPEECH_MODEL, language=LANGUAGE, profanity_filter=False,
            action_on_empty_result=ask_on_silence, finish_on_key="#", **options,
        )  # fmt: skip

    def hand_over(
        self, response: VoiceResponse, sid: str, turn: int, *, urgent: bool = False, duty_first: bool = False
    ) -> None:
        """Ring the operators, or let the caller wait in the queue; the outcome is the answer to this turn.

        Where something is urgent and somebody is on duty, it first goes to the duty numbers; `duty_first`: to these
        alone. Whoever takes an urgent call presses a key, operators too: a voicemail presses none.
        """
        hurried = urgent and bool(self.duty)
        if hurried and duty_first:
            self.ring_duty(response, sid, turn, 0)
            return
        action = duty_url(turn, 0) if hurried else turn_url(turn)
        if not self.operators:
            wait_url = queue_url(turn, hurried=hurried)
            response.append(
                Enqueue(self.queue, action=action, method="POST", wait_url=wait_url, wait_url_method="POST")
            )
            return
        ringing = min(self.wait_s(hurried), DUTY_RINGING_S if hurried else MOST_RINGING_S)
        url = screen_url(turn, sid) if urgent else f"/voice/whisper/{turn}?call={sid}"
        dial = Dial(action=action, method="POST", timeout=ringing, answer_on_bridge=True)
        for number in self.operators:
            dial.number(number, url=url, method="POST")
        response.append(dial)

    def wait_s(self, hurried: bool) -> int:
        """So long an operator is waited for; `hurried`: duty numbers come next."""
        return min(self.urgent_wait_s, self.queue_timeout_s) if hurried else self.queue_timeout_s

    def ring_duty(self, response: VoiceResponse, sid: str, turn: int, number: int) -> None:
        """Ring one duty number, counted from 0; whoever answers must press a key first."""
        action = duty_url(turn, number + 1)
        dial = Dial(action=action, method="POST", timeout=DUTY_RINGING_S, answer_on_bridge=True)
        dial.number(self.duty[number], url=screen_url(turn, sid), method="POST")
        response.append(dial)

    def screen(self, turn: int, sid: str, texts: Iterable[str]) -> Gather:
        """A `<Gather>` of one key, for the called person's own leg."""
        gather = Gather(
            input="dtmf", action=screen_url(turn, sid), method="POST", timeout=SCREEN_S, num_digits=1,
            finish_on_key="",
        )  # fmt: skip
        self.say(gather, texts)
        return gather

    def _listen(self, response: VoiceResponse, reply: Reply, listen: Listen) -> None:
        first, rest = _hear_out(reply.said)
        self.say(response, (spoken.text for spoken in first), slow=reply.slow)
        action = turn_url(reply.turn)
        gather = self.gather(
            action, listen.grammar, keys=listen.keys, timeout_s=listen.timeout_s, pause_s=listen.pause_s
        )
        self.say(gather, (spoken.text for spoken in rest), slow=reply.slow)
        response.append(gather)
        response.redirect(action, method="POST")


def turn_url(turn: int) -> str:
    """Where the answer to a turn is sent."""
    return f"/voice/turn/{turn}"


def queue_url(turn: int, *, hurried: bool = False) -> str:
    """Where the waiting loop of a transfer is."""
    return f"/voice/queue/{turn}?hurried=1" if hurried else f"/voice/queue/{turn}"


def duty_url(turn: int, number: int) -> str:
    """Where it is told how the ringing before the duty number `number` (from 0) ended."""
    return f"/voice/duty/{turn}/{number}"


def screen_url(turn: int, sid: str) -> str:
    """What whoever answers a duty number hears, and where their key goes."""
    return f"/voice/screen/{turn}?call={sid}"


def _hear_out(said: Sequence[Spoken]) -> tuple[Sequence[Spoken], Sequence[Spoken]]:
    """What is said before the caller may interrupt, and the rest: input during a `<Gather>` stops its prompt."""
    last = max((place for place, spoken in enumerate(said, start=1) if spoken.hear_out), default=0)
    return said[:last], said[last:]
