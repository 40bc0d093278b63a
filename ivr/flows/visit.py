"""What has been established in this run of the script: rebuilt by replay, stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.domain.accounts import Account
from ivr.domain.brief import Brief
from ivr.domain.calls import CallFacts
from ivr.language.grammar import Grammar
from ivr.language.topics import Topics


@dataclass
class Visit:
    """One caller's call: the pinned facts, the grammars, whose account it is, and what they came for."""

    facts: CallFacts
    grammars: Mapping[str, Grammar]
    topics: Topics
    account: Account | None = None
    named: bool = False
    """The caller has heard or said which account it is."""
    topic: str = ""
    """The topic that the caller came for last; told to the operator, and resumed after «другой счёт»."""
    by_number: bool = False
    """The caller speaks of another account than the one that the phone belongs to."""
    reason: str = ""
    """Why the caller is being handed over."""
    open_question: str = ""
    """The question that was open when the caller left it for an operator."""
    missing: tuple[str, ...] = ()
    """What else an operator should ask."""
    about: str = ""
    """The fact of the topic that was asked for («refund.when»); empty for all of it."""
    details: dict[str, str] = field(default_factory=dict)
    """What the caller said beside the topic that they want now (`ivr.flows.opening`)."""

    def brief(self) -> Brief:
        """What an operator should know."""
        account_id = self.account.id if self.account else None
        return Brief(self.topic, account_id, self.open_question, self.missing)
