"""Whether what was heard can be believed: features of an utterance, a small logistic model, a threshold.

Weights and thresholds are data, `calibration.json` in the model's folder, fitted on speakers of no other use:

    {"filler": "open", "score_scale": 0.3, "sides": {"digits": 0.0}, "unknown_often": 1,
     "kinds": {"default": {"bias": 0.0, "weights": {"lowest": 1.0}, "threshold": 0.7}, "yesno": {…}}}

Without the file, which a foreign model lacks, the confidence is the lowest word confidence and must reach 0.7: with
the trial model 93 % of strangers' five-digit strings did, and 2 % of those were wrong.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, isfinite, log
from pathlib import Path
from typing import Any, Literal

from ivr.domain.readings import Costs
from ivr.language.number_words import ATOMS
from ivr.speech.errors import ModelError
from ivr.speech.level import FRAME, Level
from ivr.speech.model import UNKNOWN
from ivr.speech.results import Alternative, Reason, Word, agreed, rival

FILE = "calibration.json"
FEATURES = (
    "lowest", "mean", "unknown", "sound", "filler", "margin", "shortest", "longest", "level", "above_background",
    "words", "stray", "tone",
)  # fmt: skip
Filler = Literal["none", "open", "phones"]
"""What the grammar's score is compared with: nothing, the whole vocabulary, or a loop of the model's phones."""

TONE = 0.85
"""Level.tone from which on nobody speaks: a line's tones have 0.88 at least, words up to 0.82 (docs/ears.md)."""
_DIGIT_S = 0.24
"""Shorter is no digit: a breath, an «э»."""
_LETTER_S = 0.07
"""Of a word at an ordinary pace."""
SLOW = 0.7
"""Pace of the slowest word that a person says: twice as long as usual. Engines are quicker, and what is fitted on
them would hold a person's tempo against him (docs/ears.md)."""
CLOSE = Costs().close
"""Scaled nats behind the likeliest text; what is further is not asked about."""
_MOST_MARGIN = 20.0
_MOST_OFTEN = 1000
_LEAST, _MOST = 0.001, 0.999
"""Confidences are held within, so that their logits are finite."""


@dataclass(frozen=True)
class Verdict:
    """A logistic model of one kind of expectation: the confidence, and from where on it is believed."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=lambda: {"lowest": 1.0})
    """Feature → weight; features left out do not count."""
    threshold: float = 0.7

    def confidence(self, features: Mapping[str, float]) -> float:
        """0 to 1."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, logit))))


@dataclass(frozen=True)
class Calibration:
    """All that belongs to one model: what was fitted, and how often `[unk]` stands."""

    filler: Filler = "none"
    score_scale: float = 0.3
    """What a nat of score weighs against the costs of domain.readings (a group of digits more: 1)."""
    sides: Mapping[str, float] = field(default_factory=dict)
    """Grammar's name → nats that its texts are given before the sides are pooled."""
    unknown_often: int = 1
    """How often `[unk]` stands in a grammar of phrases: 50 times makes it four nats cheaper than once. It belongs to
    what the model's graph says that `[unk]` costs."""
    kinds: Mapping[str, Verdict] = field(default_factory=dict)
    """Kind of expectation → its model; `default` for the others."""
    fitted: bool = False
    """Whether it came from a file."""

    def verdict(self, kind: str) -> Verdict:
        """The model for a kind of expectation."""
        return self.kinds.get(kind) or self.kinds.get("default") or Verdict()


def load(folder: Path) -> Calibration:
    """The calibration of a model's folder, the default where it has none. Raises ModelError for a broken file."""
    path = folder / FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Calibration()
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path}: it cannot be read: {error}") from error
    try:
        return _calibration(stored)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ModelError(f"{path}: {error}; fit it anew, or take it away") from error


def features(
    best: Alternative, others: Sequence[Alternative], filler: float | None, level: Level
) -> dict[str, float]:
    """FEATURES of the likeliest text, which has at least one word.

    `others`: the further alternatives, likeliest first. `filler`: the filler's score of the same sound, if any.
    """
    confidences = [word.confidence for word in best.words]
    known = [word for word in best.words if word.word != UNKNOWN]
    spoken = sum(word.end - word.start for word in best.words)
    paces = [_pace(word) for word in known] or [0.0]
    frames = max(1, level.samples // FRAME)
    loud = level.during(best.words[0].start, best.words[-1].end)
    return {
        "lowest": _logit(min(confidences)),
        "mean": _logit(sum(confidences) / len(confidences)),
        "unknown": 1.0 - sum(word.end - word.start for word in known) / max(spoken, 0.01),
        "sound": best.sound / frames,
        "filler": 0.0 if filler is None else (best.sound - filler) / frames,
        "margin": min(_MOST_MARGIN, best.score - others[0].score) if others else _MOST_MARGIN,
        "shortest": min(paces),
        "longest": max(SLOW, *paces),
        "level": loud,
        "above_background": loud - level.background(),
        "words": log(len(best.words)),
        "stray": best.stray,
        "tone": level.tone,
    }


def judged(found: Sequence[Alternative], kind: str, scale: float) -> Alternative:
    """The likeliest of `found` with the confidences that are to be judged.

    Where a question asks which of two numbers was meant, one of the two is to be believed: «пятьдесят» and
    «пятнадцать» as likely as each other are no reason to ask for the number again.
    """
    if kind != "number" or (other := rival(found, CLOSE / scale)) is None:
        return found[0]
    return agreed(found[0], found, other)


def judge(verdict: Verdict, best: Alternative, found: Mapping[str, float]) -> tuple[float, Reason]:
    """The confidence, and why it is no match, if it is none."""
    if reason := nothing(best, found.get("tone", 0.0)):
        return 0.0, reason
    confidence = verdict.confidence(found)
    return confidence, "" if confidence >= verdict.threshold else "unsure"


def nothing(best: Alternative, tone: float) -> Reason:
    """Why there is nothing to believe whatever the confidence, if there is not. `tone`: of Level."""
    if not best.words or tone >= TONE:
        return "silence"
    if all(word.word == UNKNOWN for word in best.words) or _unknown_within_a_number(best.words):
        return "unknown"
    return ""


def _unknown_within_a_number(words: Sequence[Word]) -> bool:
    """Whether something as long as a digit was said between two number words, and nobody knows what."""
    return any(
        word.word == UNKNOWN
        and word.end - word.start >= _DIGIT_S
        and all(other.word in ATOMS for other in (before, after))
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )


def _pace(word: Word) -> float:
    """How much longer the word is than at an ordinary pace: 0 as long, 1 e times as long."""
    return log(max(word.end - word.start, 0.01) / (_LETTER_S * max(2, len(word.word))))


def _logit(share: float) -> float:
    held = min(_MOST, max(_LEAST, share))
    return log(held / (1.0 - held))


def _calibration(stored: dict[str, Any]) -> Calibration:
    if unknown := stored.keys() - {"filler", "score_scale", "sides", "unknown_often", "kinds", "about"}:
        raise ValueError(f"unknown field {sorted(unknown)}")
    filler = stored.get("filler", "none")
    if filler not in ("none", "open", "phones"):
        raise ValueError(f"filler is {filler!r}; none, open and phones are known")
    scale = _finite(stored.get("score_scale", Calibration.score_scale))
    if scale <= 0:
        raise ValueError(f"score_scale is {scale}; it must be above 0")
    often = stored.get("unknown_often", Calibration.unknown_often)
    if type(often) is not int or not 1 <= often <= _MOST_OFTEN:
        raise ValueError(f"unknown_often is {often!r}; it must be 1 to {_MOST_OFTEN:,}")
    return Calibration(
        filler,
        scale,
        {name: _finite(nats) for name, nats in stored.get("sides", {}).items()},
        often,
        {kind: _verdict(one) for kind, one in stored["kinds"].items()},
        fitted=True,
    )


def _verdict(stored: dict[str, Any]) -> Verdict:
    weights = {name: _finite(weight) for name, weight in stored["weights"].items()}
    if unknown := weights.keys() - set(FEATURES):
        raise ValueError(f"unknown feature {sorted(unknown)}; known are {list(FEATURES)}")
    threshold = _finite(stored["threshold"])
    if not 0 < threshold < 1:
        raise ValueError(f"threshold is {threshold}; it must be between 0 and 1")
    return Verdict(_finite(stored["bias"]), weights, threshold)


def _finite(number: float) -> float:
    if not isfinite(number):
        raise ValueError(f"{number} is no number")
    return float(number)
