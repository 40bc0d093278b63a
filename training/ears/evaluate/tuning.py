"""What is fitted beside the rejection: nats for a grammar's texts, the weight of sound, what `[unk]` should cost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from training.ears.evaluate.clips import NOTHING, NUMBERS
from training.ears.evaluate.examples import Example, outcome
from training.ears.evaluate.judging import Judge

DIGITS_EXTRA = (-6.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 6.0, 8.0)
"""Nats for texts decoded digit by digit."""
SCALES = (0.1, 0.2, 0.3, 0.45, 0.7, 1.0, 1.5, 2.2)
UNKNOWN_EXTRA = (-2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 8.0)
FLAT = 0.003
"""Shares that differ by less are the same: the middle of those is taken."""
SAMPLE = 700
"""Examples are enough here, evenly drawn."""


@dataclass(frozen=True)
class Found:
    """What was chosen, and the measure of each that was tried."""

    chosen: float
    tried: Mapping[float, float]


def digits_extra(examples: Sequence[Example], judge: Judge) -> Found:
    """By the share of numbers whose value ranks first, no last reading known and known."""
    few = numbers(examples)
    return _best({nats: _right(few, {"digits": nats}, judge) for nats in DIGITS_EXTRA})


def score_scale(examples: Sequence[Example], extra: Mapping[str, float], judge: Judge) -> Found:
    """By the same share."""
    few = numbers(examples)
    return _best({scale: _right(few, extra, replace(judge, scale=scale)) for scale in SCALES})


def unknown_extra(
    examples: Sequence[Example], extra: Mapping[str, float], judge: Judge
) -> dict[float, tuple[float, float]]:
    """Nats on `[unk]` → share of numbers right, and share of sounds that mean nothing heard as some number.

    Before anything is refused. Out of lists of alternatives: a large change would list others.
    """
    few = numbers(examples)
    nothing = [one for one in examples if one.decoded.kind == "number" and one.clip.what in NOTHING]
    tried = {}
    for nats in UNKNOWN_EXTRA:
        false = [outcome(one, extra, judge, nats).number for one in nothing]
        tried[nats] = _right(few, extra, judge, nats), fmean(false) if false else 0.0
    return tried


def numbers(examples: Sequence[Example]) -> list[Example]:
    """At most SAMPLE of those that say one."""
    found = [one for one in examples if one.clip.what in NUMBERS]
    step = max(1, round(len(found) / SAMPLE))
    return found[::step]


def _right(
    examples: Iterable[Example], extra: Mapping[str, float], judge: Judge, unknown: float = 0.0
) -> float:
    """The mean over kinds of numbers."""
    shares = defaultdict(list)
    for one in examples:
        found = outcome(one, extra, judge, unknown)
        shares[found.what].append((found.right + found.by_last) / 2)
    return fmean(map(fmean, shares.values())) if shares else 0.0


def _best(tried: Mapping[float, float]) -> Found:
    top = max(tried.values())
    flat = sorted(one for one, share in tried.items() if share >= top - FLAT)
    middle = median(flat)
    return Found(min(flat, key=lambda one: abs(one - middle)), tried)
