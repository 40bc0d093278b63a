"""The objective against a sum over all paths, written out."""

import itertools
import math

import numpy as np
import pytest
import torch

from training.ears.acoustics import mmi

PHONES = 4


@pytest.fixture
def bigram() -> mmi.PhoneBigram:
    table = np.random.default_rng(3).uniform(0.1, 1, (PHONES, PHONES))
    return mmi.PhoneBigram(table / table.sum(1, keepdims=True))


def spelt_out(scores: torch.Tensor, graph: mmi.Graph) -> float:
    """Log of the sum over every way to be in a state at each frame, having entered or stayed."""
    frames, states = len(scores), len(graph.phones)
    chance = {
        (int(graph.sources[k]), s): float(graph.weights[k])
        for s in range(states)
        for k in range(graph.into[s], graph.into[s + 1])
    }
    values = scores.double().exp().numpy()
    total = 0.0
    for way in itertools.product(itertools.product(range(states), (True, False)), repeat=frames):
        if way[0] != (0, True) or way[-1][0] != graph.final:
            continue
        product = values[0, 2 * graph.phones[0]]
        for t, ((before, _), (state, enters)) in enumerate(itertools.pairwise(way), 1):
            pdf = 2 * graph.phones[state] + (not enters)
            weight = chance.get((before, state), 0.0) if enters else float(before == state)
            product *= weight * values[t, pdf]
        total += product
    return math.log(total)


def test_the_bigrams_sum_is_that_over_all_paths(bigram: mmi.PhoneBigram) -> None:
    scores = torch.randn(1, 4, 2 * PHONES, generator=torch.Generator().manual_seed(1))
    found = mmi.log_sum(scores, torch.tensor([4]), [bigram.everything])
    assert float(found) == pytest.approx(spelt_out(scores[0], bigram.everything), abs=1e-4)


def test_what_was_said_is_a_part_of_what_could_be_said(bigram: mmi.PhoneBigram) -> None:
    scores = torch.randn(1, 30, 2 * PHONES, generator=torch.Generator().manual_seed(2))
    lengths = torch.tensor([30])
    said = mmi.log_sum(scores, lengths, [bigram.said([[(1, 2)], [(3,), (2, 2, 1)]])])
    everything = mmi.log_sum(scores, lengths, [bigram.everything])
    assert float(said) < float(everything)


def test_the_gradient_is_the_slope(bigram: mmi.PhoneBigram) -> None:
    scores = torch.randn(1, 9, 2 * PHONES, requires_grad=True, generator=torch.Generator().manual_seed(5))
    graph = [bigram.said([[(1, 2)], [(3,), (2, 2, 1)]])]
    lengths = torch.tensor([9])
    mmi.log_sum(scores, lengths, graph).sum().backward()
    assert scores.grad is not None
    for t, pdf in ((0, 0), (3, 4), (5, 6), (8, 1)):
        moved = scores.detach().clone()
        moved[0, t, pdf] += 0.01
        up = mmi.log_sum(moved, lengths, graph)
        moved[0, t, pdf] -= 0.02
        slope = (up - mmi.log_sum(moved, lengths, graph)) / 0.02
        assert float(slope) == pytest.approx(float(scores.grad[0, t, pdf]), abs=2e-3)


def test_nothing_said_is_silence(bigram: mmi.PhoneBigram) -> None:
    scores = torch.randn(1, 3, 2 * PHONES, generator=torch.Generator().manual_seed(6))
    found = mmi.log_sum(scores, torch.tensor([3]), [bigram.said([])])
    assert float(found) == pytest.approx(float(scores[0, 0, 0] + scores[0, 1, 1] + scores[0, 2, 1]), abs=1e-5)
