"""`python -m training.ears.evaluate.calibrate MODEL_FOLDER`: fits MODEL_FOLDER/calibration.json anew.

On the calibration side of the held-out sets alone, in several conditions, its engine's clips by other voices too:
what a grammar's texts are given, what sound weighs against words, and for each kind of question when to refuse
(ivr/speech/rejection.py).
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ivr import data
from ivr.language import understanding
from ivr.speech import model, rejection
from ivr.speech.grammars import Book
from ivr.speech.rejection import Calibration, Filler, Verdict
from ivr.telemetry import set_up_logs
from training.ears.evaluate import fitting, sets, thresholds, tuning
from training.ears.evaluate.clips import NOBODY, NOTHING, some
from training.ears.evaluate.examples import Example, Weighed, cases, collect, weighed
from training.ears.evaluate.judging import Judge
from training.ears.evaluate.revoiced import of_many, revoiced
from training.ears.evaluate.thresholds import Chosen

KINDS: Mapping[str, str] = {"number": "number", "yesno": "yesno", "default": "menu", "text": "text"}
"""Kind in the file → the question whose examples it is fitted on."""
FILLERS: tuple[Filler, ...] = ("none", "open", "phones")
WORTH = 0.01
"""A filler costs a third of the time: it must refuse so much less of what is right, on the mean of the kinds."""
UNKNOWN_OFTEN = 50
"""Calibration.unknown_often of our model, whose graph lets `[unk]` cost graph.UNK_COST (docs/ears.md)."""
FEWEST = 15
"""Right and wrong examples each that a kind is fitted on; with fewer the product's default stands for it."""
MORE_REFUSED: Mapping[str, float] = {"yesno": 0.1}
"""Kind → instead of thresholds.MOST_REFUSED: a wrong yes files what nobody wants, a refused one is asked again."""
MORE_FOREIGN = 4
"""Times as many clips of foreign speech as of other kinds: of its calls for an operator one in 200 is allowed."""
OPEN_REFUSED = 0.03
"""Of what is right at an open question, where nothing is decided by what is heard."""


@dataclass(frozen=True)
class Fit:
    """One kind's model."""

    verdict: Verdict
    chosen: Chosen
    loss: float
    right: int
    wrong: int


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--most", type=int, default=50, help="spoken clips of each speaker and kind, at most")
    parser.add_argument(
        "--filler", nargs="*", choices=FILLERS[1:], default=("phones",), help="tried, beside none"
    )
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    set_up_logs("ERROR")
    understood = understanding.load(data.grammars())
    loaded = model.load(args.model)
    crowd = of_many(sets.crowd("calibration"))
    found = sets.clips("calibration", understood.grammars, crowd)
    clips = some((clip for clip in found if clip.what not in NOTHING), args.most)
    clips += some((clip for clip in found if clip.what == "foreign"), MORE_FOREIGN * args.most)
    clips += [*revoiced(clips), *(clip for clip in found if clip.what in NOBODY)]
    book = Book(loaded, understood.grammars, UNKNOWN_OFTEN)
    examples = list(collect(loaded, book, clips, crowd, args.filler, args.threads))
    judge = Judge(Calibration.score_scale, understood.grammars, understood.topics)
    stored = calibrated(examples, judge)
    stored["about"]["sets"] = _counted(examples)
    path = args.model / rejection.FILE
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rejection.load(args.model)
    print(json.dumps(stored, ensure_ascii=False, indent=1))


def calibrated(examples: Sequence[Example], judge: Judge) -> dict[str, Any]:
    """The file's fields, with `about`: what was tried and what it did."""
    digits = tuning.digits_extra(examples, judge)
    extra = {"digits": digits.chosen}
    scale = tuning.score_scale(examples, extra, judge)
    judge = replace(judge, scale=scale.chosen)
    found = weighed(examples, extra, judge)
    known: set[Filler] = {name for one in found for name in one.features}
    tried = {filler: fits(found, filler) for filler in FILLERS if filler in known}
    filler = cheapest({name: _refused(one) for name, one in tried.items()})
    unknown = tuning.unknown_extra(examples, extra, judge)
    return {
        "filler": filler,
        "score_scale": scale.chosen,
        "sides": extra,
        "unknown_often": UNKNOWN_OFTEN,
        "kinds": {kind: _stored(one) for kind, one in tried[filler].items()},
        "about": {
            "fillers": {name: {kind: _told(fit) for kind, fit in one.items()} for name, one in tried.items()},
            "digits_nats_to_share_right": _rounded(digits.tried),
            "score_scale_to_share_right": _rounded(scale.tried),
            "unknown_nats_to_shares_right_and_false": {
                str(nats): [round(share, 4) for share in shares] for nats, shares in unknown.items()
            },
        },
    }


def fits(found: Sequence[Weighed], filler: Filler) -> dict[str, Fit]:
    """Of each kind that there are right and wrong examples of."""
    made = {}
    for kind, question in KINDS.items():
        try:
            made[kind] = fit([one for one in found if one.outcome.kind == question], kind, filler)
        except ValueError as error:
            print(f"{kind}: {error}", file=sys.stderr)
    return made


def fit(found: Sequence[Weighed], kind: str, filler: Filler) -> Fit:
    """The model of one kind with its threshold. Raises ValueError where too little is there to learn from."""
    known = cases(found, filler)
    if (rarer := min(sum(case.right is which for case in known) for which in (True, False))) < FEWEST:
        raise ValueError(f"{rarer} examples of what is rarer, right or wrong; at least {FEWEST} are needed")
    verdict, loss = fitting.fit(known)
    if not verdict.weights:
        raise ValueError("no feature tells right from wrong")
    outcomes = [one.believed(verdict, filler) for one in found]
    if kind == "text":
        chosen = thresholds.refusing(outcomes, OPEN_REFUSED)
    else:
        chosen = thresholds.choose(outcomes, MORE_REFUSED.get(kind, thresholds.MOST_REFUSED))
    right = sum(case.right for case in known)
    return Fit(replace(verdict, threshold=chosen.threshold), chosen, loss, right, len(known) - right)


def cheapest(refused: Mapping[Filler, float]) -> Filler:
    """None unless another is WORTH its time. `refused`: share of what is right."""
    best = min(refused, key=lambda name: refused[name])
    return best if refused[best] < refused["none"] - WORTH else "none"


def _refused(found: Mapping[str, Fit]) -> float:
    own = [one.chosen.right_refused for kind, one in found.items() if kind != "text"]
    return sum(own) / max(1, len(own))


def _stored(one: Fit) -> dict[str, Any]:
    verdict = one.verdict
    weights = {name: round(weight, 5) for name, weight in verdict.weights.items()}
    return {"bias": round(verdict.bias, 5), "weights": weights, "threshold": verdict.threshold}


def _told(one: Fit) -> dict[str, Any]:
    figures = {name: _short(figure) for name, figure in asdict(one.chosen).items()}
    return {"right": one.right, "wrong": one.wrong, "loss": round(one.loss, 4), **figures}


def _short(figure: Any) -> Any:
    return round(figure, 4) if isinstance(figure, float) else figure


def _rounded(tried: Mapping[float, float]) -> dict[str, float]:
    return {str(one): round(share, 4) for one, share in tried.items()}


def _counted(examples: Sequence[Example]) -> dict[str, int]:
    clips = {(one.clip.speaker, one.clip.what, one.clip.name) for one in examples}
    return dict(Counter(f"{speaker}: {what}" for speaker, what, _ in sorted(clips)))


if __name__ == "__main__":
    main()
