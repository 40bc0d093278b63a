"""One caller's wait in a queue: the `waitUrl` loop in virtual time."""

from typing import Literal

from ivr.simulator.gathering import of_silence
from ivr.simulator.queues import Queues
from ivr.simulator.record import Tape
from ivr.simulator.verbs import Enqueue, Gather, Hangup, Leave, Pause, Play, Redirect, Say
from ivr.simulator.webhooks import Document, Webhooks

Exit = Literal["leave", "hangup"]
"""How the loop itself ended the wait."""


class Waiting:
    """Twilio asks for the `waitUrl` again whenever its document has run out (Twilio's rule)."""

    def __init__(
        self, enqueue: Enqueue, parent: Document, webhooks: Webhooks, tape: Tape, queues: Queues, sid: str
    ) -> None:
        self.gather: Gather | None = None
        self._enqueue = enqueue
        self._wait_url = parent.link(enqueue.wait_url) if enqueue.wait_url else ""
        self._webhooks = webhooks
        self._tape = tape
        self._queues = queues
        self._sid = sid
        self._since_s = tape.now_s
        self._stopped_s: float | None = None
        self._busy_until_s = tape.now_s
        self._document = Document(self._wait_url, ())
        self._next = 0

    @property
    def seconds(self) -> float:
        """In the queue, so far or until it stopped."""
        return (self._tape.now_s if self._stopped_s is None else self._stopped_s) - self._since_s

    def stop(self) -> None:
        """An operator took the call: the wait is over, its length stands."""
        self._stopped_s = self._tape.now_s

    def start(self) -> Exit | None:
        """The first round of the loop, up to where it listens."""
        if not self._wait_url:
            return None
        self._again()
        return self.settle()

    def settle(self) -> Exit | None:
        """Plays on to the next Gather, or to the end of the round where there is none; time passes."""
        start_s = self._busy_until_s
        while self.gather is None and not self._round_over(start_s):
            if (left := self._step()) is not None:
                return left
        return None

    def listen(self) -> Exit | None:
        """Plays on to the next Gather, into one more round if there is none left in this."""
        left = self.settle()
        if left is None and self.gather is None and self._wait_url:
            left = self._step() or self.settle()
        return left

    def wait(self, seconds: float) -> Exit | None:
        """Exactly so long, unless the loop ends the wait before."""
        until_s = self._tape.now_s + seconds
        while self._wait_url and self._busy_until_s <= until_s:
            if (left := self._step()) is not None:
                return left
        self._tape.now_s = until_s
        return None

    def answer(self, gather: Gather, fields: dict[str, str] | None) -> Exit | None:
        """What the caller gave to the Gather; None lets its time run out."""
        if fields is None:
            left = self._step()
        else:
            left = None
            self.gather = None
            self._pass_to(max(self._tape.now_s, self._busy_until_s - gather.timeout))
            self._busy_until_s = self._tape.now_s
            self._load(self._document.link(gather.action), gather.method, fields)
        return left or self.settle()

    def _round_over(self, start_s: float) -> bool:
        """At the document's end, or at a Redirect after something was played."""
        if self._next >= len(self._document.verbs):
            return True
        return isinstance(self._document.verbs[self._next], Redirect) and self._busy_until_s > start_s

    def _step(self) -> Exit | None:
        """What comes when the present verb has ended: that moment is now."""
        self._pass_to(self._busy_until_s)
        gather, self.gather = self.gather, None
        if gather is not None and (fields := of_silence(gather)) is not None:
            self._load(self._document.link(gather.action), gather.method, fields)
        elif self._next >= len(self._document.verbs):
            self._again()
        else:
            return self._obey()
        return None

    def _obey(self) -> Exit | None:
        self._tape.count(self._document.url)
        verb = self._document.verbs[self._next]
        self._next += 1
        match verb:
            case Say() | Play() | Pause():
                self._tape.speak(verb)
                self._busy_until_s += verb.seconds
            case Gather():
                for prompt in verb.prompts:
                    self._tape.speak(prompt)
                self.gather = verb
                self._busy_until_s += verb.seconds
            case Redirect():
                self._load(self._document.link(verb.url), verb.method, {})
            case Leave():
                return "leave"
            case Hangup():
                return "hangup"
        return None

    def _again(self) -> None:
        self._load(self._wait_url, self._enqueue.wait_url_method, {})

    def _load(self, url: str, method: str, extra: dict[str, str]) -> None:
        self._tape.count(url)
        fields = self._queues.fields(self._enqueue.queue, self._sid, self.seconds)
        self._document = self._webhooks.fetch(url, method, {**fields, **extra}, "queue")
        self._next = 0

    def _pass_to(self, moment_s: float) -> None:
        if moment_s > self._tape.now_s:
            self._tape.now_s = moment_s
            self._tape.waited()
