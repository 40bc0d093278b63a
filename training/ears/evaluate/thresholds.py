"""From which confidence on an utterance is believed: false accepts first, then few wrong ones, then few refusals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from training.ears.evaluate.clips import NOBODY, NOTHING
from training.ears.evaluate.judging import Outcome

MOST_MEANT, MOST_VOICES, MOST_OPERATORS = 0.015, 0.06, 0.005
"""False accepts: of noise and music, and of others' voices (babble, foreign speech, each for itself), as an answer to
the question; of sounds of nobody and of foreign speech as a call for an operator."""
MOST_WRONG, MOST_REFUSED = 0.02, 0.05
"""Of what was said: so little is to be wrong and taken, unless so much of what is right would be refused for it."""
LEAST, MOST = 0.02, 0.995
"""A threshold lies within."""


@dataclass(frozen=True)
class Chosen:
    """A threshold, and what it does to the outcomes that it was chosen by: shares, 0 to 1."""

    threshold: float
    meant: float
    """Of noise and music."""
    voices: float
    """Of babble or foreign speech, whichever is taken more often."""
    operators: float
    """Of that of the two kinds of sound which is the more often taken for a call for an operator."""
    right_refused: float
    wrong_taken: float
    """Of what was said, wrong and taken."""
    reached: bool
    """Whether false accepts are as few as wanted."""


def choose(outcomes: Iterable[Outcome], most_refused: float = MOST_REFUSED) -> Chosen:
    """The lowest threshold that lets as few false accepts pass as wanted, of each kind of sound; else MOST.

    A higher one where that keeps wrong ones out, until so much of what is right is refused. `Outcome.confidence` is 0
    where nothing could be taken.
    """
    found = list(outcomes)
    steps = sorted({LEAST, MOST, *(one.confidence + 1e-4 for one in found if _is_false(one))})
    for threshold in (step for step in steps if LEAST <= step <= MOST):
        chosen = _chosen(found, threshold)
        if chosen.reached and (chosen.wrong_taken <= MOST_WRONG or chosen.right_refused >= most_refused):
            return chosen
    return _chosen(found, MOST)


def refusing(outcomes: Iterable[Outcome], share: float) -> Chosen:
    """The threshold at which this share of what is right is refused."""
    found = list(outcomes)
    right = sorted(one.confidence for one in found if _is_right(one))
    threshold = right[int(share * len(right))] if right else MOST
    return replace(_chosen(found, min(MOST, max(LEAST, threshold))), reached=True)


def _is_right(one: Outcome) -> bool:
    return one.what not in NOTHING and one.right and bool(one.said and one.heard)


def _is_false(one: Outcome) -> bool:
    return one.meant if one.what in NOTHING else not one.right


def _chosen(found: Sequence[Outcome], threshold: float) -> Chosen:
    foreign = [one for one in found if one.what == "foreign"]
    nobody = [one for one in found if one.what in NOBODY]
    said = [one for one in found if one.what not in NOTHING]
    right = [one for one in said if _is_right(one)]
    babble = [one for one in nobody if one.what == "babble"]
    meant = _share([one for one in nobody if one.what != "babble"], threshold, "meant")
    voices = max(_share(group, threshold, "meant") for group in (babble, foreign))
    operators = max(_share(group, threshold, "operator") for group in (nobody, foreign))
    return Chosen(
        threshold=round(threshold, 4),
        meant=meant,
        voices=voices,
        operators=operators,
        right_refused=sum(one.confidence < threshold for one in right) / max(1, len(right)),
        wrong_taken=sum(not one.right and one.confidence >= threshold for one in said) / max(1, len(said)),
        reached=meant <= MOST_MEANT and voices <= MOST_VOICES and operators <= MOST_OPERATORS,
    )


def _share(group: Sequence[Outcome], threshold: float, measure: str) -> float:
    taken = sum(getattr(one, measure) and one.confidence >= threshold for one in group)
    return taken / len(group) if group else 0.0
