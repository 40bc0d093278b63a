"""A call of the Twilio double as the phone of a conversation."""

from ivr.simulator.call import Call
from ivr.simulator.double import TwilioDouble
from ivr.simulator.record import CannotAct


class TalkPhone:
    """A call of the Twilio double as a Phone."""

    def __init__(self, double: TwilioDouble, *, strict: bool = True) -> None:
        """`strict`: webhooks that fail are a CannotAct, even where the fallback saved the call."""
        self._double = double
        self._strict = strict
        self._call: Call | None = None

    @property
    def call(self) -> Call:
        """The call behind. Raises CannotAct before `dial`."""
        if self._call is None:
            raise CannotAct("Сначала нужно позвонить.")
        return self._call

    @property
    def heard(self) -> str:
        """All that the phone said since the last act."""
        return self.call.heard

    @property
    def ended(self) -> bool:
        """The call is over."""
        return self.call.where == "ended"

    @property
    def transferred(self) -> bool:
        """In the queue, being dialled, or talking with an operator."""
        return self.call.where in {"queued", "dialing"}

    @property
    def ringing(self) -> tuple[str, ...]:
        """The numbers that ring now."""
        return self.call.ringing

    def dial(self, from_number: str | None) -> None:
        """Raises CannotAct where the line fails, as all acts do."""
        self._call = self._double.dial(from_number)
        self._sound()

    def say(self, text: str) -> None:
        """Speech."""
        self.call.say(text)
        self._sound()

    def press(self, keys: str) -> None:
        """Keys."""
        self.call.press(keys)
        self._sound()

    def silence(self) -> None:
        """No answer until the time is over."""
        self.call.silence()
        self._sound()

    def hang_up(self) -> None:
        """The caller goes away."""
        self.call.hang_up()
        self._sound()

    def answer(self) -> None:
        """An operator takes the call."""
        self.call.answer()
        self._sound()

    def voicemail(self) -> None:
        """A machine answers the ringing."""
        self.call.voicemail()
        self._sound()

    def operator_hangs_up(self) -> None:
        """The talk is over."""
        self.call.operator_hangs_up()
        self._sound()

    def no_answer(self) -> None:
        """The ringing ends in vain."""
        self.call.no_answer()
        self._sound()

    def wait(self, seconds: float) -> None:
        """In the queue."""
        self.call.wait(seconds)
        self._sound()

    def _sound(self) -> None:
        if self.call.status == "failed" or (self._strict and self.call.errors):
            raise CannotAct(f"линия без сбоев, а Twilio сообщает: {self.call.errors[-1]}")
