"""Which words follow which in what callers say: the graph Gr.fst, a bigram that backs off to single words.

Pairs met twice or more have their own probability (absolute discounting); what is left of a word's mass goes to
any word by its own probability, over a free arc of that cost.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

DISCOUNT = 0.7
FEWEST = 2
"""Pairs met less often are left to single words."""
END_SHARE = 0.15
"""Probability that an utterance ends after a word that no pair begins with: callers say about seven words."""

_EDGE = ""
"""Before the first and after the last word."""
_ANY = 0
"""The state after a word that no pair begins with; the first state in the file, where an utterance starts, is 1."""


def lines(
    probabilities: Mapping[str, float], ids: Mapping[str, int], texts: Iterable[Sequence[str]]
) -> Iterator[str]:
    """For `fstcompile`, words by their ids; `probabilities` of single words need not sum up to 1."""
    pairs = _pairs(texts, probabilities)
    states = {word: number for number, word in enumerate([_EDGE, *sorted(pairs.keys() - {_EDGE})], 1)}
    total = sum(probabilities.values()) / (1 - END_SHARE)
    for before, state in states.items():
        shares = pairs.get(before, {})
        for after, share in shares.items():
            if after != _EDGE:
                yield _arc(state, states.get(after, _ANY), ids[after], share)
        yield _arc(state, _ANY, 0, 1 - sum(shares.values()))
    for word, probability in probabilities.items():
        yield _arc(_ANY, states.get(word, _ANY), ids[word], probability / total)
    for before, state in states.items():
        if ended := pairs.get(before, {}).get(_EDGE):
            yield f"{state} {-math.log(ended):.4f}"
    yield f"{_ANY} {-math.log(END_SHARE):.4f}"


def _pairs(texts: Iterable[Sequence[str]], known: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Word before → word after → its discounted probability, of known words that were met together often enough."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        counts.update(zip([_EDGE, *text], [*text, _EDGE], strict=True))
    totals: Counter[str] = Counter()
    for (before, _), number in counts.items():
        totals[before] += number
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (before, after), number in counts.items():
        if number >= FEWEST and {before, after} <= known.keys() | {_EDGE}:
            found[before][after] = (number - DISCOUNT) / totals[before]
    return dict(found)


def _arc(source: int, target: int, word: int, probability: float) -> str:
    return f"{source} {target} {word} {word} {-math.log(probability):.4f}"
