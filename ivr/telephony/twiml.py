"""A reply as TwiML: `<Say>` in Russian, `<Gather>` for speech and keys, `<Enqueue>` or `<Dial>` for a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twilio.twiml.voice_response import Dial, Enqueue, Gather, Say, VoiceResponse

from ivr.dialogue.reply import Listen, Reply, Spoken

LANGUAGE = "ru-RU"
SPEECH_MODEL = "phone_call"
MOST_RINGING_S = 600


@dataclass(frozen=True)
class Voice:
    """How TwiML is rendered. `hints` by grammar; with no `operators` callers wait in the queue."""

    say_voice: str
    hints: Mapping[str, str]
    operators: Sequence[str]
    queue: str
    queue_timeout_s: int

    def render(self, sid: str, reply: Reply) -> str:
        """The whole reply; the same reply gives the same text."""
        response = VoiceResponse()
        if reply.listen is not None:
            self._listen(response, reply, reply.listen)
            return str(response)
        self.say(response, (spoken.text for spoken in reply.said), slow=reply.slow)
        if reply.handover is not None:
            self.hand_over(response, sid, reply.turn)
        else:
            response.hangup()
        return str(response)

    def say(self, to: VoiceResponse | Gather, texts: Iterable[str], *, slow: bool = False) -> None:
        """One `<Say>` a sentence."""
        for text in texts:
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

    def hand_over(self, response: VoiceResponse, sid: str, turn: int) -> None:
        """Ring the operators, or let the caller wait in the queue; the outcome is the answer to this turn."""
        action = turn_url(turn)
        if not self.operators:
            response.append(
                Enqueue(
                    self.queue, action=action, method="POST", wait_url=queue_url(turn), wait_url_method="POST"
                )
            )
            return
        ringing = min(self.queue_timeout_s, MOST_RINGING_S)
        dial = Dial(action=action, method="POST", timeout=ringing, answer_on_bridge=True)
        for number in self.operators:
            dial.number(number, url=f"/voice/whisper/{turn}?call={sid}", method="POST")
        response.append(dial)

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


def queue_url(turn: int) -> str:
    """Where the waiting loop of a transfer is."""
    return f"/voice/queue/{turn}"


def _hear_out(said: Sequence[Spoken]) -> tuple[Sequence[Spoken], Sequence[Spoken]]:
    """What is said before the caller may interrupt, and the rest: input during a `<Gather>` stops its prompt."""
    last = max((place for place, spoken in enumerate(said, start=1) if spoken.hear_out), default=0)
    return said[:last], said[last:]
