"""TwiML as values: one frozen dataclass a verb, with Twilio's defaults. Times in seconds."""

from dataclasses import dataclass
from typing import Literal

Method = Literal["GET", "POST"]

CHARACTERS_A_SECOND = 14
"""How fast a voice reads Russian: an estimate, for virtual time alone."""
PLAY_S = 5.0
"""How long a recording lasts: nobody downloads it."""


@dataclass(frozen=True)
class Say:
    """`<Say>`: the text without its SSML; `breaks_s` is the sum of `<break>`, `rate` that of `<prosody>`."""

    text: str
    language: str = ""
    voice: str = ""
    loop: int = 1
    rate: str = ""
    breaks_s: float = 0.0

    @property
    def seconds(self) -> float:
        """An estimate."""
        return (len(self.text) / CHARACTERS_A_SECOND + self.breaks_s) * max(1, self.loop)


@dataclass(frozen=True)
class Play:
    """`<Play>`: a recording, by its URL."""

    url: str
    loop: int = 1

    @property
    def seconds(self) -> float:
        """An estimate."""
        return PLAY_S * max(1, self.loop)


@dataclass(frozen=True)
class Pause:
    """`<Pause>`: silence of `length` seconds."""

    length: int = 1

    @property
    def seconds(self) -> float:
        """Exactly."""
        return float(self.length)


Prompt = Say | Play | Pause


@dataclass(frozen=True)
class Gather:
    """`<Gather>`. `speech_timeout` is None for `auto`; `num_digits` is None for any number of them."""

    prompts: tuple[Prompt, ...] = ()
    input: frozenset[str] = frozenset({"dtmf"})
    action: str = ""
    method: Method = "POST"
    timeout: int = 5
    speech_timeout: int | None = 5
    speech_model: str = ""
    hints: tuple[str, ...] = ()
    language: str = "en-US"
    profanity_filter: bool = True
    num_digits: int | None = None
    finish_on_key: str = "#"
    action_on_empty_result: bool = False
    barge_in: bool = True
    enhanced: bool = False

    @property
    def seconds(self) -> float:
        """From its start to the end of a caller's silence."""
        return sum(prompt.seconds for prompt in self.prompts) + self.timeout


@dataclass(frozen=True)
class Redirect:
    """`<Redirect>`; an empty `url` is the present document's."""

    url: str = ""
    method: Method = "POST"


@dataclass(frozen=True)
class Hangup:
    """`<Hangup>`."""


@dataclass(frozen=True)
class Reject:
    """`<Reject>`."""

    reason: Literal["rejected", "busy"] = "rejected"


@dataclass(frozen=True)
class Enqueue:
    """`<Enqueue>`; with no `wait_url` Twilio plays music of its own."""

    queue: str
    action: str = ""
    method: Method = "POST"
    wait_url: str = ""
    wait_url_method: Method = "POST"


@dataclass(frozen=True)
class Leave:
    """`<Leave>`: out of the queue."""


@dataclass(frozen=True)
class Number:
    """`<Number>`: `url` is the whisper that the called person hears first."""

    number: str
    url: str = ""
    method: Method = "POST"
    status_callback: str = ""
    status_callback_event: frozenset[str] = frozenset({"completed"})
    status_callback_method: Method = "POST"


@dataclass(frozen=True)
class Dial:
    """`<Dial>` of numbers that all ring at once; the first to answer has the call."""

    numbers: tuple[Number, ...]
    action: str = ""
    method: Method = "POST"
    timeout: int = 30
    answer_on_bridge: bool = False
    caller_id: str = ""
    time_limit: int = 14_400
    hangup_on_star: bool = False


Verb = Say | Play | Pause | Gather | Redirect | Hangup | Reject | Enqueue | Leave | Dial
