"""Word errors: how many, and which word was taken for which."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jiwer


@dataclass(frozen=True)
class Errors:
    """Of several texts together."""

    words: int
    """In what was said."""
    rate: float
    """Words substituted, left out and added, against the words said."""
    confused: Counter[tuple[str, str]]
    """(said, heard) → times; an empty string for a word added or left out."""


def errors(pairs: Iterable[tuple[str, str]]) -> Errors:
    """Of pairs of what was said, at least one word, and what was heard."""
    said, heard = zip(*pairs, strict=True)
    found = jiwer.process_words(list(said), list(heard))
    confused: Counter[tuple[str, str]] = Counter()
    for reference, hypothesis, chunks in zip(
        found.references, found.hypotheses, found.alignments, strict=True
    ):
        for chunk in chunks:
            if chunk.type != "equal":
                confused.update(
                    _pairs(
                        reference[chunk.ref_start_idx : chunk.ref_end_idx],
                        hypothesis[chunk.hyp_start_idx : chunk.hyp_end_idx],
                    )
                )
    return Errors(sum(map(len, found.references)), float(found.wer), confused)


def _pairs(said: Sequence[str], heard: Sequence[str]) -> Iterable[tuple[str, str]]:
    """A substitution has as many words on both sides, the others have none on one."""
    width = max(len(said), len(heard))
    return zip([*said, *[""] * (width - len(said))], [*heard, *[""] * (width - len(heard))], strict=True)
