"""What was heard, understood: before the journal, so that a new grammar never rewrites the past.

The order of meanings: danger and the operator first, because no question may shadow them; then the question's
own, then what every question understands, then another topic.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from ivr.dialogue.steps import STAR, Ask, Heard, Question, Signal, SignalName
from ivr.language.grammar import Grammar

OPERATOR = Signal("operator")


@dataclass(frozen=True)
class Ears:
    """What applies at every question."""

    everywhere: Grammar
    topics: Grammar
    free: Callable[[str], str | None] = lambda text: None
    """A topic in free speech; asked only where nothing else was understood."""

    def understand(self, ask: Ask[Any], heard: Heard) -> object:
        """A meaning of the pending question, or a Signal."""
        question = ask.question
        if heard.keys and not heard.keys.startswith(STAR):
            heard = replace(heard, keys=ask.prefix + heard.keys)
        if heard.silent:
            return Signal("no_input")
        meaning = self._by_keys(question, heard) if heard.keys else self._by_speech(question, heard)
        return Signal("no_match") if meaning is None else meaning

    def _by_keys(self, question: Question[Any], heard: Heard) -> object:
        if heard.keys == "0" and not question.zero_is_value:
            return OPERATOR
        if name := self.everywhere.by_key(heard.keys):
            return Signal(cast(SignalName, name))
        return question.understand(heard)

    def _by_speech(self, question: Question[Any], heard: Heard) -> object:
        signals = [self.everywhere.match(text) for text in heard.alternatives]
        topics = [self.topics.match(text) for text in heard.alternatives]
        if topics[0] in self.topics.always:
            return Signal("topic", topics[0])
        if signals[0] in self.everywhere.always:
            return OPERATOR
        if (meaning := question.understand(heard)) is not None:
            return meaning
        if name := next(filter(None, signals), None):
            return Signal(cast(SignalName, name))
        if question.begun(heard) and not self.topics.begins(heard.alternatives[0]):
            return None  # «да, спасибо» is an answer with something more, «нет света» a topic
        if topic := next(filter(None, topics), None):
            return Signal("repeat") if topic == "repeat" else Signal("topic", topic)
        if (meaning := question.guess(heard)) is not None:
            return meaning
        if question.grammar == self.topics.name:
            return None  # the menu has listened to all of it
        topic = self.free(heard.alternatives[0])
        return Signal("topic", topic) if topic else None
