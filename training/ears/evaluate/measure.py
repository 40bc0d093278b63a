"""Figures out of outcomes: shares by speaker, kind and condition, and which words were confused."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from training.ears.evaluate.alignment import errors
from training.ears.evaluate.clips import NOTHING, NUMBERS, What
from training.ears.evaluate.judging import Outcome

SPOKEN: tuple[What, ...] = (*NUMBERS, "word", "form", "yesno", "operator", "topic")
REFUSED: tuple[What, ...] = (*NOTHING, "outside", "near")
"""What must not be taken for anything; but a near phrase that is a topic when it is read is one when it is heard."""


ALL = "all"


@dataclass(frozen=True)
class Row:
    """Of one kind of clip of one speaker in one condition, heard as one kind of question."""

    speaker: str
    synthetic: bool
    what: What
    kind: str
    condition: str
    clips: int
    shares: dict[str, float]
    """Name of a measure → 0 to 1."""


def rows(outcomes: Iterable[Outcome], *, apart: bool = True) -> list[Row]:
    """A row for each group, in the order in which they first came; conditions apart, or all together."""
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault((one.what, one.speaker, one.kind, one.condition if apart else ALL), []).append(one)
    return [_row(group, names[-1]) for names, group in groups.items()]


def _row(group: Sequence[Outcome], condition: str) -> Row:
    first = group[0]
    shares = _spoken(group) if first.what in SPOKEN or first.kind == "text" else _refused(group)
    return Row(first.speaker, first.synthetic, first.what, first.kind, condition, len(group), shares)


def _spoken(group: Sequence[Outcome]) -> dict[str, float]:
    found = {
        "wer": errors((one.said, one.heard) for one in group).rate,
        "exact": _share(group, lambda one: one.heard == one.said),
        "right": _share(group, lambda one: one.right),
        "right_taken": _share(group, lambda one: one.right and one.taken),
        "wrong_taken": _share(group, lambda one: not one.right and one.taken),
        "right_refused": _share([one for one in group if one.right], lambda one: not one.taken),
    }
    if group[0].what in NUMBERS:
        found["asked"] = _share(group, lambda one: one.near_right)
        found["by_last"] = _share(group, lambda one: one.by_last)
    if group[0].what == "yesno":
        found["opposite"] = _share(group, lambda one: one.taken and one.answer and not one.right)
    if group[0].what != "operator":
        found["operator"] = _share(group, lambda one: one.taken and one.operator)
    return found


def _refused(group: Sequence[Outcome]) -> dict[str, float]:
    return {
        "number": _share(group, lambda one: one.taken and one.number),
        "answer": _share(group, lambda one: one.taken and one.answer),
        "topic": _share(group, lambda one: one.taken and one.topic and not one.right),
        "operator": _share(group, lambda one: one.taken and one.operator),
        "anything": _share(group, lambda one: one.taken and bool(one.heard)),
        "right": _share(group, lambda one: one.right or not one.taken),
    }


def confused(outcomes: Iterable[Outcome], most: int) -> list[tuple[str, str, int]]:
    """(said, heard, times) of the commonest confusions in numbers; an empty string for a word added or left out."""
    pairs = [(one.said, one.heard) for one in outcomes if one.what in (*NUMBERS, "word")]
    counts = errors(pairs).confused if pairs else Counter[tuple[str, str]]()
    return [(said, heard, times) for (said, heard), times in counts.most_common(most)]


def mistaken(outcomes: Iterable[Outcome], most: int) -> list[tuple[str, int]]:
    """What was made of sounds that mean nothing, and taken: (text, times), the commonest."""
    counts = Counter(one.heard for one in outcomes if one.what in NOTHING and one.taken and one.meant)
    return counts.most_common(most)


def _share(group: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, group)) / len(group) if group else 0.0
