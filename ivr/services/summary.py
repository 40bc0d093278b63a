"""The summary that an operator gets: not a dump, but who calls, why, what was done and what is missing."""

from dataclasses import dataclass

from ivr.dialogue.steps import Transfer
from ivr.domain.brief import Brief
from ivr.domain.commands import LookUpSaved
from ivr.language.prompts import Prompts
from ivr.services import requests
from ivr.services.context import Context
from ivr.store import accounts

WORDS, WORDS_AFTER_FAILURE = 3, 10
"""So many of the caller's last utterances are quoted; more where the line itself can tell less."""


@dataclass(frozen=True)
class Summary:
    """Russian text for an operator; `words` are the caller's own, the last one last."""

    who: str
    why: str
    done: tuple[str, ...]
    missing: str
    words: tuple[str, ...]


def summarise(context: Context, prompts: Prompts, transfer: Transfer) -> Summary:
    """Who, why, what was done, what is missing."""
    brief = transfer.brief
    return Summary(
        _who(context, prompts, brief),
        _why(prompts, transfer.reason, brief),
        _done(context, prompts),
        _missing(prompts, brief),
        context.words(WORDS_AFTER_FAILURE if transfer.reason == "rescue" else WORDS),
    )


def _who(context: Context, prompts: Prompts, brief: Brief) -> str:
    phone = context.facts.caller or prompts.text("brief_hidden", {})
    found = accounts.by_id(context.db, brief.account_id) if brief.account_id is not None else ()
    if not found:
        return prompts.text("brief_who_unknown", {"phone": phone})
    holder, address = accounts.holder(context.db, found[0].id)
    slots = {"account": found[0].number, "holder": holder, "address": address, "phone": phone}
    return prompts.text("brief_who", slots)


def _why(prompts: Prompts, reason: str, brief: Brief) -> str:
    why = prompts.text(f"brief_why_{reason}", {})
    if not brief.topic:
        return why
    return f"{why} {prompts.text('brief_topic', {'topic': f'topic.{brief.topic}'})}"


def _done(context: Context, prompts: Prompts) -> tuple[str, ...]:
    saved = requests.look_up_saved(context, LookUpSaved())
    zones = [
        prompts.text(
            f"brief_reading_{reading.state}", {"zone": f"zone.{reading.zone}", "value": str(reading.value)}
        )
        for reading in saved.readings
    ]
    receipts = [prompts.text("brief_receipt", {"number": number}) for number in saved.receipts]
    taken = [prompts.text("brief_request", {"number": number}) for number in saved.requests]
    return (*zones, *receipts, *taken)


def _missing(prompts: Prompts, brief: Brief) -> str:
    asked = [brief.open_question.partition("/")[0]] if brief.open_question else []
    names = (f"brief_missing_{name}" for name in (*asked, *brief.missing))
    texts = (prompts.text(name if prompts.has(name) else "brief_missing", {}) for name in names)
    return " ".join(dict.fromkeys(texts))
