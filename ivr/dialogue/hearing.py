"""What was heard, understood: before the journal, so that a new grammar never rewrites the past.

The order of meanings: danger and the operator first, because no question may shadow them; then the question's
own, then what every question understands, then another topic.
"""

from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from ivr.dialogue.steps import STAR, Ask, Heard, Question, Signal, SignalName
from ivr.language.grammar import Grammar
from ivr.language.topics import Topics

OPERATOR = Signal("operator")
SIGNALS = frozenset(get_args(SignalName))
"""Meanings that are no topic: what every question understands."""


@dataclass(frozen=True)
class Ears:
    """What applies at every question."""

    everywhere: Grammar
    topics: Grammar
    free: Topics | None = None
    """Free speech; without it the grammars alone are heard."""

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
        if topics[0] in self.topics.always and self._agreed(topics[0], heard):
            return Signal("topic", topics[0])
        if signals[0] in self.everywhere.always:
            return OPERATOR
        if (meaning := question.understand(heard)) is not None:
            return meaning
        if name := next(filter(None, signals), None):
            return Signal(cast(SignalName, name))
        if question.begun(heard) and not self.topics.begins(heard.alternatives[0]):
            return None  # «да, спасибо» is an answer with something more, «нет света» a topic
        topic = next(filter(None, topics), None)
        if topic and self._agreed(topic, heard):
            return _signal(topic)
        if (meaning := question.guess(heard)) is not None:
            return meaning
        # Only where digits are asked for: at a yes or no, and at the menu, the question has heard all of it.
        if self.free is None or question.grammar != "number":
            return None
        said = self.free.understand(heard.alternatives[0])
        return _signal(said.flow) if said.flow and said.other is None else None

    def _agreed(self, meaning: str, heard: Heard) -> bool:
        """Whether all that was said means what one phrase of it does («сейчас квитанцию найду» is no payment)."""
        if self.free is None:
            return True
        said = self.free.understand(heard.alternatives[0])
        return meaning in (said.flow, said.meaning, said.other)


def _signal(flow: str) -> Signal:
    return Signal(cast(SignalName, flow)) if flow in SIGNALS else Signal("topic", flow)
