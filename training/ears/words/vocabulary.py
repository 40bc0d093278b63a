"""Which words the model knows, and how often each is said.

    python -m training.ears.words.vocabulary          # counts, and what is left out

Words are spelt as the product spells them, with е for ё. Those of the grammars and the numbers must all be
known; others come if their stress is. Needs PyPI `wordfreq` (data CC-BY-SA 4.0) for the frequent words of
Russian.
"""

import ast
import heapq
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pymorphy3
from num2words import num2words

from ivr.language import grammar, number_words
from ivr.speech.amount_grammar import amounts_and_times
from ivr.speech.number_grammar import digit_by_digit, whole_numbers
from training.ears.manifest import CHECKOUT
from training.ears.words import stress
from training.ears.words.lexicon import Lexicon

ROOT = CHECKOUT
NAMES = Path(__file__).with_name("names.txt")
FREQUENT = 20_000
"""How many of the most frequent Russian words are taken."""

Weights = Mapping[str, float]

_WORD = re.compile("[а-я]+")
_SHARES = {"callers": 0.35, "numbers": 0.2, "grammars": 0.1, "names": 0.03, "frequent": 0.32}
"""Of what is said to the line, by where a word is known from; `callers` are the examples of the menu."""


class UnknownWordsError(ValueError):
    """Words that must be known and whose stress is not; the message says what to do."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(
            f"nobody knows where the stress is in {', '.join(words)}: "
            "add it to training/ears/words/stress.tsv, or mend the spelling"
        )


@dataclass(frozen=True)
class Words:
    """Words with weights, by source; weights matter only within one."""

    required: dict[str, Weights]
    """Every word must be known."""
    wished: dict[str, Weights]


def collect(lexicon: Lexicon, root: Path = ROOT) -> dict[str, float]:
    """Word → its probability, the likeliest first. Raises UnknownWordsError."""
    found = sources(lexicon, root)
    required = {word for counter in found.required.values() for word in counter}
    if unknown := sorted(word for word in required if not lexicon.ways(word)):
        raise UnknownWordsError(unknown)
    total: dict[str, float] = {}
    for name, counter in {**found.required, **found.wished}.items():
        known = {word: weight for word, weight in counter.items() if lexicon.ways(word)}
        share = _SHARES.get(name, 0.01) / sum(known.values())
        for word, weight in known.items():
            total[word] = total.get(word, 0.0) + share * weight
    everything = sum(total.values())
    likeliest = sorted(total, key=lambda one: (-total[one], one))
    return {word: total[word] / everything for word in likeliest}


def sources(lexicon: Lexicon, root: Path = ROOT) -> Words:
    """What there is to know, from the product at `root` and from lists."""
    code = (
        node.value
        for path in sorted((root / "ivr" / "language").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    said = Counter(word for text in callers(root) for word in text)
    return Words(
        required={"grammars": _words(_phrases(root)), "numbers": _numbers(), "listened": _listened()},
        wished={
            "callers": {word: count for word, count in said.items() if count > 1},
            "prompts": _words([(root / "audio_prompts" / "prompts.yaml").read_text("utf-8")]),
            "code": _known(_words(code)),
            "names": dict.fromkeys(_words([NAMES.read_text("utf-8")]), 1.0),
            "ours": dict.fromkeys(lexicon.stresses.ours, 1.0),
            "frequent": _frequent(),
        },
    )


def _listened() -> Weights:
    """What the recogniser's own grammars of numbers, money and times hold."""
    phrases = chain(digit_by_digit(), whole_numbers(None), amounts_and_times())
    return dict.fromkeys(_words(" ".join(phrase) for phrase in phrases), 1.0)


def callers(root: Path = ROOT) -> list[list[str]]:
    """What callers say to the menu, as words: the texts of its examples."""
    lines = (root / "grammars" / "examples" / "menu.tsv").read_text("utf-8").splitlines()
    return [_WORD.findall(stress.without_yo(line.rpartition("\t")[2].lower())) for line in lines]


def _words(texts: Iterable[str]) -> Weights:
    return Counter(word for text in texts for word in _WORD.findall(stress.without_yo(text.lower())))


def _phrases(root: Path) -> Iterator[str]:
    """Each word of the grammars, decoys and parts too, once a phrase."""
    for one in grammar.load(root / "grammars").values():
        meanings = [*one.phrases.values(), one.decoys, *one.parts.values()]
        yield from {" ".join(phrase) for phrases in meanings for phrase in phrases}


def _numbers() -> Weights:
    """Number words in every case, gender and order; the plain digits and tens far oftener than the rest."""
    found = dict.fromkeys(number_words.ATOMS, 1.0)
    for number in (*range(20), *range(20, 100, 10), *range(100, 1000, 100), 1000):
        found[num2words(number, lang="ru")] = 50.0
        for case in "gdaip":
            for gender in "mfn":
                found.setdefault(num2words(number, lang="ru", case=case, gender=gender), 1.0)
    for word in ("одна", "одну", "одно", "две", "тысяча", "тысячи", "тысяч", "нуль"):
        found[word] = 30.0
    bare = {stress.without_yo(word): weight for word, weight in found.items()}
    return {word: weight for word, weight in bare.items() if _WORD.fullmatch(word)}


def _frequent() -> Weights:
    """The most frequent words of Russian that a dictionary knows, and how often each is met."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = {}
    for word, frequency in get_frequency_dict("ru", wordlist="best").items():
        if _WORD.fullmatch(bare := stress.without_yo(word)):
            found[bare] = found.get(bare, 0.0) + frequency
    usual = heapq.nlargest(2 * FREQUENT, found.items(), key=lambda pair: pair[1])
    return dict(itertools.islice(_known(dict(usual)).items(), FREQUENT))


def _known(found: Weights) -> Weights:
    """Without stems and abbreviations: words of a morphological dictionary, in the same order."""
    morphology = pymorphy3.MorphAnalyzer()

    def is_word(word: str) -> bool:
        if len(word) == 1:
            return word in "авикосуя"
        return morphology.word_is_known(word) and (
            len(word) > 4 or "Abbr" not in morphology.parse(word)[0].tag
        )

    return {word: weight for word, weight in found.items() if is_word(word)}


def main() -> None:
    """The command."""
    lexicon = Lexicon.load()
    found = sources(lexicon)
    for name, counter in {**found.required, **found.wished}.items():
        unknown = sorted(word for word in counter if not lexicon.ways(word))
        print(f"{name}: {len(counter)} words, unknown {len(unknown)}: {' '.join(unknown[:40])}")
    print(f"in all: {len(collect(lexicon))}")


if __name__ == "__main__":
    main()
