"""Where a Russian word is stressed, and where its е is ё.

`stress.tsv` beside this file decides; then what the dictionary of festvox-ru (apt, 181,705 forms) and the
lexicon of PyPI gruut_lang_ru (if it is installed; 545,315 forms) agree on, then either. Words are looked up
with е for ё, as the product spells them; ё comes back by the dictionaries and by pymorphy3. A word of one vowel
needs no dictionary.
"""

import importlib.util
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pymorphy3

OURS = Path(__file__).with_name("stress.tsv")
FESTVOX = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits/dict/msu_ru_nsh_dict.scm")

VOWELS = "аоуыэеёюяи"
_CLITICS = """
а и но не ни на по за до от из с к в о об у при про под над для без со ко во то бы же ли что как уж мы вы мне
он нам вам их им ты я так все
"""
CLITICS = frozenset(_CLITICS.split())
"""Words that are often said without a stress."""

LIKELY = 0.1
"""A reading of a word with ё that is rarer than this is left out."""

_VOWELLESS = frozenset(("в", "к", "с", "б", "ж", "ль"))

_FESTVOX_LINE = re.compile(r'\("([а-яё]+)" \S+ \((\d+)\)( fix_yo)?\)')
_WORD = re.compile("[а-яё]+")


@dataclass(frozen=True)
class Stresses:
    """What the sources hold: word (е for ё) → its spellings with "+" before the stressed vowel."""

    ours: dict[str, list[str]]
    festvox: dict[str, list[str]]
    """Its ё is rarely marked."""

    @classmethod
    def load(cls) -> "Stresses":
        """Raises FileNotFoundError when festvox-ru is not installed."""
        return cls(_ours(OURS), _festvox(FESTVOX))

    @cached_property
    def gruut(self) -> dict[str, list[tuple[str, str]]]:
        """Word (е for ё) → its spellings with their phonemes; empty without gruut_lang_ru."""
        return _gruut()

    def ways(self, word: str) -> list[str]:
        """Stressed spellings of a word, homographs too, the first the usual one; «-не» is one without a stress.

        Empty when the word is no Russian word or its stress is unknown.
        """
        bare = without_yo(word)
        nuclei = sum(sign in VOWELS for sign in bare)
        if not _WORD.fullmatch(bare) or not nuclei:
            return [bare] if bare in _VOWELLESS else []
        found = list(self.ours.get(bare) or self._by_dictionaries(bare))
        if not found and nuclei == 1:
            found = _restored(bare, next(place for place, sign in enumerate(bare) if sign in VOWELS))
        found = found or _by_yo(bare)
        if "ё" in word:
            found = [one for one in found if one.replace("+", "") == word] or [_plus(word, word.rindex("ё"))]
        if bare in CLITICS and nuclei == 1:
            found.append(f"-{bare}")
        return list(dict.fromkeys(found))

    def _by_dictionaries(self, bare: str) -> list[str]:
        """What both dictionaries say; then gruut's others, for festvox has but one stress of a homograph."""
        festvox = _agreed(bare, self.festvox.get(bare, []))
        gruut = _agreed(bare, [one for entry in self.gruut.get(bare, ()) for one in _from_phonemes(*entry)])
        common = [one for one in festvox if one in gruut]
        found = [*common, *gruut, *(festvox if not common else ())]
        return found if not found or any("ё" in one for one in found) else found + _by_yo(bare)


def without_yo(word: str) -> str:
    return word.replace("ё", "е")


def _plus(word: str, place: int) -> str:
    return f"{word[:place]}+{word[place:]}"


def _ours(path: Path) -> dict[str, list[str]]:
    """A stressed word a line; "#" begins a comment."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        for stressed in line.partition("#")[0].split():
            found.setdefault(without_yo(stressed.replace("+", "").lstrip("-")), []).append(stressed)
    return found


def _festvox(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, number, is_yo in _FESTVOX_LINE.findall(path.read_text("utf-8")):
        places = [place for place, sign in enumerate(word) if sign in VOWELS]
        if not 0 < int(number) <= len(places):
            continue
        place = word.rindex("ё") if "ё" in word else places[int(number) - 1]
        spelt = word[:place] + "ё" + word[place + 1 :] if is_yo and word[place] == "е" else word
        found.setdefault(without_yo(word), []).append(_plus(spelt, place))
    return found


def _agreed(word: str, ways: list[str]) -> list[str]:
    """The ways with ё put back or, where the morphological dictionary knows none, taken out; the oftenest first."""
    if "е" not in word:
        return [way for way, _ in Counter(ways).most_common()]
    spelt: list[str] = []
    for way, _ in Counter(ways).most_common():
        restored = _restored(word, way.index("+"))
        spelt += restored if _spellings(word) else [way]
    return list(dict.fromkeys(spelt))


def _restored(word: str, place: int) -> list[str]:
    """The word (е for ё) stressed at a place, its е there read as ё where it is spelt so, or in both ways."""
    if word[place] != "е":
        return [_plus(word, place)]
    with_yo = word[:place] + "ё" + word[place + 1 :]
    spellings = _spellings(word)
    found = [_plus(one, place) for one in (word, with_yo) if one in spellings]
    return found or [_plus(word, place)]


def _by_yo(word: str) -> list[str]:
    """A word that the morphological dictionary spells with ё is stressed there."""
    return (
        [_plus(one, one.rindex("ё")) for one in sorted(_spellings(word)) if "ё" in one] if "е" in word else []
    )


@lru_cache(100_000)
def _spellings(word: str) -> frozenset[str]:
    """The spellings that the morphological dictionary knows, those with ё if they are likely."""
    total: dict[str, float] = {}
    for one in _morphology().parse(word):
        if one.is_known:
            total[one.word] = total.get(one.word, 0.0) + one.score
    likely = LIKELY * sum(total.values())
    return frozenset(spelt for spelt, score in total.items() if spelt == word or score >= likely)


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def _gruut() -> dict[str, list[tuple[str, str]]]:
    spec = importlib.util.find_spec("gruut_lang_ru")
    if spec is None or spec.origin is None:
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    uri = f"file:{Path(spec.origin).with_name('lexicon.db')}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        for entry, phonemes in database.execute("SELECT word, phonemes FROM word_phonemes"):
            word = entry.partition("(")[0]  # «вообще(2)»
            found.setdefault(without_yo(word), []).append((word, phonemes))
    return found


def _from_phonemes(word: str, phonemes: str) -> Iterator[str]:
    """The stressed spelling, if one vowel among the phonemes is marked: "ɡ oː d"."""
    vowels = [one for one in phonemes.split() if one[0] in "aeiouɨ"]
    places = [place for place, sign in enumerate(word) if sign in VOWELS]
    stressed = [place for place, one in zip(places, vowels, strict=False) if "ː" in one]
    if len(vowels) == len(places) and len(stressed) == 1 and _WORD.fullmatch(word):
        yield _plus(word, stressed[0])
