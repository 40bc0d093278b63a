"""Each sentence that a flow says exists, with the slots that it is given; and none exists in vain."""

import ast
import re
from pathlib import Path

import ivr.flows
import ivr.services.summary
from ivr import data
from ivr.dialogue.asking import ESCALATION
from ivr.flows.line import FLOWS, TOPICS
from ivr.language.grammar import load
from ivr.language.prompts import Prompts

PROMPTS = Prompts.load(data.audio_prompts())
ROOT = Path(ivr.flows.__file__).parents[1]
SOURCES = [
    file for folder in ("flows", "dialogue", "services", "telephony") for file in (ROOT / folder).glob("*.py")
]
QUESTIONS = {
    "menu", "what_else", "account", "account_choice", "account_right", "reading", "reading_again",
    "reading_or_keep", "reading_which", "which_topic", "read_back", "read_back_below_last",
    "read_back_far_above_usual", "read_back_above_max_power", "unconfirmed", "call_back_offer", "closed_offer",
    "call_back_here", "contact_here", "phone", "phone_right", "balance", "until", "until_of", "meter_choice",
    "after_offer", "is_urgent_now", "outage_here", "place", "report_anyway", "since", "status_of",
    "is_danger", "is_prepaid_dark", "is_at_zero", "correct_offer",
    "more", "more_dictate", "ask_operator",
}  # fmt: skip


def texts():
    """Every text constant of the code that speaks, f-strings as patterns."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(v.value) if isinstance(v, ast.Constant) else "[A-Za-z0-9_.]+"
                    for v in node.values
                )
                yield "".join(parts)


def test_every_question_can_be_put_again_and_explained():
    missing = [f"{q}.{v}" for q in QUESTIONS for v in (*ESCALATION, "help") if not PROMPTS.has(f"{q}.{v}")]
    assert missing == []


def test_every_prompt_is_said_somewhere():
    said = [re.compile(text) for text in set(texts()) if "_" in text or text.isidentifier() or "." in text]
    bases = [id for id in PROMPTS.ids() if id.rpartition(".")[2] not in (*ESCALATION, "help")]
    assert [id for id in bases if not any(pattern.fullmatch(id) for pattern in said)] == []


def test_every_topic_of_the_menu_has_a_flow_and_a_name():
    meanings = load(data.grammars())["menu"].phrases
    assert set(meanings) - set(FLOWS) == {"repeat"}  # a key of the menu, no topic
    assert [topic for topic in TOPICS if not PROMPTS.has(f"topic.{topic}")] == []


def test_every_key_of_the_menu_has_a_flow():
    menu = load(data.grammars())["menu"]
    assert {menu.by_key(str(key)) for key in range(1, 9)} <= set(FLOWS)
    assert menu.by_key("9") == "repeat"
