"""The decoding graph of single words, HCL: transitions of phones in, words out, as lines for `fstcompile`.

A prefix tree of the words' phones whose ends are shared: after a word's last phone only that phone matters. A
phone is entered by its forward transition, and held by the self-loop on its state; the word stands on the arc
into its last phone. Silence may stand before, between and after words.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from training.ears.kaldi.acoustic_model import forward_tid, phone_id, selfloop_tid
from training.ears.words.phones import SILENCE

Way = Sequence[str]

_START, _ROOT, _SILENCE = 0, 1, 2


def positioned(way: Way) -> tuple[int, ...]:
    """Kaldi's ids of a word's phones."""
    if len(way) == 1:
        return (phone_id(way[0], "S"),)
    return (phone_id(way[0], "B"), *(phone_id(phone, "I") for phone in way[1:-1]), phone_id(way[-1], "E"))


def lines(
    ways: Mapping[str, Sequence[Way]], ids: Mapping[str, int], costs: Mapping[str, float]
) -> Iterator[str]:
    """The graph of all words; `costs` are those of the few words that cost anything."""
    silence = phone_id(SILENCE)
    yield from (_arc(_START, _ROOT), _arc(_START, _SILENCE, forward_tid(silence)))
    yield from (_arc(_SILENCE, _SILENCE, selfloop_tid(silence)), _arc(_SILENCE, _ROOT))
    states = count(3)
    inner: dict[tuple[int, ...], int] = {(): _ROOT}
    ends: dict[int, int] = {}
    for word, said in ways.items():
        for way in said:
            *before, last = positioned(way)
            for place in range(len(before)):
                path = tuple(before[: place + 1])
                if path not in inner:
                    inner[path] = next(states)
                    yield from _phone(inner[path[:-1]], inner[path], path[-1])
            if last not in ends:
                ends[last] = next(states)
                yield from (_arc(ends[last], ends[last], selfloop_tid(last)), _arc(ends[last], _ROOT))
                yield _arc(ends[last], _SILENCE, forward_tid(silence))
            yield _arc(inner[tuple(before)], ends[last], forward_tid(last), ids[word], costs.get(word, 0.0))
    yield from (str(state) for state in (_ROOT, _SILENCE, *ends.values()))


def _arc(source: int, target: int, label: int = 0, word: int = 0, cost: float = 0.0) -> str:
    return f"{source} {target} {label} {word} {cost}"


def _phone(source: int, state: int, phone: int) -> tuple[str, str]:
    """The arcs into a phone's state, and on it."""
    return _arc(source, state, forward_tid(phone)), _arc(state, state, selfloop_tid(phone))
