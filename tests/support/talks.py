"""A conversation played by the script alone, at the time and with the settings that it names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from ivr.dialogue.steps import Ask, Heard
from ivr.domain.calls import CallFacts
from ivr.factory import Line, open_line
from ivr.settings import Settings
from ivr.simulator.conversation import Conversation, play
from tests.support.flow_phone import FlowPhone

Understand = Callable[[Heard], object]
Listener = Callable[[Ask[Any], Heard, Understand], None]
"""Told of each answer: the question, what was heard, and what the question would make of anything else."""


def at_its_time(settings: Settings, conversation: Conversation) -> Settings:
    """The settings with the conversation's own; its schedule is written to their file."""
    if conversation.schedule is not None:
        text = yaml.safe_dump(dict(conversation.schedule), allow_unicode=True)
        settings.schedule_file.write_text(text, "utf-8")
    return settings.model_copy(
        update={"clock": conversation.clock or settings.clock, **conversation.settings}
    )


def listened_to(settings: Settings, conversation: Conversation, listener: Listener) -> None:
    """Plays it; nothing is checked but what the phone says."""
    with opened(at_its_time(settings, conversation)) as line:
        understand = line.calls.hear

        def hear(facts: CallFacts, ask: Ask[Any], heard: Heard) -> object:
            listener(ask, heard, lambda other: understand(facts, ask, other))
            return understand(facts, ask, heard)

        line.calls.hear = hear  # type: ignore[method-assign]
        play(conversation, FlowPhone(line.calls, line.settings))


@contextmanager
def opened(settings: Settings) -> Iterator[Line]:
    """The line over its store, closed afterwards."""
    line = open_line(settings)
    try:
        yield line
    finally:
        line.store.close()
