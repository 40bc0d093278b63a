"""What callers say in the conversations, spoken by synthetic voices and heard by the model that ships.

Each utterance is heard at the question where it is said, and must mean there what its text means. How often it does
is no measure of the model (training heard such voices); but the way from sound to meaning is walked whole.
"""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ivr.dialogue.hearing import SIGNALS
from ivr.dialogue.steps import Ask, Heard, Question, Signal
from ivr.simulator.conversation import Conversation, load
from ivr.speech.expectations import NOT_BELIEVED, expectation, heard
from ivr.speech.recogniser import Ears
from tests.conftest import settings_of
from tests.support.talks import listened_to
from tests.support.voices import on_the_phone

SEED = 6
CONVERSATIONS, MOST = 70, 30
"""So many of all conversations are played, so many utterances of a kind are spoken."""
SHARES = {"yesno": 0.5, "number": 0.65, "amount": 0.45, "menu": 0.65, "more": 0.5, "everywhere": 0.55}
"""Kind → the least share that must mean the same."""
FILES = sorted(Path(__file__).parents[1].glob("conversations/**/*.yaml"))
WRITTEN = re.compile(r"[^а-яё\s.,!?—-]")
"""What nobody says so: figures, Latin letters."""


@dataclass(frozen=True)
class Said:
    """One utterance of a conversation."""

    conversation: str
    question: Question[Any]
    text: str
    understand: Callable[[Heard], object]

    @property
    def meaning(self) -> object:
        """Of the text, at its question."""
        return self.understand(Heard((self.text,)))

    @property
    def kind(self) -> str:
        """Whose share it counts for."""
        meaning = self.meaning
        if isinstance(meaning, Signal) and meaning.name in SIGNALS - {"no_match", "topic"}:
            return "everywhere"
        return expectation(self.question).kind


@pytest.fixture(scope="session")
def said(sqlite_template, tmp_path_factory) -> list[Said]:
    """All of some conversations, in an order of no sense."""
    rng = random.Random(SEED)
    found = [
        one
        for file in rng.sample(FILES, CONVERSATIONS)
        for one in _said(load(file), sqlite_template, tmp_path_factory.mktemp("talk"))
    ]
    rng.shuffle(found)
    return found


def _said(conversation: Conversation, template: Path, folder: Path) -> Iterator[Said]:
    shutil.copy(template, folder / "line.db")
    found: list[Said] = []

    def listener(ask: Ask[Any], answer: Heard, understand: Callable[[Heard], object]) -> None:
        if not answer.keys and not answer.silent and not WRITTEN.search(answer.alternatives[0].lower()):
            found.append(Said(conversation.title, ask.question, answer.alternatives[0], understand))

    listened_to(settings_of(f"sqlite:///{folder / 'line.db'}", folder), conversation, listener)
    return iter(found)


@pytest.mark.parametrize("kind", SHARES)
def test_what_is_heard_means_the_same(said, ears, kind):
    of_kind = [one for one in said if one.kind == kind][:MOST]
    misheard = [
        told for number, one in enumerate(of_kind) if (told := _misheard(ears, one, f"{SEED}/{number}"))
    ]
    right = 1 - len(misheard) / len(of_kind)
    report = f"{kind}: {right:.3f} of {len(of_kind)}\n" + "\n".join(misheard)
    print(report)
    assert right >= SHARES[kind], report


def test_what_cannot_be_believed_means_nothing_at_any_question(said):
    assert {one.question.id for one in said if one.understand(NOT_BELIEVED) != Signal("no_match")} == set()


def _misheard(ears: Ears, one: Said, seed: str) -> str:
    """What went wrong, or nothing."""
    recognition = ears.hear(on_the_phone(one.text, seed), expectation(one.question))
    answer = heard(recognition, ears.calibration.score_scale)
    meaning, wanted = one.understand(answer), one.meaning
    if meaning == wanted:
        return ""
    return (
        f"{one.question.id} «{one.text}»: {answer.alternatives} {recognition.reason} {meaning}, not {wanted}"
    )
