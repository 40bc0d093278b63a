"""What was heard, understood: before the journal, so that a new grammar never rewrites the past.

The order of meanings: danger and the operator first, because no question may shadow them; then the question's
own, then what every question understands, then another topic. «Да, и ещё про возврат» is an answer with a wish.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from ivr.dialogue.steps import STAR, AndWish, Ask, Heard, Question, Signal, SignalName
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
    linking: Grammar | None = None
    """Words that join a wish to an answer, or put it in the place of one."""
    manner: Grammar | None = None
    """«Алло», swearing, «не надо, передумал»: no answer, and met in their own way."""
    details: Callable[[str, str], dict[str, str]] = lambda flow, text: {}
    """What a sentence says beside the topic that it opens."""

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
            return self._signal(topics[0], heard.alternatives[0])
        if signals[0] in self.everywhere.always:
            return OPERATOR
        if (wish := self._with_wish(question, heard.alternatives[0])) is not None:
            return wish
        if (meaning := question.understand(heard)) is not None:
            return meaning
        if name := next(filter(None, signals), None) or self._manner(heard.alternatives[0]):
            return Signal(cast(SignalName, name))
        if question.begun(heard) and not self.topics.begins(heard.alternatives[0]):
            return None  # «да, спасибо» is an answer with something more, «нет света» a topic
        topic = next(filter(None, topics), None)
        if topic and self._agreed(topic, heard):
            return self._signal(topic, heard.alternatives[0])
        if (meaning := question.guess(heard)) is not None:
            return meaning
        # Only where digits are asked for: at a yes or no, and at the menu, the question has heard all of it.
        if self.free is None or question.grammar != "number":
            return None
        return self._topic(heard.alternatives[0])

    def _manner(self, text: str) -> str | None:
        """«Алло» or «не надо, передумал» alone; swearing with nothing else that means anything."""
        if self.manner is None:
            return None
        if (whole := self.manner.match_whole(text)) and whole != "rude":
            return whole
        rude = (
            self.manner.match(text) == "rude"
            and self.topics.match(text) is None
            and self._topic(text) is None
        )
        return "rude" if rude else None

    def _with_wish(self, question: Question[Any], text: str) -> object:
        """An answer and a topic joined («да, и ещё …»), or a topic in place of one («а нет, мне …»)."""
        if self.linking is None:
            return None
        for meaning, before, after in self.linking.splits(text):
            wish = self._topic(after) or self._named(after)
            if wish is None or wish.name != "topic":
                continue
            if meaning == "instead":
                return wish
            answer = question.understand(Heard((before,)))
            if answer is not None and not isinstance(answer, Signal | AndWish):
                return AndWish(answer, wish)
        return None

    def _named(self, text: str) -> Signal | None:
        """The topic by its phrase, where the model thinks it possible at least."""
        topic = self.topics.match(text)
        return self._signal(topic, text) if topic and self._agreed(topic, Heard((text,))) else None

    def _topic(self, text: str) -> Signal | None:
        """What free speech surely means, if anything."""
        if self.free is None or not text.strip():
            return None
        said = self.free.understand(text)
        return self._signal(said.flow, text) if said.flow and said.other is None else None

    def _signal(self, flow: str, text: str) -> Signal:
        if flow in SIGNALS:
            return Signal(cast(SignalName, flow))
        return Signal("topic", flow, self.details(flow, text))

    def _agreed(self, meaning: str, heard: Heard) -> bool:
        """Whether all that was said means what one phrase of it does («сейчас квитанцию найду» is no payment)."""
        if self.free is None:
            return True
        said = self.free.understand(heard.alternatives[0])
        return meaning in (said.flow, said.meaning, said.other)
