"""What happened in a call: lines of a transcript, and the errors that its acts raise."""

from dataclasses import dataclass
from typing import Literal

from ivr.simulator.delivery import Trouble
from ivr.simulator.verbs import Play, Prompt, Say

Who = Literal["phone", "caller", "system"]


@dataclass(frozen=True)
class Line:
    """`phone`: what the line said; `caller`: what it was told; `system`: all else, in Russian."""

    who: Who
    text: str


class CannotAct(RuntimeError):
    """The call is not where this can be done; the message is Russian."""


class CallFailed(Exception):
    """Neither the webhook nor its fallback gave TwiML; ends the call."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class Tape:
    """The transcript of a call, its virtual clock, and a guard against TwiML that never ends."""

    def __init__(self, most_verbs: int) -> None:
        self.lines: list[Line] = []
        self.now_s = 0.0
        self._since = 0
        self._verbs = 0
        self._most_verbs = most_verbs

    @property
    def heard(self) -> str:
        """All that the phone said since the caller's last act."""
        return " ".join(line.text for line in self.lines[self._since :] if line.who == "phone")

    def write(self, who: Who, text: str) -> None:
        """One line more."""
        self.lines.append(Line(who, text))

    def act(self, who: Who = "system", text: str = "") -> None:
        """Somebody acts: what is heard begins anew."""
        if text:
            self.write(who, text)
        self._since = len(self.lines)
        self.waited()

    def speak(self, prompt: Prompt) -> None:
        """The words of a prompt; the clock is the caller's to move."""
        if isinstance(prompt, Say):
            self.write("phone", prompt.text)
        elif isinstance(prompt, Play):
            self.write("phone", f"♪ {prompt.url}")

    def waited(self) -> None:
        """Time was given to the caller or to the queue: the count of verbs begins anew."""
        self._verbs = 0

    def count(self, url: str) -> None:
        """One verb more. Raises CallFailed after too many without a wait."""
        self._verbs += 1
        if self._verbs > self._most_verbs:
            message = f"endless TwiML: more than {self._most_verbs} verbs without a wait"
            raise CallFailed(Trouble(0, message, url))
