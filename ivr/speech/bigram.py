"""The bigram that Vosk makes of a run-time grammar, and what a text costs by it.

Vosk's rule (its language_model.cc): half of each state's probability goes to the words counted there, half to the
back-off; a sentence begins at the back-off state, where all words are counted. With the cost known, the score of what
was heard can be told apart into sound and grammar: score = sound - GRAPH_SCALE * cost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import inf, log

GRAPH_SCALE = 0.9
"""What Vosk multiplies a graph's costs by before it gives a score."""
_DISCOUNT = 0.5
_END = ""


class Bigram:
    """Of sentences given as word sequences."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._after: dict[str, Counter[str]] = defaultdict(Counter)
        self._any: Counter[str] = Counter()
        for sentence in sentences:
            before = None
            for word in (*sentence, _END):
                self._any[word] += 1
                if before is not None:
                    self._after[before][word] += 1
                before = word
        self._all = sum(self._any.values())

    def cost(self, words: Sequence[str]) -> float:
        """In nats, of the words and the end; infinite where a word is not the grammar's."""
        total, before = 0.0, None
        for word in (*words, _END):
            total += self._step(before, word)
            before = word
        return total

    def _step(self, before: str | None, word: str) -> float:
        backed_off = _cost(self._any[word], self._all)
        if before is None:
            return backed_off
        after = self._after[before] if before in self._after else Counter[str]()
        return min(_cost(after[word], after.total()), backed_off - log(1 - _DISCOUNT))


def _cost(count: int, total: int) -> float:
    return -log(_DISCOUNT * count / total) if count else inf


def trails(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Sentences in which each pair stands once: half the words, and half the time, of a sentence for each pair."""
    following: dict[str, list[str]] = defaultdict(list)
    for first, second in dict.fromkeys(pairs):
        following[first].append(second)
    for first in list(following):
        while following[first]:
            trail = [first]
            while following.get(trail[-1]):
                trail.append(following[trail[-1]].pop(0))
            yield tuple(trail)
