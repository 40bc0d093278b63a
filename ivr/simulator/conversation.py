"""Conversations: whole calls as YAML files, read here and played on any phone."""

from ivr.simulator.playing import CheckSaved, Mismatch, Phone, play
from ivr.simulator.record import CannotAct
from ivr.simulator.script import DEFAULT_CALLER, HIDDEN, BadConversation, Conversation, Step, load, read
from ivr.simulator.talk_phone import TalkPhone

__all__ = [
    "DEFAULT_CALLER",
    "HIDDEN",
    "BadConversation",
    "CannotAct",
    "CheckSaved",
    "Conversation",
    "Mismatch",
    "Phone",
    "Step",
    "TalkPhone",
    "load",
    "play",
    "read",
]
