"""The menu: what the caller comes for, by word or by key; of two topics as likely, which one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from ivr.dialogue.asking import ask
from ivr.dialogue.hearing import SIGNALS
from ivr.dialogue.steps import Heard, Question, Say, Signal, SignalName
from ivr.flows.visit import Visit
from ivr.language.text import words
from ivr.language.topics import Understood

HARMLESS = frozenset({"repeat", "slower", "help"})
"""Signals that are obeyed though unsure: the caller is still at the menu afterwards."""
LIKELY = 0.5
"""What an unsure signal, or one of two topics named, must have at least."""

Understand = Callable[[Heard], "Topic | Signal | None"]


@dataclass(frozen=True)
class Topic:
    """What the caller wants: the flow that holds that conversation."""

    id: str
    other: str = ""
    """Another flow nearly as likely: the caller is asked which one."""


async def menu(visit: Visit) -> str:
    """«Чем помочь?»"""
    topics, enough, grammar = _topics(visit), visit.grammars["enough"], visit.grammars["menu"]

    def understand(heard: Heard) -> Topic | Signal | None:
        text = "" if heard.keys else heard.alternatives[0]
        if enough.match_whole(text) and grammar.match(text) is None:
            return None  # «спасибо», before anything was done
        return topics(heard)

    return await _agreed(visit, await ask(_question("menu", understand)))


async def what_else(visit: Visit) -> str:
    """«Что ещё?», where a no is goodbye."""
    topics, enough, yes_no = _topics(visit), visit.grammars["enough"], visit.grammars["yesno"]

    def understand(heard: Heard) -> Topic | Signal | None:
        if heard.keys:
            return topics(heard)
        if enough.match_whole(heard.alternatives[0]) == "enough":
            return Topic("goodbye")
        if (
            yes_no.match_whole(heard.alternatives[0]) == "yes"
            or enough.match(heard.alternatives[0]) == "more"
        ):
            return Topic("menu")
        return topics(heard)

    return await _agreed(visit, await ask(_question("what_else", understand)))


async def _agreed(visit: Visit, topic: Topic) -> str:
    """The topic, once there is one alone."""
    while topic.other:
        topic = await ask(_which(visit, topic))
    return topic.id


def _question(id: str, understand: Understand) -> Question[Topic]:
    return Question(id, Topic, understand, Say(id), grammar="menu", keys=1)


def _which(visit: Visit, topic: Topic) -> Question[Topic]:
    """«Вы хотите … или …?»"""
    pair = (topic.id, topic.other)

    def understand(heard: Heard) -> Topic | Signal | None:
        text = "" if heard.keys else heard.alternatives[0]
        place = heard.keys or visit.grammars["which"].match_whole(text)
        if place in ("1", "2"):
            return _settled(pair[int(place) - 1])
        if heard.keys:
            return None
        if place == "both":
            return _settled(pair[0])  # the other one comes with «что ещё»
        if place == "neither":
            return Topic("menu")
        denied = "не" in words(text)
        return None if denied else _of_the_pair(visit.topics.understand(text), pair)

    wishes = {"first": f"wish.{topic.id}", "second": f"wish.{topic.other}"}
    return Question(
        "which_topic", Topic, understand, Say("which_topic", dict(wishes)), grammar="menu", keys=1
    )


def _topics(visit: Visit) -> Understand:
    grammar = visit.grammars["menu"]

    def understand(heard: Heard) -> Topic | Signal | None:
        if heard.keys:
            topic = grammar.by_key(heard.keys)
            return Signal("repeat") if topic == "repeat" else Topic(topic) if topic else None
        found = (_chosen(visit.topics.understand(text)) for text in heard.alternatives)
        return next((one for one in found if one is not None), None)

    return understand


def _chosen(heard: Understood) -> Topic | Signal | None:
    """The topic or the signal; of two topics that are as likely both, to be asked apart."""
    if heard.flow is None:
        return None
    if heard.other is None:
        return _settled(heard.flow)
    if heard.flow == "operator" or (heard.flow not in SIGNALS and heard.other not in SIGNALS - {"operator"}):
        return Topic(heard.flow, heard.other)
    if heard.score < LIKELY:
        return None
    return _settled(heard.flow) if heard.flow in HARMLESS or heard.flow not in SIGNALS else None


def _of_the_pair(heard: Understood, pair: tuple[str, str]) -> Topic | Signal | None:
    """One of two topics said in words, if it is likely and the other is not; or a third one that is sure."""
    if heard.flow in pair and heard.score >= LIKELY and heard.other not in pair:
        return _settled(heard.flow)
    return _settled(heard.flow) if heard.flow and heard.other is None else None


def _settled(flow: str) -> Topic | Signal:
    return Signal(cast(SignalName, flow)) if flow in SIGNALS else Topic(flow)
