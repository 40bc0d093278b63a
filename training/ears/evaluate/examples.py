"""What calibration learns from: clips decoded as every question that they are judged by, and cases for the fit."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ivr.speech.grammars import Book
from ivr.speech.model import Model
from ivr.speech.rejection import Filler, Verdict
from training.ears.evaluate import threads
from training.ears.evaluate.clips import NOTHING, NUMBERS, Clip, Sound, drawn
from training.ears.evaluate.conditions import CONDITIONS, Condition
from training.ears.evaluate.decoding import Decoded, decoded, features, fillers, ranked, recognition
from training.ears.evaluate.fitting import Case
from training.ears.evaluate.judging import AS, Judge, Outcome, expectation, played
from training.ears.evaluate.measure import REFUSED

IN_EACH = 3


@dataclass(frozen=True)
class Example:
    """One clip in one condition, decoded as one question hears it."""

    clip: Clip
    condition: Condition
    decoded: Decoded


@dataclass(frozen=True)
class Weighed:
    """An example as the line would take it, whether to believe it aside."""

    outcome: Outcome
    features: Mapping[Filler, Mapping[str, float]]
    """By filler; none where no word of a grammar was heard."""

    def believed(self, verdict: Verdict, filler: Filler) -> Outcome:
        """The outcome with its confidence."""
        known = self.features.get(filler) or self.features.get("none")
        confidence = verdict.confidence(known) if known else 0.0
        return replace(self.outcome, confidence=confidence, taken=confidence >= verdict.threshold)


def collect(
    model: Model,
    book: Book,
    clips: Sequence[Clip],
    crowd: Sequence[Sound],
    wanted: Collection[Filler],
    at_once: int,
) -> Iterator[Example]:
    """What says something in IN_EACH conditions that are drawn for it, each other clip in one.

    `wanted`: fillers that the sound is held against, beside none.
    """
    for found in threads.each(partial(_of_one, model, book, crowd, wanted), clips, at_once):
        yield from found


def outcome(one: Example, extra: Mapping[str, float], judge: Judge, unknown: float = 0.0) -> Outcome:
    """What is made of an example. `extra`, `unknown`: nats for a grammar's texts, and on each `[unk]`."""
    heard = recognition(one.decoded, ranked(one.decoded, extra, unknown))
    return judge.judged(one.clip, one.condition, one.decoded.kind, heard)


def weighed(examples: Iterable[Example], extra: Mapping[str, float], judge: Judge) -> list[Weighed]:
    """Each example's outcome, with what its confidence can be made of."""
    return [
        Weighed(outcome(one, extra, judge), features(one.decoded, extra, judge.scale)) for one in examples
    ]


def cases(found: Iterable[Weighed], filler: Filler) -> list[Case]:
    """Of all in which words were heard; right and wrong ones weigh the same together."""
    heard = [one for one in found if one.features]
    right = sum(is_right(one.outcome) for one in heard)
    weight: Mapping[bool, float] = {True: 0.5 / max(1, right), False: 0.5 / max(1, len(heard) - right)}
    return [
        Case(one.outcome.clip, one.features.get(filler) or one.features["none"], true, weight[true])
        for one in heard
        for true in [is_right(one.outcome)]
    ]


def is_right(one: Outcome) -> bool:
    """Whether what was heard is to be believed: for what means nothing to the question, only the very words.

    Of a number, whether the right one is asked about.
    """
    if one.what in REFUSED:
        return one.heard == one.said
    return one.near_right if one.what in NUMBERS else one.right


def _of_one(
    model: Model, book: Book, crowd: Sequence[Sound], wanted: Collection[Filler], clip: Clip
) -> list[Example]:
    kinds = (*AS[clip.what], "text") if clip.what in NOTHING else AS[clip.what]
    found = []
    for condition, sound in played(clip, crowd, _drawn(clip, 1 if clip.what in REFUSED else IN_EACH)):
        scores = fillers(model, sound, wanted)
        for kind in kinds:
            one = decoded(model, book, expectation(clip, kind), sound, scores)
            found.append(Example(clip, condition, one))
    return found


def _drawn(clip: Clip, count: int) -> list[Condition]:
    """So many conditions, by the clip's name."""
    places = drawn("conditions", clip.name).permutation(len(CONDITIONS))[:count]
    return [CONDITIONS[place] for place in places]
