"""The menu: what the caller comes for, by word or by key; of two topics as likely, which one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

from ivr.dialogue.asking import ask
from ivr.dialogue.hearing import SIGNALS
from ivr.dialogue.steps import AndWish, Heard, Question, Say, Signal, SignalName
from ivr.flows.explanations import TOPICS
from ivr.flows.opening import READING, details, reading_in
from ivr.flows.prepaid import opening_balance
from ivr.flows.visit import Visit
from ivr.language.text import words
from ivr.language.topics import Understood

HARMLESS = frozenset({"repeat", "slower", "help"})
"""Signals that are obeyed though unsure: the caller is still at the menu afterwards."""
NO_TOPICS = SIGNALS | {"goodbye"}
"""Beside a topic that is likely none of these is asked about («… или закончить разговор?»), but for a person."""
LIKELY = 0.5
"""What an unsure signal, or one of two topics named, must have at least."""

Understand = Callable[[Heard], "Topic | Signal | None"]


@dataclass(frozen=True)
class Topic:
    """What the caller wants: the flow that holds that conversation."""

    id: str
    other: str = ""
    """Another flow nearly as likely: the caller is asked which one."""
    details: dict[str, str] = field(default_factory=dict)
    """What else was said of it."""


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
        said = enough.match_whole(heard.alternatives[0])
        if said == "enough":
            return Topic("goodbye")
        if said == "next" and visit.topic in TOPICS:
            return Topic("all_told")
        if (
            yes_no.match_whole(heard.alternatives[0]) == "yes"
            or enough.match(heard.alternatives[0]) == "more"
        ):
            return Topic("menu")
        return topics(heard)

    while (topic := await ask(_question("what_else", understand))).id == "all_told":
        await Say("all_told")
    return await _agreed(visit, topic)


async def _agreed(visit: Visit, topic: Topic) -> str:
    """The topic, once there is one alone."""
    visit.details |= topic.details
    while topic.other:
        topic = await ask(_which(visit, topic))
        visit.details |= topic.details
    return topic.id


def _question(id: str, understand: Understand) -> Question[Topic]:
    return Question(id, Topic, understand, Say(id), grammar="menu", keys=1)


def _which(visit: Visit, topic: Topic) -> Question[Topic]:
    """«Вы хотите … или …?»"""
    pair = (topic.id, topic.other)

    def understand(heard: Heard) -> Topic | Signal | AndWish[Topic] | None:
        text = "" if heard.keys else heard.alternatives[0]
        place = heard.keys or visit.grammars["which"].match_whole(text)
        if place in ("1", "2"):
            return _settled(pair[int(place) - 1])
        if heard.keys:
            return None
        if place == "both":
            return _both(*pair)
        if place == "neither":
            return Topic("menu")
        if visit.grammars["enough"].match_whole(text) == "enough":
            return Topic("what_else")
        if "submit_readings" in pair and (number := _number_alone(heard)):
            return number
        denied = "не" in words(text)
        return None if denied else _detailed(visit, _of_the_pair(visit.topics.understand(text), pair), text)

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
        if (number := _number_alone(heard)) is not None:
            return number
        found = (_meant(visit, text) for text in heard.alternatives)
        return next((one for one in found if one is not None), None)

    return understand


def _chosen(heard: Understood) -> Topic | Signal | None:
    """The topic or the signal; of two topics that are as likely both, to be asked apart."""
    if heard.flow is None:
        return None
    if heard.other is None:
        return _settled(heard.flow)
    if heard.flow == "operator" or (
        heard.flow not in SIGNALS and heard.other not in NO_TOPICS - {"operator"}
    ):
        return Topic(heard.flow, heard.other)
    if heard.score < LIKELY:
        return None
    return _settled(heard.flow) if heard.flow in HARMLESS or heard.flow not in SIGNALS else None


def _of_the_pair(heard: Understood, pair: tuple[str, str]) -> Topic | Signal | None:
    """One of two topics said in words, if it is likely and the other is not; or a third one that is sure."""
    if heard.flow in pair and heard.score >= LIKELY and heard.other not in pair:
        return _settled(heard.flow)
    return _settled(heard.flow) if heard.flow and heard.other is None else None


def _both(first: str, second: str) -> Topic | Signal | AndWish[Topic]:
    """Both of two topics, one after the other; a signal among them is all that can be obeyed."""
    one, other = _settled(first), _settled(second)
    if isinstance(one, Signal) or isinstance(other, Signal):
        return one
    return AndWish(one, Signal("topic", other.id))


def _meant(visit: Visit, text: str) -> Topic | Signal | None:
    """What free speech wants, swear words left out; of two as likely, the one that the number in it belongs to."""
    plain = visit.grammars["manner"].without(text, "rude")
    topic = _chosen(visit.topics.understand(plain if words(plain) else text))
    if not isinstance(topic, Signal) and (named := _named_by(visit, topic, text)):
        topic = Topic(named)
    return _detailed(visit, topic, text)


def _named_by(visit: Visit, topic: Topic | None, text: str) -> str:
    """The flow that what else was said decides on, where the topic is not clear; empty without such."""
    unclear = topic is None or topic.other
    if unclear and (fact := visit.grammars["facts"].match_whole(text)):
        return fact.partition(".")[0]
    pair = {topic.id, topic.other} if topic is not None else set()
    if "submit_readings" in pair and reading_in(text):
        return "submit_readings"
    statements = visit.grammars["statements"]
    if statements.says(text, "prepaid") and statements.says(text, "dark"):
        return "prepaid_dark" if pair & {"outage", "request_reprogramming"} else ""
    if "request_reprogramming" in pair and topic and topic.other and opening_balance(text, visit.facts.now):
        return "request_reprogramming"
    return ""


def _detailed(visit: Visit, topic: Topic | Signal | None, text: str) -> Topic | Signal | None:
    """With what else the sentence says of it, or of both where it may be two."""
    if not isinstance(topic, Topic):
        return topic
    of = details(visit.grammars, visit.facts.now)
    return replace(topic, details=of(topic.id, text) | (of(topic.other, text) if topic.other else {}))


def _number_alone(heard: Heard) -> Topic | None:
    """Who says a number and nothing else wants to hand in a reading; it is read back before it counts."""
    reading = next(filter(None, (reading_in(text, alone=True) for text in heard.alternatives)), "")
    return Topic("submit_readings", details={READING: reading}) if reading else None


def _settled(flow: str) -> Topic | Signal:
    return Signal(cast(SignalName, flow)) if flow in SIGNALS else Topic(flow)
