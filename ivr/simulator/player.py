"""Obeys TwiML, verb by verb, until the line waits for somebody."""

from typing import Literal

from ivr.simulator.dialing import Dialing
from ivr.simulator.number import PhoneNumber
from ivr.simulator.queues import queue_sid
from ivr.simulator.record import Tape
from ivr.simulator.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Pause,
    Play,
    Redirect,
    Reject,
    Say,
    Verb,
)
from ivr.simulator.waiting import Exit, Waiting
from ivr.simulator.webhooks import Document, Webhooks

Where = Literal["listening", "queued", "dialing", "ended"]
Status = Literal["in-progress", "completed", "busy", "no-answer", "failed"]


class Player:
    """The state of a call between two acts. Every method may raise CallFailed."""

    def __init__(self, number: PhoneNumber, webhooks: Webhooks, tape: Tape, sid: str, caller: str) -> None:
        self.status: Status = "in-progress"
        self.talking = False
        self.whispered: list[str] = []
        self.caller = caller
        self._number = number
        self._webhooks = webhooks
        self._tape = tape
        self._sid = sid
        self._document = Document(number.voice_url, ())
        self._next = 0
        self._gather: Gather | None = None
        self._enqueue = Enqueue("")
        self._waiting: Waiting | None = None
        self._dialing: Dialing | None = None
        self._rung_s = 0.0

    @property
    def where(self) -> Where:
        """What the call waits for."""
        if self.status != "in-progress":
            return "ended"
        if self._waiting is not None:
            return "queued"
        return "dialing" if self._dialing is not None else "listening"

    @property
    def gather(self) -> Gather | None:
        """What listens."""
        if self.talking or self.status != "in-progress":
            return None
        return self._waiting.gather if self._waiting is not None else self._gather

    def enter(self, document: Document) -> None:
        """Another document takes over, up to where it waits."""
        self._webhooks.status = "in-progress"
        self._document, self._next = document, 0
        self._run()

    def listen(self) -> None:
        """A queue plays on to its next Gather."""
        if self._waiting is not None and not self.talking:
            self._left(self._waiting.listen())

    def answer(self, fields: dict[str, str] | None) -> None:
        """What the Gather got; None where its action is not asked for, and the next verb runs."""
        gather = self.gather
        assert gather is not None
        if self._waiting is not None:
            self._left(self._waiting.answer(gather, fields))
            return
        self._gather = None
        self._tape.now_s += gather.seconds - (gather.timeout if fields else 0)
        if fields is None:
            self._run()
        else:
            self.enter(self._webhooks.fetch(self._document.link(gather.action), gather.method, fields))

    def wait(self, seconds: float) -> None:
        """In the queue, or while numbers ring."""
        if self._waiting is not None:
            self._left(self._waiting.wait(seconds))
        elif self._dialing is not None:
            self._tape.now_s += seconds
            self._rung_s += seconds
            if self._rung_s >= self._dialing.dial.timeout:
                self.dial_over("no-answer")

    @property
    def ringing(self) -> tuple[str, ...]:
        """The numbers that ring."""
        if self._dialing is None or self.talking:
            return ()
        return tuple(number.number for number in self._dialing.dial.numbers)

    def connect(self, index: int, keys: str | None) -> None:
        """An operator answers. A whisper that hangs up ends the ringing as `completed`, but not bridged."""
        if self._dialing is not None:
            whispered = self._dialing.answer(index, keys)
            self.whispered += whispered
            for text in whispered:
                self._tape.write("system", f"оператору: {text}")
            if not self._dialing.bridged:
                self.dial_over("completed")
                return
        elif self._waiting is not None:
            self._waiting.stop()
            self._number.queues.leave(self._enqueue.queue, self._sid, self._waiting.seconds)
        self.talking = True

    def disconnect(self, talked_s: float) -> None:
        """The talk with the operator is over."""
        self._tape.now_s += talked_s
        if self._dialing is not None:
            self.dial_over("completed", talked_s)
        else:
            self.queue_over("bridged")

    def dial_over(self, status: str, talked_s: float = 0.0) -> None:
        """On to the Dial's action, or to the next verb."""
        assert self._dialing is not None
        dialing, self._dialing, self.talking = self._dialing, None, False
        self._after(dialing.dial, dialing.over(status, talked_s))

    def queue_over(self, result: str) -> None:
        """On to the Enqueue's action, or to the next verb."""
        fields = self._leave_queue(result)
        self._after(self._enqueue, fields)

    def hang_up(self) -> None:
        """The caller is gone; an action is told so, and what it returns is not obeyed (Twilio's rule)."""
        self._webhooks.status = "completed"
        if self._waiting is not None:
            fields = self._leave_queue("bridged" if self.talking else "hangup")
            self._tell(self._enqueue, fields)
        elif self._dialing is not None:
            fields = self._dialing.over("completed" if self.talking else "canceled", 0.0)
            self._tell(self._dialing.dial, fields)
        self.end("completed")

    def end(self, status: Status) -> None:
        """Nothing more is obeyed."""
        if self._waiting is not None:
            self._leave_queue("hangup")
        self.status = status
        self.talking = False
        self._webhooks.status = status
        self._tape.write("system", "конец звонка")

    def _run(self) -> None:
        while self.status == "in-progress" and self._gather is None:
            if self._waiting is not None or self._dialing is not None:
                return
            if self._next >= len(self._document.verbs):
                self.end("completed")
                return
            self._tape.count(self._document.url)
            self._next += 1
            self._obey(self._document.verbs[self._next - 1])

    def _obey(self, verb: Verb) -> None:
        match verb:
            case Say() | Play() | Pause():
                self._speak(verb)
            case Gather():
                for prompt in verb.prompts:
                    self._tape.speak(prompt)
                self._gather = verb
            case Redirect():
                url = self._document.link(verb.url)
                self._document, self._next = self._webhooks.fetch(url, verb.method), 0
            case Hangup() | Leave():
                self.end("completed")
            case Reject():
                self.end("busy" if verb.reason == "busy" else "no-answer")
            case Enqueue():
                self._join(verb)
            case Dial():
                self._ring(verb)

    def _speak(self, verb: Say | Play | Pause) -> None:
        self._tape.speak(verb)
        self._tape.now_s += verb.seconds
        if isinstance(verb, Pause):
            self._number.sleep(verb.seconds)

    def _join(self, verb: Enqueue) -> None:
        self._enqueue = verb
        queues = self._number.queues
        if not queues.join(verb.queue, self._sid):
            self._after(verb, _queue_fields(verb, "queue-full", 0))
            return
        self._tape.write("system", f"очередь {verb.queue}")
        self._waiting = Waiting(verb, self._document, self._webhooks, self._tape, queues, self._sid)
        self._left(self._waiting.start())

    def _ring(self, verb: Dial) -> None:
        self._tape.write("system", f"вызываем {', '.join(number.number for number in verb.numbers)}")
        self._rung_s = 0.0
        self._dialing = Dialing(verb, self._document, self._webhooks, self._sid, self.caller)

    def _left(self, how: Exit | None) -> None:
        """What the queue's loop said of itself."""
        if how == "leave":
            self.queue_over("leave")
        elif how == "hangup":
            self.hang_up()

    def _leave_queue(self, result: str) -> dict[str, str]:
        assert self._waiting is not None
        waited_s, self._waiting = self._waiting.seconds, None
        self._number.queues.leave(self._enqueue.queue, self._sid, waited_s)
        return _queue_fields(self._enqueue, result, waited_s)

    def _after(self, verb: Enqueue | Dial, fields: dict[str, str]) -> None:
        self.talking = False
        self._tape.count(self._document.url)
        if verb.action:
            self.enter(self._webhooks.fetch(self._document.link(verb.action), verb.method, fields))
        else:
            self._run()

    def _tell(self, verb: Enqueue | Dial, fields: dict[str, str]) -> None:
        if verb.action:
            self._webhooks.tell(self._document.link(verb.action), verb.method, fields)


def _queue_fields(verb: Enqueue, result: str, waited_s: float) -> dict[str, str]:
    return {"QueueResult": result, "QueueSid": queue_sid(verb.queue), "QueueTime": str(int(waited_s))}
