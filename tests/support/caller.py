"""A caller who speaks to the dialogue itself: the service alone, with no telephony between."""

import itertools
from dataclasses import dataclass, field

from ivr.dialogue.reply import Reply
from ivr.dialogue.steps import Heard, Outcome
from ivr.services.calls import Calls
from ivr.services.turn import Event

_numbers = itertools.count(1)


@dataclass
class Caller:
    """One call. Each method is an event; `reply` is what came last."""

    calls: Calls
    number: str | None = "+79161234501"
    sid: str = field(default_factory=lambda: f"CA{next(_numbers):032x}")
    reply: Reply = Reply(0, ())  # noqa: RUF009  frozen

    def dial(self) -> Reply:
        return self.send(Event(0, "turn/0", caller=self.number))

    def say(self, *alternatives: str) -> Reply:
        return self.send(self.event(Heard(alternatives)))

    def press(self, keys: str) -> Reply:
        return self.send(self.event(Heard((), keys)))

    def silence(self) -> Reply:
        return self.send(self.event(Heard()))

    def outcome(self, kind: str, flow: str = "") -> Reply:
        turn = self.reply.turn
        return self.send(Event(turn, f"turn/{turn}", outcome=Outcome(kind, flow), caller=self.number))

    def hang_up(self) -> None:
        self.calls.hang_up(self.sid, "completed")

    @staticmethod
    def heard_of(text: str) -> Heard:
        return Heard((text,))

    def event(self, heard: Heard) -> Event:
        turn = self.reply.turn
        return Event(turn, f"turn/{turn}", heard, caller=self.number)

    def send(self, event: Event) -> Reply:
        self.reply = self.calls.advance(self.sid, event)
        return self.reply

    def talk(self, *words: str) -> Reply:
        """Several utterances; `#1` are keys, an empty one is silence."""
        self.dial()
        for word in words:
            if word.startswith("#"):
                self.press(word[1:])
            elif word:
                self.say(word)
            else:
                self.silence()
        return self.reply

    @property
    def prompts(self) -> list[str]:
        """Ids of what was said last."""
        return [spoken.prompt for spoken in self.reply.said]

    @property
    def asked(self) -> str:
        """The pending question, without what it is about."""
        assert self.reply.listen is not None, self.reply
        return self.reply.listen.question.partition("/")[0]
