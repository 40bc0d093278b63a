"""Lattice-free maximum mutual information (Povey et al. 2016), from a flat start.

The objective of an utterance is log P(what was said | sound): the summed score of all ways through what was said (the
numerator) against that of everything that could have been said (the denominator). Both are graphs of phones; a phone
takes one frame of its forward pdf (2i), then any number of its self-loop pdf (2i+1). The denominator is a bigram of
phones; the numerator carries its weights, so the objective is a log-probability.
"""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_THREADS = ThreadPoolExecutor(2)

Ways = Sequence[Sequence[int]]
"""Pronunciations of a word as phone indices."""


@dataclass(frozen=True)
class Graph:
    """Paths begin by entering state 0, silence, and end in the state `final`. Arcs are sorted by their target."""

    phones: NDArray[np.int64]
    """(states,)"""
    into: NDArray[np.int64]
    """(states + 1,) where the arcs into each state begin"""
    sources: NDArray[np.int64]
    """(arcs,)"""
    weights: NDArray[np.float64]
    """(arcs,) probabilities"""
    final: int

    @classmethod
    def of(cls, phones: Sequence[int], before: Sequence[Sequence[tuple[int, float]]], final: int) -> "Graph":
        """`before`: for each state the states that it is entered from, with the arcs' weights."""
        into = np.cumsum([0, *(len(arcs) for arcs in before)])
        flat = [arc for arcs in before for arc in arcs]
        return cls(
            np.array(phones, np.int64),
            into.astype(np.int64),
            np.array([source for source, _ in flat], np.int64),
            np.array([weight for _, weight in flat], np.float64),
            final,
        )


class PhoneBigram:
    """All phone sequences that begin and end in silence, weighted by a bigram (phones, phones) of probabilities."""

    def __init__(self, bigram: NDArray[np.float64]) -> None:
        self.bigram = bigram
        before = [[(source, float(p)) for source, p in enumerate(column)] for column in bigram.T]
        self.everything = Graph.of(range(len(bigram)), before, 0)

    def said(self, words: Sequence[Ways]) -> Graph:
        """All ways through these words."""
        phones, before = sausage(words)
        weighed = [
            [(b, float(self.bigram[phones[b], phone])) for b in entered]
            for phone, entered in zip(phones, before, strict=True)
        ]
        return Graph.of(phones, weighed, len(phones) - 1)


def sausage(words: Sequence[Ways]) -> tuple[list[int], list[list[int]]]:
    """Silence, each word in all its ways with optional silence between, silence; of nothing, silence alone.

    Returns the phone of each state, and the states before it.
    """
    phones: list[int] = [0]
    before: list[list[int]] = [[]]
    last = [0]
    for number, ways in enumerate(words):
        if number:
            phones.append(0)
            before.append(list(last))
            last = [*last, len(phones) - 1]
        ends = []
        for way in ways:
            entered = last
            for phone in way:
                phones.append(phone)
                before.append(list(entered))
                entered = [len(phones) - 1]
            ends += entered
        last = ends
    if words:
        phones.append(0)
        before.append(list(last))
    return phones, before


class LogSum(torch.autograd.Function):
    """(batch,) log of the summed score of all paths through each utterance's graph.

    Scores are (batch, frames, pdfs); their gradient is how likely each pdf is at each frame.
    """

    @staticmethod
    def forward(ctx: Any, scores: Tensor, lengths: Tensor, graphs: Sequence[Graph]) -> Tensor:
        """One graph an utterance."""
        values = scores.detach().numpy()
        gradient = np.zeros_like(values)

        def one(row: int) -> float:
            graph, frames = graphs[row], int(lengths[row])
            return float(
                _forward_backward(
                    values[row, :frames],
                    graph.phones,
                    graph.into,
                    graph.sources,
                    graph.weights,
                    graph.final,
                    gradient[row],
                )
            )

        totals = np.array(list(_THREADS.map(one, range(len(graphs)))))
        ctx.save_for_backward(torch.from_numpy(gradient))
        return torch.from_numpy(totals.astype(np.float32))

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor, None, None]:
        """The occupancies, weighed."""
        (gradient,) = ctx.saved_tensors
        return gradient * outputs[0][:, None, None], None, None


def log_sum(scores: Tensor, lengths: Tensor, graphs: Sequence[Graph]) -> Tensor:
    """See LogSum."""
    return torch.Tensor(LogSum.apply(scores, lengths, graphs))


_compiled = numba.njit(cache=True, fastmath=True, nogil=True)
_LEAST = 1e-300


@_compiled  # type: ignore[untyped-decorator]
def _forward_backward(
    scores: NDArray[np.float32],
    phones: NDArray[np.int64],
    into: NDArray[np.int64],
    sources: NDArray[np.int64],
    weights: NDArray[np.float64],
    final: int,
    occupancy: NDArray[np.float32],
) -> float:
    """Log of the sum over paths; adds each pdf's occupancy. Scaled, so that long utterances do not underflow."""
    frames = len(scores)
    tops = np.empty(frames)
    odds = np.empty(scores.shape)
    for t in range(frames):
        tops[t] = scores[t].max()
        odds[t] = np.exp(scores[t] - tops[t])
    entered, alpha, scale = _forward(odds, phones, into, sources, weights)
    last = max(alpha[frames - 1, final], _LEAST)
    beta = np.zeros(len(phones))
    beta[final] = 1.0 / last
    for t in range(frames - 1, 0, -1):
        beta = _back(
            beta, odds[t] / scale[t], entered[t], alpha[t - 1], phones, into, sources, weights, occupancy[t]
        )
    occupancy[0, 2 * phones[0]] += entered[0, 0] * beta[0]
    result = math.log(last)
    for t in range(frames):
        result += math.log(max(scale[t], _LEAST)) + tops[t]
    return result


@_compiled  # type: ignore[untyped-decorator]
def _forward(
    odds: NDArray[np.float64],
    phones: NDArray[np.int64],
    into: NDArray[np.int64],
    sources: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """(frames, states) of having just entered and of being in a state; (frames,) what a frame was divided by."""
    frames, states = len(odds), len(phones)
    entered, alpha, scale = np.zeros((frames, states)), np.zeros((frames, states)), np.zeros(frames)
    entered[0, 0] = alpha[0, 0] = 1.0
    scale[0] = odds[0, 2 * phones[0]]
    for t in range(1, frames):
        total = 0.0
        for s in range(states):
            come = 0.0
            for k in range(into[s], into[s + 1]):
                come += weights[k] * alpha[t - 1, sources[k]]
            entered[t, s] = come * odds[t, 2 * phones[s]]
            alpha[t, s] = entered[t, s] + alpha[t - 1, s] * odds[t, 2 * phones[s] + 1]
            total += alpha[t, s]
        scale[t] = max(total, _LEAST)
        alpha[t] /= scale[t]
        entered[t] /= scale[t]
    return entered, alpha, scale


@_compiled  # type: ignore[untyped-decorator]
def _back(
    beta: NDArray[np.float64],
    odds: NDArray[np.float64],
    entered: NDArray[np.float64],
    earlier: NDArray[np.float64],
    phones: NDArray[np.int64],
    into: NDArray[np.int64],
    sources: NDArray[np.int64],
    weights: NDArray[np.float64],
    occupancy: NDArray[np.float32],
) -> NDArray[np.float64]:
    """(states,) beta one frame earlier; adds the occupancy of this frame. `earlier`: alpha of the frame before."""
    before = np.zeros(len(phones))
    for s in range(len(phones)):
        if beta[s] == 0.0:
            continue
        occupancy[2 * phones[s]] += entered[s] * beta[s]
        stay = odds[2 * phones[s] + 1] * beta[s]
        occupancy[2 * phones[s] + 1] += earlier[s] * stay
        before[s] += stay
        enter = odds[2 * phones[s]] * beta[s]
        for k in range(into[s], into[s + 1]):
            before[sources[k]] += weights[k] * enter
    return before
