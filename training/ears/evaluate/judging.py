"""Hears a clip as a question would, and says whether what was heard is what was said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ivr.domain.readings import Limits, Sheet
from ivr.language.grammar import Grammar
from ivr.language.numbers import alone_or_beside
from ivr.language.text import normalise
from ivr.language.topics import Topics
from ivr.language.yesno import yes_or_no
from ivr.speech.grammars import MOST_ALTERNATIVES, Expectation
from ivr.speech.model import UNKNOWN
from ivr.speech.numbers import LONGEST, Value, told, values
from ivr.speech.recogniser import Ears
from ivr.speech.rejection import CLOSE
from ivr.speech.results import Recognition
from training.ears.evaluate import threads, truth
from training.ears.evaluate.clips import NOTHING, NUMBERS, Clip, Sound, What
from training.ears.evaluate.conditions import CONDITIONS, Condition, on_the_line

AS: Mapping[What, tuple[str, ...]] = {
    **dict.fromkeys((*NUMBERS, "word", "form"), ("number",)),
    "yesno": ("yesno",),
    "operator": ("number", "yesno", "menu"),
    "topic": ("menu",),
    "near": ("number", "menu"),
    "outside": ("number", "yesno", "text"),
    **dict.fromkeys(NOTHING, ("number", "yesno", "menu")),
}
"""What each kind of clip is heard as."""
IN: Mapping[What, tuple[Condition, ...]] = dict.fromkeys(
    (*NOTHING, "outside", "near"), ("clean", "gsm", "far")
)
"""In which conditions what is not to be heard is played; the rest in all."""
REGISTER_DIGITS = 5
"""Of the register that is asked for where the clip says no number of its own."""


@dataclass(frozen=True)
class Outcome:
    """One clip in one condition, heard as one kind of question."""

    clip: str
    speaker: str
    what: What
    condition: Condition
    kind: str
    said: str
    heard: str
    """Without what was none of the grammar's words."""
    confidence: float
    taken: bool
    """Not refused."""
    right: bool
    """Its meaning, refused or not; for what means nothing: that nothing was made of it."""
    near_right: bool = False
    """Of a number: that the right one is asked about, alone or beside another as close."""
    by_last: bool = False
    """Of a number: right where the last reading is known."""
    number: bool = False
    """Whether a number is told the question."""
    operator: bool = False
    """Whether it calls for an operator."""
    answer: bool = False
    """Whether it is a yes or a no."""
    topic: bool = False
    """Whether it names a topic."""
    synthetic: bool = False

    @property
    def meant(self) -> bool:
        """Whether the question would make anything of it."""
        return self.number or self.answer or self.topic or self.operator


@dataclass(frozen=True)
class Judge:
    """The language that makes sense of what the ears hear."""

    scale: float
    """Calibration.score_scale."""
    grammars: Mapping[str, Grammar]
    topics: Topics

    def judged(self, clip: Clip, condition: Condition, kind: str, found: Recognition) -> Outcome:
        """What is to be said of a recognition."""
        value = truth.number(clip.text) if clip.what in NUMBERS else None
        text = normalise(" ".join(word for word in found.text.split() if word != UNKNOWN))
        whole = Outcome(
            clip.name, clip.speaker, clip.what, condition, kind, normalise(clip.text), text, found.confidence,
            taken=not found.no_match, right=False, number=kind == "number" and self._is_number(found),
            operator=self.operator(kind, found.text), answer=kind == "yesno" and self._answer(found.text) is not None,
            topic=kind == "menu" and self._flow(found.text) is not None, synthetic=clip.synthetic,
        )  # fmt: skip
        if value is not None:
            return self._number(whole, found, value)
        return replace(whole, right=self._right(whole, found))

    def operator(self, kind: str, text: str) -> bool:
        """Whether a question of this kind would call for an operator."""
        if kind == "menu":
            return bool(text) and self.topics.understand(text).meaning == "operator"
        return self.grammars["everywhere"].match(text) == "operator"

    def _right(self, one: Outcome, found: Recognition) -> bool:
        match one.what:
            case "word" | "form":
                return bool(one.heard) and truth.number(one.heard) == truth.number(one.said)
            case "yesno":
                return self._answer(found.text) == self._answer(one.said) and not one.operator
            case "operator":
                return one.operator
            case "topic":
                return self._flow(found.text) == self._flow(one.said)
            case "outside" if one.kind == "text":
                return one.heard == one.said
            case "near" if one.kind == "menu":
                return self._flow(found.text) == self._flow(one.said)
        return not one.meant

    def _number(self, one: Outcome, found: Recognition, value: str) -> Outcome:
        ranked = self._values(found, truth.sheet(value))
        close = [other for other in ranked if other.cost < ranked[0].cost + CLOSE][:2]
        informed = self._values(found, truth.sheet(value, truth.last_before(value, one.clip)))
        return replace(
            one,
            right=_is(value, ranked[:1]),
            near_right=_is(value, close),
            by_last=_is(value, informed[:1]),
        )

    def _is_number(self, found: Recognition) -> bool:
        """Whether any of what the question is told is a number."""
        return any(True for text, _ in told(found, self.scale) for _ in alone_or_beside(text, LONGEST))

    def _values(self, found: Recognition, sheet: Sheet) -> tuple[Value, ...]:
        return values(found, self.scale, sheet, truth.TODAY, Limits())

    def _flow(self, text: str) -> str | None:
        return self.topics.understand(text).flow if text else None

    def _answer(self, text: str) -> str | None:
        return yes_or_no(self.grammars["yesno"], text) if text else None


def outcomes(
    ears: Ears,
    judge: Judge,
    clips: Sequence[Clip],
    crowd: Sequence[Sound],
    at_once: int,
    chosen: Sequence[Condition] = CONDITIONS,
) -> Iterator[Outcome]:
    """Of every clip in all its conditions, as all that it is heard as, so many clips at once."""
    for found in threads.each(partial(_of_one, ears, judge, crowd, chosen), clips, at_once):
        yield from found


def _of_one(
    ears: Ears, judge: Judge, crowd: Sequence[Sound], chosen: Sequence[Condition], clip: Clip
) -> list[Outcome]:
    found = []
    usual = IN.get(clip.what, CONDITIONS)
    for condition, sound in played(clip, crowd, [one for one in usual if one in chosen]):
        for kind in AS[clip.what]:
            heard = ears.hear(sound, expectation(clip, kind))
            found.append(judge.judged(clip, condition, kind, heard))
    return found


def played(
    clip: Clip, crowd: Sequence[Sound], chosen: Iterable[Condition]
) -> Iterator[tuple[Condition, NDArray[np.int16]]]:
    """The clip in each of the conditions."""
    sound = clip.fetch()
    for condition in chosen:
        yield condition, on_the_line(sound, condition, clip.name, crowd)


def expectation(clip: Clip, kind: str) -> Expectation:
    """What the question would listen for."""
    value = truth.number(clip.text) if clip.what in NUMBERS else None
    return Expectation(kind, digits=len(value) if value else REGISTER_DIGITS, alternatives=MOST_ALTERNATIVES)


def _is(value: str, ranked: Iterable[Value]) -> bool:
    return any(one.digits.lstrip("0") == value.lstrip("0") for one in ranked)
