"""The phone of a conversation at depth one: the service alone, no telephony between."""

from ivr.services import queue
from ivr.services.calls import Calls
from ivr.simulator.record import CannotAct
from tests.support.caller import Caller

CHOSEN = {"call_back": ("call_back", ""), "menu": ("back_to", "menu")}


class FlowPhone:
    """Events straight into `Calls.advance`; the queue's waiting room is played by its rules."""

    def __init__(self, calls: Calls, queue_timeout_s: float) -> None:
        self._calls = calls
        self._queue_timeout_s = queue_timeout_s
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

    def operator_hangs_up(self) -> None:
        self._talking = False
        self._caller.outcome("talked")

    def no_answer(self) -> None:
        self._caller.outcome("nobody")

    def wait(self, seconds: float) -> None:
        if self.transferred and seconds >= self._queue_timeout_s:
            self._caller.outcome("nobody")

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
