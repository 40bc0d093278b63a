"""The steps that a script yields, and what comes back for each.

A script is a coroutine with no event loop: `replay.Run` drives it with `send()`. `await` rather than
`yield from`, because mypy finds a forgotten one.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, cast

from ivr.domain.brief import Brief
from ivr.domain.command import Command

R = TypeVar("R")

STAR = "*"
"""Before a key of `grammars/everywhere.yaml`; where one key ends the answer it comes alone, and the next follows."""


@dataclass(frozen=True)
class Step(Generic[R]):
    """Something that a script waits for; `await step` is typed by R."""

    def __await__(self) -> Generator["Step[Any]", object, R]:
        return cast(R, (yield self))


@dataclass(frozen=True)
class Say(Step[None]):
    """A sentence of this turn's reply. Takes no journal input."""

    prompt: str
    slots: dict[str, object] = field(default_factory=dict)

    def variant(self, name: str) -> "Say":
        """The same sentence said another way: shorter, with an example, by keys, as help."""
        return Say(f"{self.prompt}.{name}", self.slots)


@dataclass(frozen=True)
class IfLeft(Step[None]):
    """Until the next one: what is written if the caller goes away. Takes no journal input."""

    command: Command[Any] | None
    by_jump: bool = True
    """Also when the caller stays on the line and wants something else; False: only when they are gone."""
    by_operator: bool = False
    """Also when the caller is handed to a person, though not for another wish."""


@dataclass(frozen=True)
class Leave(Step[None]):
    """The caller leaves this conversation for another: what `IfLeft` holds is written now."""

    for_operator: bool = False
    """The other one is a person."""


@dataclass(frozen=True)
class Heard:
    """What the ears or the keys gave; both empty is silence."""

    alternatives: tuple[str, ...] = ()
    keys: str = ""
    costs: tuple[float, ...] = ()
    """Of each alternative, by how far its score is behind the first (the unit is domain.readings.Costs'); empty where
    only the order is known."""

    @property
    def silent(self) -> bool:
        """Whether nothing came at all."""
        return not self.keys and not any(text.strip() for text in self.alternatives)


SignalName = Literal[
    "no_input",
    "no_match",
    "repeat",
    "slower",
    "help",
    "wait",
    "back",
    "main_menu",
    "operator",
    "topic",
    "star",
    "hello",
    "rude",
    "cancel",
]


@dataclass(frozen=True)
class Signal:
    """What every question understands, and no answer to this one. `value`: the topic, or what «назад» can do."""

    name: SignalName
    value: str = ""
    details: dict[str, str] = field(default_factory=dict)
    """Of a topic: what else was said of it in the same breath, for the flow that it opens."""


@dataclass(frozen=True)
class AndWish(Generic[R]):
    """An answer and a topic in one breath («да, и ещё про возврат»): the topic's turn comes when this one is done."""

    meaning: R
    wish: Signal


@dataclass(frozen=True)
class Question(Generic[R]):
    """The expectation: all that a Gather, a stream or a recogniser needs. They decide nothing."""

    id: str
    """Stable: "reading/<register>"; the step's key in the journal."""
    meaning: type[R]
    """A frozen dataclass, journaled as JSON."""
    understand: Callable[[Heard], "R | Signal | AndWish[R] | None"]
    prompt: Say
    """What asks it; its variants `short`, `example`, `keys` and `help` exist beside it."""
    begun: Callable[[Heard], bool] = lambda heard: False
    """Whether an utterance begins as an answer to this question: then it is no other topic."""
    guess: Callable[[Heard], "R | Signal | None"] = lambda heard: None
    """What may yet be an answer, with other words beside it, once nothing else was understood."""
    grammar: str = ""
    zero_is_value: bool = False
    """A lone 0 is an answer here, and `*0` calls the operator."""
    digits: int = 0
    """So many digits has the number asked for, at most; 0: none is, or it may be money or a time as well."""
    keys: int = 0
    """So many keys end the answer at once; 0: `#` or a pause does."""
    timeout_s: int = 6
    pause_s: int = 2
    """Silence after speech that ends the answer: longer where people read digits off a meter."""


@dataclass(frozen=True)
class Ask(Step["R | Signal"], Generic[R]):
    """Ask and wait for the caller. Yielded by `asking.ask` alone."""

    question: Question[R]
    attempt: int = 0
    spoken: tuple[Say, ...] = ()
    timeout_s: int = 6
    prefix: str = ""
    """A `*` pressed before, where one key ends the answer: the next key belongs to it."""

    @property
    def keys(self) -> int:
        """So many keys end the answer at once."""
        return 1 if self.prefix else self.question.keys


@dataclass(frozen=True)
class NextWish(Step[Signal | None]):
    """The topic named beside an answer that has not had its turn yet, first come first. Takes no journal input."""


@dataclass(frozen=True)
class Do(Step[R]):
    """Carry out a command in the turn's transaction."""

    command: Command[R]


@dataclass(frozen=True)
class Outcome:
    """How a transfer ended. `flow`: where an operator or the queue sends the caller back to."""

    kind: Literal["talked", "nobody", "call_back", "back_to"]
    flow: str = ""


@dataclass(frozen=True)
class Transfer(Step[Outcome]):
    """Hand the call to a person, with what the script knows."""

    reason: str
    brief: Brief = field(default_factory=Brief)
    duty_first: bool = False
    """Whoever is on duty, if anybody is, rings instead of the operators."""


class Jump(Exception):
    """Leaves every open question for another flow; caught in `flows/line.py` alone."""

    def __init__(
        self, flow: str, reason: str = "", question: str = "", details: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(flow)
        self.flow = flow
        self.reason = reason
        self.question = question
        self.details = dict(details or {})
