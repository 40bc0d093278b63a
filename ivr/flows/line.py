"""The top script of a call: greets, runs one flow after another, and catches every jump."""

from collections.abc import Awaitable, Callable

from ivr.dialogue.journal import Restart
from ivr.dialogue.steps import Do, Jump, Leave, NextWish, Say
from ivr.domain.calls import CallFacts
from ivr.domain.commands import OpenAccount
from ivr.flows.call_back import call_back
from ivr.flows.closed import DANGER_NOBODY, DANGER_WAITING
from ivr.flows.goodbye import cancelled, goodbye, saved
from ivr.flows.identify import other_account
from ivr.flows.information import explain
from ivr.flows.menu import menu, what_else
from ivr.flows.operator import danger_nobody, danger_waiting, nobody, operator, rescue
from ivr.flows.outage import danger, outage
from ivr.flows.readings import last_readings, submit_readings
from ivr.flows.reprogramming import prepaid_dark, request_reprogramming
from ivr.flows.status import request_status
from ivr.flows.visit import Visit
from ivr.language.understanding import Understanding

Flow = Callable[[Visit], Awaitable[str]]

TOPICS: dict[str, Flow] = {
    "submit_readings": submit_readings,
    "last_readings": last_readings,
    "request_reprogramming": request_reprogramming,
    "outage": outage,
    "call_back": call_back,
    "balance_keypad": explain,
    "refund": explain,
    "supplier_change": explain,
    "payment": explain,
    "readings_channels": explain,
    "after_reprogramming": explain,
    "contacts": explain,
    "request_status": request_status,
}
"""What a caller comes for."""
FLOWS: dict[str, Flow] = {
    **TOPICS,
    "menu": menu,
    "what_else": what_else,
    "danger": danger,
    DANGER_WAITING: danger_waiting,
    DANGER_NOBODY: danger_nobody,
    "prepaid_dark": prepaid_dark,
    "other_account": other_account,
    "operator": operator,
    "nobody": nobody,
    "cancelled": cancelled,
    "rescue": rescue,
    "saved": saved,
    "goodbye": goodbye,
}

MOST_AGAIN = 3
"""Times that a conversation is left for itself («перезвоните» at «перезвонить вам?») before an operator helps."""


async def line(understanding: Understanding, facts: CallFacts, restart: Restart | None = None) -> None:
    """A whole call. `restart`: it goes on from there, after a misfit or when an operator sends it back."""
    visit = Visit(facts, understanding.grammars, understanding.topics)
    flow = restart.flow if restart else "menu"
    if restart is None:
        await Say("greeting")
        if facts.emergency:
            await Say("emergency", {"text": facts.emergency})
    elif restart.account_id is not None:
        visit.account = next(iter((await Do(OpenAccount(restart.account_id))).accounts), None)
    if restart is not None:
        visit.open_question, visit.by_number = restart.question, restart.by_number
    again = 0
    while flow != "end":
        if flow in TOPICS or flow in ("danger", "prepaid_dark"):
            visit.topic, visit.about = flow, visit.details.get(flow, "")
        try:
            flow = await FLOWS[flow](visit)
            visit.reason, visit.open_question, visit.missing = "", "", ()
            again = 0
            if flow == "what_else":
                visit.details = {}
                flow = await _wish(visit) or flow
        except Jump as jump:
            await Leave(for_operator=jump.flow == "operator")
            again = again + 1 if jump.flow == flow else 0
            flow, visit.reason, visit.open_question = jump.flow, jump.reason, jump.question
            visit.details = jump.details
            if again == MOST_AGAIN:
                flow, visit.reason, again = "operator", "not_understood", 0


async def _wish(visit: Visit) -> str:
    """What the caller named beside an answer and has not got yet; empty when there is nothing."""
    while (wish := await NextWish()) is not None:
        if wish.value != visit.topic or wish.details:
            visit.details = wish.details
            return wish.value
    return ""
