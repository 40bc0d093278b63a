"""Whole calls by ear: a synthetic voice hands in a reading, and listens before it says yes.

The caller answers what the line really said, so a word misheard meets its read-back, its correction, its third way of
asking again, or the operator. What must never happen is a wrong reading that was accepted.
"""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ivr.dialogue.steps import Ask, Heard
from ivr.domain.calls import CallFacts
from ivr.language import wording
from ivr.speech.expectations import expectation, heard
from ivr.speech.recogniser import Ears
from ivr.store.tables import Readings
from tests.conftest import settings_of
from tests.support.flow_phone import FlowPhone
from tests.support.talks import opened
from tests.support.voices import on_the_phone

CALLS, SEED = 14, 6
HANDED_IN = 0.5
"""The least share of calls that must end with the reading taken; the others may end anywhere but in a wrong one."""
MOST_TURNS = 14
YES = ("да", "да верно", "верно", "правильно")
LAST = 12_301
"""The demo account's last reading."""


def handed_in(ears: Ears, template: Path, folder: Path, number: int) -> tuple[int, set[int], list[str]]:
    """One call: the reading that was meant, those that were taken, and the talk."""
    rng = random.Random(f"{SEED}/{number}")
    meant = LAST + rng.randrange(20, 400)
    words = wording.number(meant) if number % 2 else " ".join(map(wording.number, map(int, str(meant))))
    folder.mkdir()
    shutil.copy(template, folder / "line.db")
    talk: list[str] = []
    with opened(settings_of(f"sqlite:///{folder / 'line.db'}", folder)) as line:
        understand = line.calls.hear

        def hear(facts: CallFacts, ask: Ask[Any], said: Heard) -> object:
            """What was said, by the voice of this call."""
            text = said.alternatives[0]
            sound = on_the_phone(text, f"{SEED}/{number}")
            answer = heard(ears.hear(sound, expectation(ask.question)), ears.calibration.score_scale)
            talk.append(f"«{text}» → {answer.alternatives[:1]}")
            return understand(facts, ask, answer)

        line.calls.hear = hear  # type: ignore[method-assign]
        phone = FlowPhone(line.calls, line.settings)
        phone.dial("+79161234501")
        caller = Listener(wording.number(meant), words, rng)
        for _ in range(MOST_TURNS):
            if phone.ended or phone.transferred or "приняты" in phone.heard:
                break
            phone.say(caller.answer(phone.heard))
        with line.store.read() as db:
            taken = set(
                db.scalars(select(Readings.value).where(Readings.call_sid == phone.sid, Readings.confirmed))
            )
    return meant, taken, talk


@dataclass
class Listener:
    """Somebody who hears what the line says, and says no to what is wrong."""

    meant: str
    """The reading, as the line reads it back."""
    words: str
    """The reading, as the caller says it."""
    rng: random.Random
    right: bool = False
    """Whether the last read-back was."""

    def answer(self, prompt: str) -> str:
        """To what the line said last."""
        if "Верно?" in prompt or "«да»" in prompt:
            self.right = self.meant in prompt or (self.right and "Вы сказали" not in prompt)
            return self.rng.choice(YES) if self.right else "нет"
        if "показания" in prompt and ("азовите" in prompt or "родиктуйте" in prompt):
            return self.words
        return "передать показания"


def test_readings_by_voice(ears, sqlite_template, tmp_path):
    calls = [handed_in(ears, sqlite_template, tmp_path / str(number), number) for number in range(CALLS)]
    told = "\n".join(f"{meant} {taken}: {'; '.join(talk)}" for meant, taken, talk in calls)
    print(told)
    assert [meant for meant, taken, _ in calls if taken - {meant}] == [], told
    assert sum(bool(taken) for _, taken, _ in calls) >= HANDED_IN * CALLS, told
