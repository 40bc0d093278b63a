"""The phone of a conversation at depth one: the service alone, no telephony between."""

from ivr.flows.closed import URGENT
from ivr.services import queue
from ivr.services.calls import Calls
from ivr.settings import Settings
from ivr.simulator.record import CannotAct
from tests.support.caller import Caller

DUTY_RINGING_S = 25
CHOSEN = {"call_back": ("call_back", ""), "menu": ("back_to", "menu")}


class FlowPhone:
    """Events straight into `Calls.advance`; waiting room and duty numbers are played by their rules."""

    def __init__(self, calls: Calls, settings: Settings) -> None:
        self._calls = calls
        self._settings = settings
        self._tried = 0
        self._caller = Caller(calls)
        self._over = False
        self._talking = False

    @property
    def sid(self) -> str:
        return self._caller.sid

    @property
    def heard(self) -> str:
        return "" if self._talking else self._caller.reply.text

    @property
    def ended(self) -> bool:
        reply = self._caller.reply
        return self._over or (reply.listen is None and reply.handover is None)

    @property
    def transferred(self) -> bool:
        return not self._over and self._caller.reply.handover is not None

    @property
    def ringing(self) -> tuple[str, ...]:
        if not self.transferred or self._talking:
            return ()
        return self._duty[self._tried - 1 : self._tried] if self._tried else self._settings.operators

    def dial(self, from_number: str | None) -> None:
        self._caller.number = from_number
        self._caller.dial()

    def say(self, text: str) -> None:
        if not self._choose(lambda ears: queue.understand(ears, self._caller.heard_of(text))):
            self._listening()
            self._caller.say(text)

    def press(self, keys: str) -> None:
        if not self._choose(lambda _: queue.KEYS.get(keys)):
            most = self._listening()
            self._caller.press(keys[:most] if most else keys.rstrip("#"))

    def silence(self) -> None:
        self._listening()
        self._caller.silence()

    def hang_up(self) -> None:
        self._caller.hang_up()
        self._over = True

    def answer(self) -> None:
        if not self.transferred:
            raise CannotAct("Оператору нечего принимать.")
        self._talking = True

    def voicemail(self) -> None:
        if not self._tried:
            raise CannotAct("Автоответчику нечего принимать.")
        self.no_answer()

    def operator_hangs_up(self) -> None:
        self._talking, self._tried = False, 0
        self._caller.outcome("talked")

    def no_answer(self) -> None:
        """The next duty number rings, if there is one."""
        self._tried += 1
        if self._tried > len(self._duty):
            self._tried = 0
            self._caller.outcome("nobody")

    def wait(self, seconds: float) -> None:
        waited = self._settings.urgent_wait if self._duty else self._settings.queue_timeout
        if self.transferred and seconds >= (DUTY_RINGING_S if self._tried else waited):
            self.no_answer()

    @property
    def _duty(self) -> tuple[str, ...]:
        handover = self._caller.reply.handover
        return self._settings.duty if handover is not None and handover.reason in URGENT else ()

    def _choose(self, understand) -> bool:
        if not self.transferred:
            return False
        choice = understand(self._calls.ears)
        if choice is not None:
            self._caller.outcome(*CHOSEN[choice])
        return True

    def _listening(self) -> int:
        """How many keys end the answer at once; the rest are lost, as at a Gather."""
        listen = self._caller.reply.listen
        if listen is None or self._over:
            raise CannotAct("Линия сейчас не слушает.")
        return listen.keys
