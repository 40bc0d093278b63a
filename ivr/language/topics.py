"""What a caller wants, out of free speech: a model learnt from examples, and the rules above it.

An utterance that is a phrase of the grammars and nothing else is sure; danger is heard whatever else is said; the
rest is a linear model's. Between two topics the answer carries both, and the line asks «Вы хотите … или …?».
`make learn` writes the model (training/learn.py) from grammars/examples/menu.tsv.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from ivr.language.features import Features, Lexicon
from ivr.language.forms import Forms
from ivr.language.grammar import Grammar
from ivr.language.text import LONGEST, words

MODEL = "menu.model.json"
EXAMPLES, CONCEPTS = "examples/menu.tsv", "examples/concepts.yaml"
COMMANDS = frozenset({"repeat", "slower", "back", "main_menu", "help", "wait", "goodbye"})
"""Meanings that are no topic; people say such things to others in the room too («подожди, сынок»)."""
LIMITS = ("sure", "sure_of_a_command", "nothing", "operator", "maybe_operator", "no_danger", "danger")
"""What a model must have."""
NOTHING = "-"
"""The model's class of what the line must do nothing on."""
SURE = 0.99
"""The score of a whole phrase: of those in the examples none was wrong."""

KEPT = 16
"""Utterances whose meaning is remembered: those of the turns at work."""
WHOLE = 12
"""Words of the longest utterance that may be a phrase and nothing else."""

DANGER, OUTAGE = "danger", "outage"
PREPAID_DARK, REPROGRAMMING = "prepaid_dark", "request_reprogramming"
OPERATOR = "operator"
AT_ZERO = "at_zero"
"""The kin of words for a balance at zero; that for danger is named `danger`."""
_MEANS = {DANGER: OUTAGE, PREPAID_DARK: REPROGRAMMING}
_NO_TOPIC = frozenset(("star",))


class ModelError(ValueError):
    """A model that cannot be used; the message names the file and what to do."""


@dataclass(frozen=True)
class Understood:
    """A topic of domain.md's contract, if any."""

    meaning: str | None
    score: float
    """Probability that `meaning` is right (that there is none, for None)."""
    other: str | None = None
    """What it may be as well: to be asked apart. With None the meaning is sure."""
    flow: str | None = None
    """The conversation for it: the meaning, but «danger» and «prepaid_dark» are told apart from theirs."""


NONE = Understood(None, 1.0)


@dataclass(frozen=True)
class Model:
    """The data file, ready for use."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]]
    """Feature → pairs of class and weight in hundredths."""
    sharpness: float
    """What a score is multiplied with to be the logarithm of odds."""
    limits: Mapping[str, float]
    """By what probability an answer is given; each is explained in the file."""

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Class → its probability, the likeliest first."""
        scores = [100 * bias for bias in self.bias]
        for feature, amount in features.items():
            for place, weight in self.weights.get(feature, ()):
                scores[place] += amount * weight
        best = max(scores)
        odds = [exp((score - best) * self.sharpness / 100) for score in scores]
        whole = sum(odds)
        ranked = sorted(zip(odds, self.classes, strict=True), key=lambda one: (-one[0], one[1]))
        return {name: share / whole for share, name in ranked}


class Topics:
    """Understands the menu's utterances."""

    def __init__(self, model: Model, features: Features, grammars: Mapping[str, Grammar]) -> None:
        self._model, self._features = model, features
        self._menu, self._everywhere = grammars["menu"], grammars["everywhere"]
        self.understand = lru_cache(KEPT)(self._understand)
        """What `_understand` says; the rules of one turn ask it of the same words several times."""

    def _understand(self, text: str) -> Understood:
        """What the caller wants. Never raises; what is too long to be heard out is nothing, but for danger."""
        if len(text) > LONGEST or not words(text):
            return self._answer(DANGER, SURE) if self._danger(words(text)) else NONE
        return self.decided(text, self._model.probabilities(self._features.of(text)))

    def decided(self, text: str, probabilities: Mapping[str, float]) -> Understood:
        """The answer, by the model's probabilities (the likeliest first) and the rules above them."""
        said = words(text)
        if len(said) <= WHOLE and (whole := self._whole(text)) is not None:
            return NONE if whole in _NO_TOPIC else self._answer(whole, SURE)
        limits, topics = self._model.limits, dict(probabilities)
        nothing = topics.pop(NOTHING)
        wish = self._operator(said, text)
        if wish is False:
            nothing += topics.pop(OPERATOR)
        best = next(iter(topics))
        danger = self._danger(said)
        if danger > 1 or (danger and topics[OUTAGE] >= limits["no_danger"]):
            other = None if topics[OUTAGE] >= limits["danger"] else _best_but(OUTAGE, topics)
            return self._answer(DANGER, max(topics[OUTAGE], limits["no_danger"]), other)
        if wish and topics[OPERATOR] >= limits["operator"]:
            return self._answer(OPERATOR, topics[OPERATOR])
        if wish and _named(said) and topics[OPERATOR] >= limits["maybe_operator"]:
            return self._answer(OPERATOR, topics[OPERATOR], _best_but(OPERATOR, topics))
        if nothing >= limits["nothing"]:
            return Understood(None, round(nothing, 3))
        sure = limits["sure_of_a_command" if best in COMMANDS else "sure"]
        other = None if topics[best] >= sure else _best_but(best, topics)
        return self._answer(self._flow(best, text), topics[best], other)

    def _whole(self, text: str) -> str | None:
        """A phrase of the grammars and nothing else; one only mended into danger or an operator is not sure."""
        if whole := self._menu.match_whole(text) or self._everywhere.match_whole(text):
            return whole
        mended = self._features.mended(text)
        whole = self._menu.match_whole(mended) or self._everywhere.match_whole(mended)
        return None if whole in (DANGER, OPERATOR) and not self._features.torn(text) else whole

    def _danger(self, said: tuple[str, ...]) -> int:
        """Words of the longest phrase of danger that is not denied, or 0."""
        spotted = self._menu.spot(said)
        return max((length for name, length, denied in spotted if name == DANGER and not denied), default=0)

    def _operator(self, said: tuple[str, ...], text: str) -> bool | None:
        """Whether an operator is wished for; False when denied, None when none or another is spoken of."""
        denials = [denied for name, _, denied in self._everywhere.spot(said) if name == OPERATOR]
        if not denials:
            return None
        if all(denials):
            return False
        return self._everywhere.match(text) == OPERATOR or None

    def _answer(self, flow: str, score: float, other: str | None = None) -> Understood:
        return Understood(_MEANS.get(flow, flow), round(score, 3), other, flow)

    def _flow(self, meaning: str, text: str) -> str:
        """Danger and an empty prepaid meter are known by the words that go with them."""
        if meaning == OUTAGE and DANGER in self._features.told(text):
            return DANGER
        if meaning == REPROGRAMMING and (
            self._menu.match(text) == PREPAID_DARK or AT_ZERO in self._features.told(text)
        ):
            return PREPAID_DARK
        return meaning


def _named(said: Sequence[str]) -> bool:
    """Whether the word itself was said."""
    return any(word.startswith("оператор") for word in said)


def _best_but(topic: str, topics: Mapping[str, float]) -> str:
    return next(name for name in topics if name != topic)


def load(folder: Path, grammars: Mapping[str, Grammar]) -> Topics:
    """The model of the folder. Raises ModelError when there is none, or the file is no such model."""
    try:
        document = json.loads((folder / MODEL).read_text("utf-8"))
        lexicon = Lexicon(
            {tuple(lemmas.split()): tuple(kins.split()) for lemmas, kins in document["kins"].items()},
            document["sounds"],
        )
        model = Model(
            tuple(document["classes"]),
            tuple(document["bias"]),
            dict(_rows(document.pop("weights"))),
            document["sharpness"],
            {name: document["limits"][name]["at"] for name in LIMITS},
        )
        if NOTHING not in model.classes or OPERATOR not in model.classes or OUTAGE not in model.classes:
            raise ValueError(f"classes {model.classes}")
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ModelError(f"{folder / MODEL}: no model of topics ({error}): make learn") from error
    features = Features(Forms(), lexicon, (grammars["menu"], grammars["everywhere"]))
    return Topics(model, features, grammars)


def _rows(written: dict[str, str]) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """«3:120 14:-35» as pairs; equal pairs are one object, which saves some MB."""
    pairs: dict[str, tuple[int, int]] = {}
    while written:
        feature, row = written.popitem()
        for pair in row.split():
            if pair not in pairs:
                place, weight = map(int, pair.split(":"))
                pairs[pair] = place, weight
        yield feature, tuple(pairs[pair] for pair in row.split())


def source(folder: Path, grammars: Mapping[str, Grammar]) -> dict[str, str]:
    """Digests of what a model is learnt from, by name."""
    phrases: list[Any] = [
        [name, sorted(grammars[name].phrases.items()), sorted(grammars[name].decoys)]
        for name in ("menu", "everywhere")
    ]
    return {
        "examples": _digest((folder / EXAMPLES).read_bytes()),
        "concepts": _digest((folder / CONCEPTS).read_bytes()),
        "phrases": _digest(json.dumps(phrases, ensure_ascii=False).encode()),
    }


def stale(folder: Path, grammars: Mapping[str, Grammar]) -> str | None:
    """What has changed since the model was learnt («examples», …), or None when it is up to date."""
    try:
        learnt = json.loads((folder / MODEL).read_text("utf-8"))["source"]
    except (OSError, ValueError, KeyError, TypeError):
        return MODEL
    changed = [name for name, digest in source(folder, grammars).items() if learnt.get(name) != digest]
    return ", ".join(changed) or None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
