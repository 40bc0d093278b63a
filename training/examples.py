"""Utterances with what they mean, and their division for cross-validation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from ivr.language.forms import Forms
from ivr.language.text import words

ALIKE = 85
"""Similarity (of 100) of two utterances' dictionary forms from which they stay in one fold."""


@dataclass(frozen=True)
class Example:
    """What somebody said."""

    text: str
    labels: tuple[str, ...]
    """The topics that are right, the better first; «-» where the line must do nothing."""


def read(path: Path) -> list[Example]:
    """The lines `meaning<TAB>text` of a file, each text once."""
    lines = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
    found = {text: Example(text, tuple(label.split("|"))) for label, text in lines}
    return list(found.values())


def folds(examples: Sequence[Example], forms: Forms, count: int) -> list[int]:
    """Example → its fold; near copies share one, so that none is tested on its twin."""
    keys = [" ".join(sorted({forms.lemma(word) for word in words(one.text)})) for one in examples]
    group = list(range(len(keys)))
    by_length = sorted(range(len(keys)), key=lambda place: len(keys[place]))
    for rank, one in enumerate(by_length):
        for other in by_length[rank + 1 :]:
            if len(keys[other]) > len(keys[one]) * 1.36 + 1:
                break
            if fuzz.ratio(keys[one], keys[other], score_cutoff=ALIKE):
                joined, kept = sorted((group[one], group[other]))[::-1]
                if joined != kept:
                    group = [kept if name == joined else name for name in group]
    order = {name: rank for rank, name in enumerate(dict.fromkeys(group))}
    return [order[name] * 7 % count for name in group]
