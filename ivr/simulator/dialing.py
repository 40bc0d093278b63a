"""A `<Dial>`: numbers that ring at once, the whisper to who answers, and the callbacks of each leg."""

import uuid

from ivr.simulator.delivery import Trouble
from ivr.simulator.gathering import of_keys, of_silence
from ivr.simulator.record import CallFailed, CannotAct
from ivr.simulator.verbs import Dial, Gather, Hangup, Number, Redirect, Say
from ivr.simulator.webhooks import Document, Webhooks

MOST_VERBS = 50
"""Of one whisper."""

_EVENT_STATUS = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}


def new_call_sid() -> str:
    """`CA` and 32 hexadecimal digits."""
    return "CA" + uuid.uuid4().hex


class Dialing:
    """Each number is a leg, a call of its own: CallSid names the leg, ParentCallSid the caller's call."""

    def __init__(self, dial: Dial, parent: Document, webhooks: Webhooks, sid: str, caller: str) -> None:
        self.dial = dial
        self.bridged = False
        """Whether the whisper put the caller through to who answered."""
        self._parent = parent
        self._webhooks = webhooks
        self._sid = sid
        self._caller = dial.caller_id or caller
        self._legs = [new_call_sid() for _ in dial.numbers]
        self._answered: int | None = None
        for leg in range(len(self._legs)):
            self._tell(leg, "initiated")
            self._tell(leg, "ringing")

    def answer(self, index: int, keys: str | None = None) -> list[str]:
        """The `index`-th number answers; what was whispered to it. `keys`: pressed at the first Gather there.

        Raises CannotAct, CallFailed.
        """
        if not 0 <= index < len(self.dial.numbers):
            raise CannotAct(f"Номера {index + 1} нет: звонят {len(self.dial.numbers)}.")
        self._answered = index
        self._tell(index, "answered")
        self.bridged = True
        return self._whisper(index, keys) if self.dial.numbers[index].url else []

    def _whisper(self, index: int, keys: str | None) -> list[str]:
        """Obeys the whisper; at its end the caller is put through, a Hangup ends this leg alone (Twilio's rule)."""
        number, told = self.dial.numbers[index], list[str]()
        document, place = self._fetch(index, self._parent.link(number.url), number.method, {}), 0
        for _ in range(MOST_VERBS):
            if place == len(document.verbs):
                return told
            verb, place = document.verbs[place], place + 1
            match verb:
                case Say(text):
                    told.append(text)
                case Gather():
                    told += [prompt.text for prompt in verb.prompts if isinstance(prompt, Say)]
                    given, keys = of_keys(verb, keys) if keys else of_silence(verb), None
                    if given is not None:
                        url = document.link(verb.action)
                        document, place = self._fetch(index, url, verb.method, given), 0
                case Redirect():
                    document, place = self._fetch(index, document.link(verb.url), verb.method, {}), 0
                case Hangup():
                    self.bridged = False
                    return told
        raise CallFailed(
            Trouble(0, f"endless TwiML: more than {MOST_VERBS} verbs in a whisper", document.url)
        )

    def _fetch(self, index: int, url: str, method: str, extra: dict[str, str]) -> Document:
        return self._webhooks.whisper(url, method, {**self._leg(index), "CallStatus": "in-progress", **extra})

    def over(self, status: str, seconds: float) -> dict[str, str]:
        """All legs have ended; what the Dial's action is told."""
        for leg in range(len(self._legs)):
            lost = "no-answer" if status in {"completed", "canceled"} else status
            ended = status if leg == self._answered or self._answered is None else lost
            self._tell(leg, "completed", ended)
        bridged = "true" if status == "completed" and self.bridged else "false"
        fields = {
            "DialCallStatus": status,
            "DialCallSid": self._legs[self._answered or 0],
            "DialBridged": bridged,
        }
        return {**fields, "DialCallDuration": str(round(seconds))} if status == "completed" else fields

    def _leg(self, index: int) -> dict[str, str]:
        number: Number = self.dial.numbers[index]
        return {
            "CallSid": self._legs[index],
            "ParentCallSid": self._sid,
            "Direction": "outbound-dial",
            "From": self._caller,
            "Caller": self._caller,
            "To": number.number,
            "Called": number.number,
        }

    def _tell(self, index: int, event: str, status: str = "") -> None:
        number = self.dial.numbers[index]
        if number.status_callback and event in number.status_callback_event:
            fields = {**self._leg(index), "CallStatus": status or _EVENT_STATUS[event]}
            url = self._parent.link(number.status_callback)
            self._webhooks.tell(url, number.status_callback_method, fields)
