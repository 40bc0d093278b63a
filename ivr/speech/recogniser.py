"""Ears for a question: a recogniser made from its expectation hears one utterance, as it comes or at once.

Facts of Vosk 0.3.45 that this is built on: a recogniser serves one utterance (after `Reset` the old one's tail leaks,
and `SetGrammar` after sound ends the process); it may be used by one thread at a time, and lets go of the GIL while
it decodes; the model is shared. Each grammar of the question has a decoder of its own, fed with the same sound.
"""

import json
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from ivr.audio import RATE
from ivr.language.grammar import Grammar
from ivr.speech import rejection
from ivr.speech.grammars import MOST_ALTERNATIVES, OPEN, Book, Expectation, Side, phone_loop
from ivr.speech.level import Level
from ivr.speech.model import Model
from ivr.speech.rejection import Calibration
from ivr.speech.results import Alternative, Recognition, alternatives, pooled, without_yo
from ivr.speech.spares import Spares

SAMPLE = 2
"""Bytes of one."""
_STEP = RATE // 5
"""Samples fed at once to a decoder where a whole utterance is there."""


class Ears:
    """One model and the line's grammars: makes recognisers. Threads share it."""

    def __init__(self, model: Model, grammars: Mapping[str, Grammar]) -> None:
        """Raises ModelError where the model's calibration cannot be read."""
        self.model = model
        self.calibration = rejection.load(model.files.folder)
        self.book = Book(model, grammars, self.calibration.unknown_often)
        self._filler = _filler(model, self.calibration)
        self._spares = Spares(model)

    def listen(self, expectation: Expectation) -> "Recogniser":
        """A new recogniser for one utterance."""
        sides = self.book.sides(expectation)
        filler = None if OPEN in sides else self._filler
        return Recogniser(self.model, self._spares, sides, filler, expectation, self.calibration)

    def hear(self, sound: NDArray[np.int16], expectation: Expectation) -> Recognition:
        """A whole utterance at 8 kHz; shape (samples,)."""
        recogniser = self.listen(expectation)
        for start in range(0, len(sound), _STEP):
            recogniser.accept(sound[start : start + _STEP].tobytes())
        return recogniser.final()


class Recogniser:
    """Hears one utterance. Calls from several threads wait for each other."""

    def __init__(
        self,
        model: Model,
        spares: Spares,
        sides: Sequence[Side],
        filler: Side | None,
        expectation: Expectation,
        calibration: Calibration,
    ) -> None:
        self._expectation, self._calibration = expectation, calibration
        self._sides = [(side, spares.take(side.json, MOST_ALTERNATIVES)) for side in sides]
        self._filler = (filler, spares.take(filler.json, 1)) if filler else None
        self._resampler = _resampler(model.files.rate)
        self._level, self._lock = Level(), Lock()
        self._heard: Recognition | None = None

    def accept(self, sound: bytes) -> None:
        """More of the utterance: int16, little-endian, mono, 8 kHz; any number of whole samples.

        Raises ValueError for half a sample, RuntimeError after `final`.
        """
        if len(sound) % SAMPLE:
            raise ValueError(f"{len(sound)} bytes are no whole samples of {SAMPLE}")
        with self._lock:
            if self._heard is not None:
                raise RuntimeError("the utterance is over: a recogniser hears one")
            samples = np.frombuffer(sound, dtype="<i2").astype(np.int16, copy=False)
            self._level.accept(samples)
            self._feed(samples, last=False)

    def partial(self) -> str:
        """What is heard so far, by the widest grammar; empty after `final`. It may still change."""
        with self._lock:
            if self._heard is not None:
                return ""
            found: str = json.loads(self._sides[-1][1].PartialResult()).get("partial", "")
            return without_yo(found)

    def final(self) -> Recognition:
        """The utterance, which is over now; again the same when asked again."""
        with self._lock:
            if self._heard is None:
                self._feed(np.empty(0, np.int16), last=True)
                self._heard = self._recognition()
                self._sides, self._filler = [], None  # what they hold is not needed any more
            return self._heard

    def _feed(self, samples: NDArray[np.int16], *, last: bool) -> None:
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples, last=last)
        sound = samples.astype("<i2", copy=False).tobytes()
        if sound:
            for _, decoder in [*self._sides, *([self._filler] if self._filler else [])]:
                decoder.AcceptWaveform(
                    sound
                )  # its endpoints are not looked at: when to stop is the line's business

    def _recognition(self) -> Recognition:
        extra = self._calibration.sides
        found = pooled(_final(side, decoder, extra.get(side.name, 0.0)) for side, decoder in self._sides)
        best, *others = found
        filler = _final(*self._filler, 0.0)[0].sound if self._filler else None
        judged = rejection.judged(found, self._expectation.kind, self._calibration.score_scale)
        features = rejection.features(judged, others, filler, self._level) if best.words else {}
        verdict = self._calibration.verdict(self._expectation.kind)
        confidence, reason = rejection.judge(verdict, best, features)
        listed = (best, *others)[: self._expectation.alternatives] if best.text else ()
        duration = self._level.samples / RATE
        return Recognition(best.text, round(confidence, 4), best.words, listed, reason, features, duration)


def _final(side: Side, decoder: Any, extra: float) -> list[Alternative]:
    return alternatives(json.loads(decoder.FinalResult()), side, extra)


def _resampler(rate: int) -> soxr.ResampleStream | None:
    """From the telephone's rate to the model's; a model of 8 kHz needs none."""
    return None if rate == RATE else soxr.ResampleStream(RATE, rate, 1, dtype="int16")


def _filler(model: Model, calibration: Calibration) -> Side | None:
    """What anything can be heard as; the whole vocabulary where the model has no words of one phone."""
    if calibration.filler == "none":
        return None
    phones = model.files.phones if calibration.filler == "phones" else ()
    return phone_loop(phones) if phones else OPEN
