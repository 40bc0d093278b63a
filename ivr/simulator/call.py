"""One call: the caller's and the operators' acts, and the line's TwiML obeyed between them."""

from collections.abc import Iterator
from contextlib import contextmanager

from ivr.simulator.delivery import Exchange, Trouble
from ivr.simulator.dialing import new_call_sid
from ivr.simulator.gathering import of_keys, of_silence, of_speech
from ivr.simulator.number import ANONYMOUS, PhoneNumber
from ivr.simulator.player import Player, Status, Where
from ivr.simulator.record import CallFailed, CannotAct, Line, Tape
from ivr.simulator.verbs import Gather
from ivr.simulator.webhooks import Webhooks

ACCEPT = "1"
"""What a person presses who wants a call that is announced to them."""
TALK_S = 60.0
"""How long a talk with an operator lasts, when nobody says."""


class Call:
    """Made by `TwilioDouble.dial`. Each act plays on to where the line waits again.

    Acts raise CannotAct where the call is elsewhere; a line that fails ends the call (`status`, `errors`).
    Time is virtual. One call belongs to one thread.
    """

    def __init__(self, number: PhoneNumber, from_number: str | None, to: str) -> None:
        caller = from_number or ANONYMOUS
        self.sid = new_call_sid()
        fields = {"CallSid": self.sid, "AccountSid": number.account_sid, "ApiVersion": "2010-04-01"}
        fields |= {"From": caller, "To": to, "Caller": caller, "Called": to, "Direction": "inbound"}
        self._status_url = number.status_url
        self._tape = Tape(number.most_verbs)
        self._webhooks = Webhooks(number.delivery, fields, number.fallback_url)
        self._player = Player(number, self._webhooks, self._tape, self.sid, caller)
        self._told = 0

    def start(self, voice_url: str) -> None:
        """The first webhook, once."""
        shown = "скрыт" if self._player.caller == ANONYMOUS else self._player.caller
        with self._act(f"звонок, номер {shown}"):
            self._player.enter(self._webhooks.fetch(voice_url, "POST"))

    @property
    def status(self) -> Status:
        """`failed`: neither the line nor its fallback gave TwiML."""
        return self._player.status

    @property
    def where(self) -> Where:
        """What the call waits for; while the caller talks with an operator, where the operator came from."""
        return self._player.where

    @property
    def talking(self) -> bool:
        """With an operator."""
        return self._player.talking

    @property
    def ringing(self) -> tuple[str, ...]:
        """The numbers that ring now."""
        return self._player.ringing

    @property
    def gather(self) -> Gather | None:
        """What listens, in the queue too."""
        return self._player.gather

    @property
    def transcript(self) -> list[Line]:
        """All lines so far."""
        return self._tape.lines

    @property
    def heard(self) -> str:
        """All that the phone said since the last act, joined by spaces."""
        return self._tape.heard

    @property
    def whispered(self) -> list[str]:
        """What operators heard before the caller was put through."""
        return self._player.whispered

    @property
    def requests(self) -> list[Exchange]:
        """All webhooks of the call, in order, redirects, fallbacks and callbacks too."""
        return self._webhooks.requests

    @property
    def errors(self) -> list[Trouble]:
        """All that Twilio's debugger would show, also what the fallback then saved."""
        return self._webhooks.troubles

    @property
    def seconds(self) -> float:
        """Virtual time since the call began."""
        return self._tape.now_s

    def say(self, text: str, confidence: float | None = 0.9) -> None:
        """Speech, as the recogniser wrote it; `confidence` 0..1, None where there is none."""
        gather = self._listening()
        with self._act(text, caller=True):
            self._player.answer(of_speech(gather, text, confidence))

    def press(self, keys: str) -> None:
        """Keys `0-9*#`, one after another without a pause."""
        gather = self._listening()
        fields = of_keys(gather, keys)
        with self._act(f"#{keys}", caller=True):
            self._player.answer(fields)

    def silence(self) -> None:
        """Nothing, until the Gather's time is over."""
        gather = self._listening()
        with self._act("…", caller=True):
            self._player.answer(of_silence(gather))

    def hang_up(self) -> None:
        """A Gather asks for nothing more; a queue and a Dial ask for their action, CallStatus=completed."""
        if self.where == "ended":
            raise CannotAct("Звонок уже закончен.")
        with self._act("кладёт трубку", caller=True):
            self._player.hang_up()

    def wait(self, seconds: float) -> None:
        """In the queue, or while numbers ring: a Dial's timeout may run out."""
        if self.where not in {"queued", "dialing"} or self.talking:
            raise CannotAct("Ждать можно в очереди или пока вызывают оператора.")
        with self._act(f"проходит {seconds:g} с"):
            self._player.wait(seconds)

    def answer(self, index: int = 0, keys: str = ACCEPT) -> None:
        """An operator takes the call: out of the queue, or as the `index`-th number of the Dial.

        `keys`: what they press where the whisper asks for keys.
        """
        if self.where not in {"queued", "dialing"} or self.talking:
            raise CannotAct("Оператору нечего принимать: звонок не в очереди и не вызывает.")
        with self._act("оператор отвечает"):
            self._player.connect(index, keys)

    def voicemail(self, index: int = 0) -> None:
        """A machine answers as the `index`-th number of the Dial: it listens to everything and presses nothing."""
        if self.where != "dialing" or self.talking:
            raise CannotAct("Автоответчику нечего принимать: сейчас никого не вызывают.")
        with self._act("отвечает автоответчик"):
            self._player.connect(index, None)

    def operator_hangs_up(self, talked_s: float = TALK_S) -> None:
        """After a talk of so long; the action's TwiML goes on."""
        if not self.talking:
            raise CannotAct("Оператор не говорит с абонентом.")
        with self._act("оператор кладёт трубку"):
            self._player.disconnect(talked_s)

    def no_answer(self, status: str = "no-answer") -> None:
        """The Dial ends in vain: `no-answer`, `busy` or `failed`."""
        if self.where != "dialing" or self.talking:
            raise CannotAct("Оператора сейчас не вызывают.")
        with self._act(f"оператор не отвечает ({status})"):
            self._player.dial_over(status)

    def queue_breaks(self) -> None:
        """Twilio's own failure: QueueResult=system-error."""
        if self.where != "queued" or self.talking:
            raise CannotAct("Звонок не в очереди.")
        with self._act("очередь отказала"):
            self._player.queue_over("system-error")

    def repeat(self, index: int = -1) -> Exchange:
        """The same webhook once more, byte for byte; the call does not notice. Raises IndexError."""
        return self._webhooks.again(index)

    def send_late(self, index: int) -> Exchange:
        """An old webhook that comes now."""
        return self.repeat(index)

    def status_callback(self, status: str) -> Exchange:
        """A status callback at any moment. Raises CannotAct where the number has no URL for them."""
        if self._status_url is None:
            raise CannotAct("У номера нет адреса для статусов.")
        self._told += 1
        return self._webhooks.tell_status(self._status_url, status, self.seconds, self._told - 1)

    def _listening(self) -> Gather:
        """The Gather; a queue plays on to its next one. Raises CannotAct."""
        with self._failing():
            self._player.listen()
        if self.gather is None:
            raise CannotAct("Линия сейчас не слушает.")
        return self.gather

    @contextmanager
    def _act(self, text: str, caller: bool = False) -> Iterator[None]:
        self._tape.act("caller" if caller else "system", text)
        with self._failing():
            yield

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """A line that fails ends the call; every end is told to the status URL."""
        running = self.status == "in-progress"
        try:
            yield
        except CallFailed as failure:
            if failure.trouble not in self.errors:
                self.errors.append(failure.trouble)
            self._tape.write("system", f"сбой линии: {failure.trouble}")
            self._player.end("failed")
        if running and self.status != "in-progress" and self._status_url is not None:
            self.status_callback(self.status)
