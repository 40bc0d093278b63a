"""The menu: what the caller comes for, by word or by key."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, Question, Say, Signal
from ivr.flows.visit import Visit


@dataclass(frozen=True)
class Topic:
    """What the caller wants: the flow that holds that conversation."""

    id: str


async def menu(visit: Visit) -> str:
    """«Чем помочь?»"""
    return (await ask(_question(visit, "menu", _topics(visit)))).id


async def what_else(visit: Visit) -> str:
    """«Что ещё?», where a no is goodbye."""
    topics, enough, yes_no = _topics(visit), visit.grammars["enough"], visit.grammars["yesno"]

    def understand(heard: Heard) -> Topic | Signal | None:
        if (topic := topics(heard)) is not None or heard.keys:
            return topic
        if enough.match_whole(heard.alternatives[0]):
            return Topic("goodbye")
        return Topic("menu") if yes_no.match_whole(heard.alternatives[0]) == "yes" else None

    return (await ask(_question(visit, "what_else", understand))).id


def _question(visit: Visit, id: str, understand: Callable[[Heard], Topic | Signal | None]) -> Question[Topic]:
    return Question(id, Topic, understand, Say(id), grammar="menu", keys=1)


def _topics(visit: Visit) -> Callable[[Heard], Topic | Signal | None]:
    grammar = visit.grammars["menu"]

    def understand(heard: Heard) -> Topic | Signal | None:
        if heard.keys:
            topic = grammar.by_key(heard.keys)
        else:
            topic = next(filter(None, map(grammar.match, heard.alternatives)), None)
        if topic is None:
            return None
        return Signal("repeat") if topic == "repeat" else Topic(topic)

    return understand
