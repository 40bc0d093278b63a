"""A reply: what the line says in one turn and what it waits for then. Stored as it was given."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spoken:
    """A sentence with the text that it had when it was said."""

    prompt: str
    text: str
    slots: dict[str, object] = field(default_factory=dict)
    hear_out: bool = False
    """To be heard to its end: it is said before the caller may interrupt."""


@dataclass(frozen=True)
class Listen:
    """What a voice needs to listen for the pending question. Times in seconds; `keys` 0: `#` or a pause ends."""

    question: str
    grammar: str
    keys: int
    timeout_s: int
    pause_s: int


@dataclass(frozen=True)
class Handover:
    """The call goes to a person."""

    reason: str
    duty_first: bool = False
    """Whoever is on duty rings at once, where somebody is."""


@dataclass(frozen=True)
class Reply:
    """`turn` is the one that the caller's next input must name. With neither `listen` nor `handover`: goodbye."""

    turn: int
    said: tuple[Spoken, ...]
    listen: Listen | None = None
    handover: Handover | None = None
    slow: bool = False

    @property
    def text(self) -> str:
        """All that is said, as one text."""
        return " ".join(spoken.text for spoken in self.said)
