"""An utterance decoded once, with every grammar and filler, to be weighed again and again while weights are fitted.

What `ranked`, `recognition` and `features` do together is what ivr.speech.recogniser does with one calibration.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.audio import RATE
from ivr.speech import rejection
from ivr.speech.bigram import GRAPH_SCALE
from ivr.speech.grammars import MOST_ALTERNATIVES, OPEN, Book, Expectation, Side, phone_loop
from ivr.speech.level import Level
from ivr.speech.model import UNKNOWN, Model
from ivr.speech.numbers import FAR_BEHIND
from ivr.speech.rejection import Filler
from ivr.speech.results import Alternative, Recognition, alternatives, each_once, pooled


@dataclass(frozen=True)
class Decoded:
    """What the decoders found, not yet weighed."""

    kind: str
    sides: tuple[tuple[Alternative, ...], ...]
    """Of each grammar, its own order kept; what is too far behind to count is left out."""
    fillers: Mapping[Filler, float]
    """Scores of the sound alone; none where the whole vocabulary is what is listened for."""
    level: Level


def fillers(model: Model, sound: NDArray[np.int16], wanted: Collection[Filler]) -> dict[Filler, float]:
    """The sound's score by the whole vocabulary, and by a loop of phones where the model has words for them."""
    sides: dict[Filler, Side] = {"open": OPEN} if "open" in wanted else {}
    if model.files.phones and "phones" in wanted:
        sides["phones"] = phone_loop(model.files.phones)
    return {name: _found(model, side, sound, 1)[0].sound for name, side in sides.items()}


def decoded(
    model: Model,
    book: Book,
    expectation: Expectation,
    sound: NDArray[np.int16],
    scores: Mapping[Filler, float],
) -> Decoded:
    """The utterance as one question hears it. `scores`: of `fillers`."""
    sides = book.sides(expectation)
    level = Level()
    level.accept(sound)
    found = tuple(tuple(_close(_found(model, side, sound, MOST_ALTERNATIVES))) for side in sides)
    return Decoded(expectation.kind, found, {} if OPEN in sides else scores, level)


def ranked(one: Decoded, extra: Mapping[str, float], unknown: float = 0.0) -> list[Alternative]:
    """All sides' texts together, each once, the likeliest first; their words' confidences are not of use yet.

    `extra`: name of a grammar → nats for its texts. `unknown`: what each `[unk]` costs more than in the graph, nats.
    """

    def weighed(found: Alternative) -> Alternative:
        dearer = GRAPH_SCALE * unknown * found.text.split().count(UNKNOWN)
        return replace(found, score=found.score + extra.get(found.side, 0.0) - dearer)

    return each_once(map(weighed, chain.from_iterable(one.sides)))


def recognition(one: Decoded, found: Sequence[Alternative]) -> Recognition:
    """What the line would hear, before it is asked whether to believe it. `found`: of `ranked`."""
    best = found[0]
    listed = tuple(found[:MOST_ALTERNATIVES]) if best.text else ()
    return Recognition(best.text, 0.0, best.words, listed, "", {}, one.level.samples / RATE)


def features(one: Decoded, extra: Mapping[str, float], scale: float) -> dict[Filler, dict[str, float]]:
    """rejection.features with each filler and with none; nothing where the line has nothing to believe."""
    found = pooled([ranked(one, extra)])
    best, others = rejection.judged(found, one.kind, scale), found[1:]
    if rejection.nothing(best, one.level.tone):
        return {}
    scores: dict[Filler, float | None] = {"none": None, **one.fillers}
    return {name: rejection.features(best, others, score, one.level) for name, score in scores.items()}


def _found(model: Model, side: Side, sound: NDArray[np.int16], count: int) -> list[Alternative]:
    decoder: Any = model.decoder(side.json, count)
    decoder.AcceptWaveform(sound.astype("<i2").tobytes())
    return alternatives(json.loads(decoder.FinalResult()), side, 0.0)


def _close(found: list[Alternative]) -> list[Alternative]:
    best = max(one.score for one in found)
    return [one for one in found if one.score > best - FAR_BEHIND]
