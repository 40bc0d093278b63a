"""A `<Dial>`: numbers that ring at once, the whisper to who answers, and the callbacks of each leg."""

import uuid

from ivr.simulator.record import CannotAct
from ivr.simulator.verbs import Dial, Number, Say
from ivr.simulator.webhooks import Document, Webhooks

_EVENT_STATUS = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}


def new_call_sid() -> str:
    """`CA` and 32 hexadecimal digits."""
    return "CA" + uuid.uuid4().hex


class Dialing:
    """Each number is a leg, a call of its own: CallSid names the leg, ParentCallSid the caller's call."""

    def __init__(self, dial: Dial, parent: Document, webhooks: Webhooks, sid: str, caller: str) -> None:
        self.dial = dial
        self._parent = parent
        self._webhooks = webhooks
        self._sid = sid
        self._caller = dial.caller_id or caller
        self._legs = [new_call_sid() for _ in dial.numbers]
        self._answered: int | None = None
        for leg in range(len(self._legs)):
            self._tell(leg, "initiated")
            self._tell(leg, "ringing")

    def answer(self, index: int) -> list[str]:
        """The `index`-th number answers; what was whispered to it. Raises CannotAct, CallFailed."""
        if not 0 <= index < len(self.dial.numbers):
            raise CannotAct(f"Номера {index + 1} нет: звонят {len(self.dial.numbers)}.")
        self._answered = index
        self._tell(index, "answered")
        number = self.dial.numbers[index]
        if not number.url:
            return []
        fields = {**self._leg(index), "CallStatus": "in-progress"}
        document = self._webhooks.whisper(self._parent.link(number.url), number.method, fields)
        return [verb.text for verb in document.verbs if isinstance(verb, Say)]

    def over(self, status: str, seconds: float) -> dict[str, str]:
        """All legs have ended; what the Dial's action is told."""
        for leg in range(len(self._legs)):
            lost = "no-answer" if status in {"completed", "canceled"} else status
            ended = status if leg == self._answered or self._answered is None else lost
            self._tell(leg, "completed", ended)
        fields = {"DialCallStatus": status, "DialCallSid": self._legs[self._answered or 0]}
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
