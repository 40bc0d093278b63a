"""The linear model of topics: a word list from the examples, one-against-the-rest weights by scikit-learn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.svm import LinearSVC

from ivr.language import documents
from ivr.language.features import Features, Lexicon
from ivr.language.forms import Forms, sound
from ivr.language.grammar import Grammar
from ivr.language.text import words
from training.examples import Example

SEED = 7
LOOSENESS = 2.0
"""LinearSVC's C."""
LEAST = 0.08
"""Weights below are left out."""
RARE = {"w": 1, "b": 4, "s": 8, "c": 8, "kk": 8}
"""Kind of feature → examples that must have it for it to count; of other kinds two."""


def kins(path: Path, forms: Forms) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Dictionary forms → kins, of concepts.yaml. Raises documents.DocumentError."""
    found: dict[tuple[str, ...], set[str]] = {}
    for kin, said in documents.read(path).items():
        for phrase in str(said).split():
            lemmas = tuple(forms.lemma(word) for word in words(phrase))
            found.setdefault(lemmas, set()).add(kin)
    return {lemmas: tuple(sorted(names)) for lemmas, names in sorted(found.items())}


def sounds(examples: Iterable[Example], kins: Iterable[tuple[str, ...]], forms: Forms) -> dict[str, str]:
    """Sound → the word most often meant by it, of words said by two callers or named in concepts.yaml."""
    said = Counter(word for one in examples for word in set(words(one.text)))
    common = [word for word, times in said.most_common() if times > 1 and forms.known(word)]
    named = [lemmas[0] for lemmas in kins if len(lemmas) == 1]
    found: dict[str, str] = {}
    for word in [*common, *named]:
        if len(word) > 3:
            found.setdefault(sound(word), word)
    return found


@dataclass(frozen=True)
class Fitted:
    """A model as it will lie in the file."""

    lexicon: Lexicon
    classes: list[str]
    bias: list[float]
    weights: dict[str, dict[int, float]]
    """Feature → class → weight."""


def fit(
    examples: Sequence[Example],
    kin: Mapping[tuple[str, ...], tuple[str, ...]],
    forms: Forms,
    grammars: Sequence[Grammar],
) -> Fitted:
    """Learn from the examples, by their first labels."""
    lexicon = Lexicon(kin, sounds(examples, kin, forms))
    features = Features(forms, lexicon, grammars)
    found = [features.of(one.text) for one in examples]
    times = Counter(feature for one in found for feature in one)
    kept = {feature for feature, count in times.items() if count >= RARE.get(feature.partition(":")[0], 2)}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{name: one[name] for name in one if name in kept} for one in found])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    machine = LinearSVC(C=LOOSENESS, random_state=SEED).fit(matrix, [one.labels[0] for one in examples])
    weights: dict[str, dict[int, float]] = {}
    for name, row in zip(vectors.feature_names_, machine.coef_.T, strict=True):
        if row_kept := {place: round(float(row[place]), 2) for place in np.nonzero(np.abs(row) >= LEAST)[0]}:
            weights[str(name)] = {int(place): weight for place, weight in row_kept.items()}
    bias = [round(float(one), 3) for one in machine.intercept_]
    return Fitted(lexicon, [str(one) for one in machine.classes_], bias, weights)


def scores(fitted: Fitted, features: Features, texts: Iterable[str]) -> NDArray[np.float64]:
    """One row a text: the score of each class."""
    rows = []
    for text in texts:
        row = list(fitted.bias)
        for feature, amount in features.of(text).items():
            for place, weight in fitted.weights.get(feature, {}).items():
                row[place] += amount * weight
        rows.append(row)
    return np.array(rows)
