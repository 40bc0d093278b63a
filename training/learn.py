"""`make learn`: learns the menu's topics from grammars/examples and writes grammars/menu.model.json.

Prints what cross-validation measured; the same figures stand in the file, beside the limits that they justify.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from ivr import data
from ivr.language import grammar
from ivr.language.features import Features
from ivr.language.forms import Forms
from ivr.language.topics import CONCEPTS, EXAMPLES, MODEL, NOTHING, Model, Topics, source
from training import model
from training.examples import Example, folds, read

FOLDS = 10
SURE = (0.9, 0.95, 0.97, 0.98)
"""Limits of «sure» that are measured beside each other."""
LIMITS = {
    "sure": (0.98, "from this probability a topic is answered without «или»"),
    "sure_of_a_command": (
        0.998,
        "the same for what is no topic («подождите», «назад»): it is said to others too",
    ),
    "nothing": (
        0.5,
        "from this probability of nothing the answer is none; below it two topics are asked apart",
    ),
    "operator": (0.8, "from this probability of it «оператор», «человека» is a wish for one"),
    "maybe_operator": (0.1, "from this probability of it the word «оператор» is at least asked about"),
    "danger": (0.5, "from this probability of an outage a word of danger is danger without a question"),
    "no_danger": (
        0.02,
        "below this probability of an outage a single word of danger («шашлык дымится») is none",
    ),
}


def main() -> int:
    """Learn, measure, write."""
    folder = data.grammars()
    grammars = grammar.load(folder)
    pair = (grammars["menu"], grammars["everywhere"])
    forms, examples = Forms(), read(folder / EXAMPLES)
    kins = model.kins(folder / CONCEPTS, forms)
    classes, scores = measured(examples, kins, forms, pair)
    sharpness = sharpened(examples, classes, scores)
    fitted = model.fit(examples, kins, forms, pair)
    shares = ranked(classes, probabilities(scores, sharpness))
    figures: dict[str, Any] = {}
    for sure in SURE:
        limits = {name: at for name, (at, _) in LIMITS.items()} | {"sure": sure}
        judge = Topics(
            Model(tuple(classes), (), {}, sharpness, limits), Features(forms, fitted.lexicon, pair), grammars
        )
        figures[f"sure {sure}"] = judged(examples, shares, judge)
        print(f"sure from {sure}:", figures[f"sure {sure}"])
    document = {
        "source": source(folder, grammars),
        "measured": figures,
        "limits": {name: {"at": at, "is": meaning} for name, (at, meaning) in LIMITS.items()},
        "sharpness": round(sharpness, 2),
        "classes": fitted.classes,
        "bias": fitted.bias,
        "kins": {" ".join(lemmas): " ".join(names) for lemmas, names in fitted.lexicon.kins.items()},
        "sounds": dict(sorted(fitted.lexicon.sounds.items())),
        "weights": {
            feature: " ".join(f"{place}:{round(weight * 100)}" for place, weight in row.items())
            for feature, row in sorted(fitted.weights.items())
        },
    }
    (folder / MODEL).write_text(_written(document), "utf-8")
    return 0


def measured(
    examples: Sequence[Example], kins: Any, forms: Forms, grammars: Sequence[grammar.Grammar]
) -> tuple[list[str], NDArray[np.float64]]:
    """The classes, and a row of scores for each example by a model that has not seen it."""
    fold = folds(examples, forms, FOLDS)
    classes = sorted({one.labels[0] for one in examples})
    scores = np.zeros((len(examples), len(classes)))
    for number in range(FOLDS):
        fitted = model.fit(
            [one for one, its in zip(examples, fold, strict=True) if its != number], kins, forms, grammars
        )
        if fitted.classes != classes:
            raise ValueError(f"too few examples of {set(classes) - set(fitted.classes)}")
        unseen = [place for place, its in enumerate(fold) if its == number]
        features = Features(forms, fitted.lexicon, grammars)
        scores[unseen] = model.scores(fitted, features, [examples[place].text for place in unseen])
    return classes, scores


def probabilities(scores: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Rows of scores as rows of probabilities."""
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) * sharpness)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def ranked(classes: Sequence[str], shares: NDArray[np.float64]) -> list[dict[str, float]]:
    """Rows of probabilities as class → probability, the likeliest first."""
    return [{classes[place]: float(row[place]) for place in np.argsort(-row)} for row in shares]


def sharpened(examples: Sequence[Example], classes: list[str], scores: NDArray[np.float64]) -> float:
    """The sharpness by which the right labels are likeliest."""
    right = np.array([[name in one.labels for name in classes] for one in examples])

    def surprise(sharpness: float) -> float:
        return -float(np.log((probabilities(scores, sharpness) * right).sum(axis=1) + 1e-9).mean())

    return float(minimize_scalar(surprise, bounds=(1, 12), method="bounded").x)


def judged(examples: Sequence[Example], shares: Sequence[dict[str, float]], topics: Topics) -> dict[str, int]:
    """Counts: what is right, what is sure, asked apart or nothing, and what would do a wrong action."""
    counts = {"lines": len(examples), "right": 0, "sure": 0, "asked": 0, "none": 0, "wrong_actions": 0}
    for one, share in zip(examples, shares, strict=True):
        answer = topics.decided(one.text, share)
        right = (answer.meaning or NOTHING) in one.labels
        kind = "none" if answer.meaning is None else "asked" if answer.other else "sure"
        counts["right"] += right
        counts[kind] += 1
        counts["wrong_actions"] += kind == "sure" and not right
    return counts


def _written(document: dict[str, Any]) -> str:
    """JSON with one entry a line, so that a difference can be read."""
    lines = []
    for name, value in document.items():
        if isinstance(value, dict):
            entries = ",\n".join(f"{_json(key)}:{_json(one)}" for key, one in value.items())
            lines.append(f"{_json(name)}:{{\n{entries}}}")
        else:
            lines.append(f"{_json(name)}:{_json(value)}")
    return "{" + ",\n".join(lines) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
