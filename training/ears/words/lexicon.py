"""The pronunciations of a word: by its stress and the rules, by hand (`ways.tsv`)."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from training.ears.words.pronounce import pronounce
from training.ears.words.reductions import everyday
from training.ears.words.stress import CLITICS, Stresses, without_yo

BY_HAND = Path(__file__).with_name("ways.tsv")

Way = tuple[str, ...]

_VOICED_END = {"б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "g", "с": "z"}
"""How prepositions end before a vowel or a voiced consonant: «из дома», «в окно», «к дому»."""

_TOKEN = re.compile(r"[а-яё+]+(-[а-яё+]+)*")


@dataclass(frozen=True)
class Lexicon:
    """Every word that can be pronounced."""

    stresses: Stresses
    by_hand: dict[str, list[str]]
    """Word (е for ё) → ways it is also said, spelt as they sound."""
    _known: dict[str, list[Way]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls) -> "Lexicon":
        """Raises FileNotFoundError when festvox-ru is not installed."""
        return cls(Stresses.load(), _by_hand(BY_HAND))

    def ways(self, token: str) -> list[Way]:
        """The ways a word is said: the usual one first.

        The token is lower case, е or ё, with or without "+" before its stressed vowel; halves of «кое-что» are put
        together. Empty when its stress is unknown or it is no Russian word.
        """
        if token not in self._known:
            self._known[token] = self._found(token)
        return self._known[token]

    def _found(self, token: str) -> list[Way]:
        if not _TOKEN.fullmatch(token):
            return []
        if "-" in token:
            return self._joined(token)
        word = without_yo(token.replace("+", ""))
        spellings = self._spellings(token)
        found = [pronounce(stressed) for stressed in spellings]
        found += [pronounce(way) for way in self.by_hand.get(word, ())]
        found += [pronounce(way) for stressed in spellings for way in everyday(stressed)]
        if word in CLITICS and word[-1] in _VOICED_END:
            found += [(*way[:-1], _VOICED_END[word[-1]]) for way in found]
        return list(dict.fromkeys(found))

    def _spellings(self, token: str) -> list[str]:
        if "+" not in token:
            return self.stresses.ways(token)
        place = token.index("+")
        known = self.stresses.ways(token.replace("+", ""))
        return [one for one in known if one.find("+") == place and "+" not in one[place + 1 :]] or [token]

    def _joined(self, token: str) -> list[Way]:
        joined: list[Way] = [()]
        for part in token.split("-"):
            joined = [before + way for before in joined for way in self.ways(part)][:8]
        return joined


def _by_hand(path: Path) -> dict[str, list[str]]:
    """Lines of a word, a tab, and ways it is said with "+" before the stress; "#" begins a comment."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        word, _, ways = line.partition("#")[0].partition("\t")
        if ways:
            found.setdefault(without_yo(word.strip()), []).extend(ways.split())
    return found
