"""A logistic model of few weights, each of the sign that makes sense.

Features are added one at a time, the one that helps most on clips kept out of the fit, until none helps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ivr.speech.rejection import Verdict

SIGNS: Mapping[str, int] = {
    "lowest": 1,
    "mean": 1,
    "unknown": -1,
    "sound": 1,
    "filler": 1,
    "margin": 1,
    "shortest": 1,
    "longest": -1,
    "above_background": 1,
    "words": 0,
    "stray": -1,
}
"""Feature → which way it must count, 0: either. Left out are `level`, a soft voice is as right as a loud one, and
`tone`, which rejection.TONE decides by."""
MOST_FEATURES = 5
L2 = 0.003
GAIN = 0.01
"""So much less must the loss be, as a share, for one more feature."""
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One recognition to learn from."""

    clip: str
    """Recognitions of one clip are never on both sides of a fold."""
    features: Mapping[str, float]
    right: bool
    weight: float = 1.0


def fit(cases: Sequence[Case]) -> tuple[Verdict, float]:
    """The model (its threshold is still to be chosen), and its loss on clips kept out: nats a case, weighted.

    Raises ValueError where all cases are right or all wrong.
    """
    right = np.array([case.right for case in cases], np.float64)
    if len(set(right.tolist())) < 2:
        raise ValueError(f"{len(cases)} cases, all of one kind: nothing can be told apart")
    weights = np.array([case.weight for case in cases])
    folds = np.array([crc32(case.clip.encode()) % FOLDS for case in cases])
    chosen: list[str] = []
    loss = _loss(np.zeros((len(cases), 0)), right, weights, folds, [])
    while len(chosen) < MOST_FEATURES:
        tried = {
            name: _loss(_matrix(cases, [*chosen, name]), right, weights, folds, [*chosen, name])
            for name in SIGNS
            if name not in chosen
        }
        best = min(tried, key=lambda name: tried[name])
        if tried[best] > loss * (1 - GAIN):
            break
        chosen.append(best)
        loss = tried[best]
    bias, *found = _fitted(_matrix(cases, chosen), right, weights, chosen)
    named = {name: float(weight) for name, weight in zip(chosen, found, strict=True) if weight}
    return Verdict(float(bias), named), loss


def _matrix(cases: Sequence[Case], names: Sequence[str]) -> Matrix:
    return np.array([[case.features[name] for name in names] for case in cases], np.float64).reshape(
        len(cases), len(names)
    )


def _loss(x: Matrix, right: Matrix, weights: Matrix, folds: NDArray[np.int64], names: Sequence[str]) -> float:
    total = 0.0
    for fold in range(FOLDS):
        kept, out = folds != fold, folds == fold
        if not out.any() or not kept.any():
            continue
        found = _fitted(x[kept], right[kept], weights[kept], names)
        total += float((weights[out] * _nats(found[0] + x[out] @ found[1:], right[out])).sum())
    return total / float(weights.sum())


def _fitted(x: Matrix, right: Matrix, weights: Matrix, names: Sequence[str]) -> Matrix:
    """Bias and weights; shape (1 + features,)."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = (x - mean) / scale
    whole = weights.sum()

    def objective(w: Matrix) -> tuple[float, Matrix]:
        logits = w[0] + z @ w[1:]
        off = weights * (1 / (1 + np.exp(-np.clip(logits, -50, 50))) - right) / whole
        value = (weights * _nats(logits, right)).sum() / whole + L2 * np.square(w[1:]).sum() / 2
        return float(value), np.concatenate([[off.sum()], z.T @ off + L2 * w[1:]])

    bounds = [(None, None), *(_BOUNDS[SIGNS[name]] for name in names)]
    w = minimize(objective, np.zeros(1 + len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.concatenate([[w[0] - (w[1:] * mean / scale).sum()], w[1:] / scale])


_BOUNDS: Mapping[int, tuple[float | None, float | None]] = {1: (0, None), -1: (None, 0), 0: (None, None)}


def _nats(logits: Matrix, right: Matrix) -> Matrix:
    """What each case costs."""
    return np.asarray(np.logaddexp(0.0, np.where(right > 0, -logits, logits)))
