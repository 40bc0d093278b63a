"""A little script with everything in it, and a journal kept in a list: replay without a database."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest

from ivr.dialogue.asking import ask
from ivr.dialogue.journal import Input, effective
from ivr.dialogue.replay import Run
from ivr.dialogue.steps import Do, Heard, IfLeft, Question, Say, Step, Transfer
from ivr.domain.command import Command


@dataclass(frozen=True)
class Cups:
    count: int


@dataclass(frozen=True)
class Ticket:
    number: int


@dataclass(frozen=True)
class Order(Command[Ticket]):
    result = Ticket
    cups: int


@dataclass(frozen=True)
class Price(Command[Cups]):
    result = Cups
    writes = False
    cups: int


def understand(heard: Heard) -> Cups | None:
    said = heard.keys or next(iter(heard.alternatives), "")
    return Cups(int(said)) if said.isdigit() else None


def question(id: str = "cups") -> Question[Cups]:
    return Question(id, Cups, understand, Say(id))


async def tea() -> None:
    """Cups, sugar, an order; then a waiter."""
    await Say("hello")
    cups = await ask(question())
    await IfLeft(Order(cups.count))
    await Do(Price(cups.count))
    sugar = await ask(question("sugar"))
    ticket = await Do(Order(cups.count + sugar.count))
    await IfLeft(None)
    await Say("ticket", {"number": ticket.number})
    outcome = await Transfer("waiter")
    await Say("after", {"how": outcome.kind})
    await ask(question("more"))


Script = Callable[[], Coroutine[Step[Any], object, None]]


@dataclass
class Table:
    """Runs a script over a journal again and again, as turns do."""

    script: Script = tea
    journal: list[Input] = field(default_factory=list)
    done: list[Command[Any]] = field(default_factory=list)

    def perform(self, command: Command[Any]) -> object:
        self.done.append(command)
        return Ticket(len(self.done)) if isinstance(command, Order) else Cups(100)

    def run(self) -> Run:
        run = Run(self.script(), effective(self.journal)[1], self.perform)
        run.proceed()
        return run

    def keep(self, run: Run) -> Run:
        for type, key, payload in run.added:
            self.journal.append(Input(len(self.journal) + 1, type, key, payload))
        run.close()
        return run

    def answer(self, answer: object) -> Run:
        run = self.run()
        run.answer(answer)
        return self.keep(run)


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture(name="Cups")
def _cups() -> type[Cups]:
    return Cups


@pytest.fixture(name="Order")
def _order() -> type[Order]:
    return Order


@pytest.fixture(name="question")
def _question() -> Callable[..., Question[Cups]]:
    return question


@pytest.fixture(name="ask")
def _ask() -> Callable[..., Any]:
    return ask


@pytest.fixture(name="tea")
def _tea() -> Script:
    return tea
