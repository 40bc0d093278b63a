"""What may be said at a question, as grammars for Vosk: the product's own phrases and number words, nothing else.

A Vosk grammar is a bigram, so what it keeps of a list of phrases is which word follows which; whole phrases count
afterwards (phrases.py). Words that the model does not know are left out here and nowhere else, told once a grammar.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from threading import Lock
from typing import Literal, get_args

import structlog

from ivr.language.grammar import Grammar
from ivr.speech.amount_grammar import amounts_and_times
from ivr.speech.bigram import Bigram, trails
from ivr.speech.model import UNKNOWN, Model
from ivr.speech.number_grammar import OFTEN, digit_by_digit, whole_numbers
from ivr.speech.phrases import Phrases

_log = structlog.get_logger(__name__)

Kind = Literal["number", "yesno", "menu", "everywhere", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Phrase = tuple[str, ...]

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "amount": ("unknown", "statements"),
    "menu": ("manner", "statements", "yesno", "which"),
    "more": ("facts",),
}
"""Kind → the grammars whose phrases answer such a question too."""
_ANSWERS = {"да": 200, "нет": 200, "верно": 40, "неверно": 40, "правильно": 40, "ага": 40, "угу": 40}
"""What a yes or no mostly is → how often it stands there: «да» would be «два» else, which is in many pairs."""
_FEW_WORDS = ("number", "amount")
"""Where nearly all that is said is of the grammar, and a stranger's digit must not be none of its words: there
`[unk]` stands once. Elsewhere it stands as often as the model's calibration says, for what is near to a phrase must
not be taken for it."""
_SHORT = 2
"""Words of a phrase of danger beside another question: longer ones hold the short ones, and take their time."""
_TOLD = 20
"""So many unknown words are named in the log."""


MOST_ALTERNATIVES = 20
"""Word confidences are shares among so many texts (recogniser.py)."""


@dataclass(frozen=True)
class Expectation:
    """What a question listens for. Equal expectations share their grammars."""

    kind: str
    """One of KINDS, `amount` (money or a time), or the name of a grammar (`place`); any other is heard as text."""
    digits: int | None = None
    """Of the register, before the point; None: any."""
    numbers: bool = False
    """Numbers may be said beside the answer: at a read-back."""
    unknown: bool = True
    """Words of no grammar become `[unk]` instead of the nearest word."""
    alternatives: int = 5
    """So many texts are given at most, 1 to 20."""

    def __post_init__(self) -> None:
        if not 1 <= self.alternatives <= MOST_ALTERNATIVES:
            raise ValueError(f"alternatives={self.alternatives}: 1 to {MOST_ALTERNATIVES} are possible")


@dataclass(frozen=True)
class Side:
    """One of the grammars that an utterance is decoded with, side by side."""

    name: str
    sentences: tuple[Phrase, ...] = ()
    """None of them: the model's whole vocabulary."""
    phrases: Phrases | None = None
    """Where phrases are said rather than words in any order."""

    @cached_property
    def json(self) -> str | None:
        """As Vosk takes it."""
        if not self.sentences:
            return None
        return json.dumps([" ".join(sentence) for sentence in self.sentences], ensure_ascii=False)

    @cached_property
    def bigram(self) -> Bigram | None:
        """What its texts cost; None where that stands in the model."""
        return Bigram(self.sentences) if self.sentences else None

    def stray(self, text: str) -> float:
        """What a text costs for being no phrase, nats."""
        return self.phrases.cost(text.split()) if self.phrases else 0.0


OPEN = Side("open")


def phone_loop(phones: Iterable[str]) -> Side:
    """Any sounds: the model's words of one phone each (`Files.phones`), at least one."""
    return Side("phones", tuple((phone,) for phone in phones))


class Book:
    """The sides of each expectation, for one model; threads share it."""

    def __init__(self, model: Model, grammars: Mapping[str, Grammar], unknown_often: int = 1) -> None:
        """`unknown_often`: of rejection.Calibration."""
        self._model, self._unknown_often = model, unknown_often
        self._grammars = grammars
        self._cached = lru_cache(maxsize=256)(self._sides)
        self._making: dict[Expectation, Lock] = {}
        self._lock = Lock()

    def sides(self, expectation: Expectation) -> tuple[Side, ...]:
        """The grammars of an expectation; made once, which takes up to 0.4 s."""
        same = replace(expectation, alternatives=1)
        with self._lock:
            making = self._making.setdefault(same, Lock())
        with making:  # two threads that make the same one would tell of its unknown words twice
            return self._cached(same)

    def words(self) -> frozenset[str]:
        """Every word that any expectation listens for, known to the model or not."""
        named = [Expectation(kind) for kind in dict.fromkeys((*KINDS, "amount", *self._grammars))]
        phrases = chain.from_iterable(
            phrases for one in named for _, phrases in self._listed(one) if phrases is not None
        )
        return frozenset(word for phrase in phrases for word in phrase if word.isalpha())

    def _sides(self, expectation: Expectation) -> tuple[Side, ...]:
        if not self._model.files.run_time_grammars:
            return (OPEN,)
        return tuple(self._side(expectation, name, phrases) for name, phrases in self._listed(expectation))

    def _side(self, expectation: Expectation, name: str, phrases: Iterable[Phrase] | None) -> Side:
        if phrases is None:
            return OPEN
        listed = tuple(phrases)
        sentences = tuple(self._known(expectation, listed))
        if not sentences:
            return OPEN
        few = expectation.kind in _FEW_WORDS
        often = 1 if few else self._unknown_often
        unknown = ((UNKNOWN,),) * often if expectation.unknown and self._model.knows(UNKNOWN) else ()
        return Side(name, sentences + unknown, None if few else Phrases(listed, numbers=expectation.numbers))

    def _listed(self, expectation: Expectation) -> list[tuple[str, Iterable[Phrase] | None]]:
        """Names of sides with their phrases; None for the whole vocabulary."""
        match expectation.kind:
            case "number":
                numbers = chain(whole_numbers(expectation.digits), self._everywhere())
                return [("digits", digit_by_digit()), ("numbers", numbers)]
            case "everywhere":
                return [("everywhere", self._everywhere())]
            case "amount":
                return [("amount", chain(amounts_and_times(), self._beside("amount"), self._everywhere()))]
            case kind if kind in self._grammars:
                beside = dict.fromkeys(whole_numbers(expectation.digits)) if expectation.numbers else ()
                return [(kind, chain(self._own(kind), self._beside(kind), beside, self._everywhere()))]
        return [(OPEN.name, None)]

    def _own(self, kind: str) -> Iterator[Phrase]:
        """The phrases that answer the question, those of one word often: what is heard beside it is said less."""
        phrases = list(self._phrases(kind))
        single = [phrase for phrase in phrases if len(phrase) == 1]
        answers = _ANSWERS if kind == "yesno" else {}
        yield from chain(phrases, single * (OFTEN - 1))
        yield from chain.from_iterable([(word,)] * often for word, often in answers.items())

    def _beside(self, kind: str) -> Iterator[Phrase]:
        return chain.from_iterable(map(self._phrases, _BESIDE.get(kind, ())))

    def _everywhere(self) -> Iterator[Phrase]:
        """What every question understands: its signals with their decoys, and danger in few words."""
        yield from self._phrases("everywhere")
        menu = self._grammars["menu"]
        for meaning in menu.always:
            yield from (phrase for phrase in menu.phrases[meaning] if len(phrase) <= _SHORT)

    def _phrases(self, name: str) -> Iterator[Phrase]:
        grammar = self._grammars[name]
        yield from chain(*grammar.phrases.values(), grammar.decoys, *grammar.parts.values())

    def _known(self, expectation: Expectation, phrases: Iterable[Phrase]) -> Iterator[Phrase]:
        """The phrases as sentences for the bigram, cut where the model lacks a word."""
        pairs: dict[Phrase, None] = {}
        unknown: set[str] = set()
        for phrase in phrases:
            known = [self._model.knows(word) for word in phrase]
            unknown.update(
                word for word, one in zip(phrase, known, strict=True) if not one and word.isalpha()
            )
            if len(phrase) == 1 and known[0]:
                yield phrase
            for (first, here), (second, there) in pairwise(zip(phrase, known, strict=True)):
                if here and there:
                    pairs[first, second] = None
                elif here or there:  # what is left of a phrase can be said at least
                    pairs.setdefault((first if here else second,))
        yield from (pair for pair in pairs if len(pair) == 1)
        yield from trails(pair for pair in pairs if len(pair) == 2)
        if unknown:
            told = sorted(unknown)[:_TOLD]
            _log.warning("words_unknown", kind=expectation.kind, count=len(unknown), words=told)
