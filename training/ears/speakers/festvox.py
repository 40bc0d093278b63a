"""The man of Debian's festvox-ru: 620 read sentences with phone labels, each with its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.ears.manifest import Kind, Utterance
from training.ears.sound import audio_files

FOLDER = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
SHORTEST, LONGEST = 1.0, 6.0
"""Seconds of a phrase that is cut out at pauses."""

OURS = {"ay": "ax", "ae": "i", "e": "i", "ur": "u"}
"""Its finer reduced vowels as our phones; the rest have the same names."""
_PAUSES = ("pau", "#")
_VOWEL_LETTERS = re.compile("[аеёиоуыэюя]")
_VOWEL_PHONES = frozenset(("aa", "oo", "uu", "ii", "yy", "ee", "a", "ay", "i", "ae", "e", "y", "u", "ur"))
_LEANS_BACK = frozenset(("б", "ж", "ль"))
"""Words without a vowel that belong to the word before; the others belong to the word after."""


@dataclass(frozen=True)
class Stretch:
    """What is said between two pauses."""

    start: float
    """Middle of the pause before, s."""
    end: float
    phones: tuple[str, ...]
    words: tuple[str, ...] | None = None

    def __add__(self, other: "Stretch") -> "Stretch":
        both = (*self.words, *other.words) if self.words is not None and other.words is not None else None
        return Stretch(self.start, other.end, (*self.phones, "SIL", *other.phones), both)


@lru_cache(1)
def sentences() -> dict[str, str]:
    """The sentences by id, as written, «+» before a stressed vowel that the dictionary would not give."""
    text = (FOLDER / "etc" / "txt.done.data").read_text(encoding="utf-8")
    return dict(re.findall(r'\( *(\w+) +"([^"]*)"', text))


def stretches(name: str) -> list[Stretch]:
    """What lies between the labelled pauses of a sentence; with words where these can be told apart."""
    found: list[Stretch] = []
    start, time = 0.0, 0.0
    phones: list[str] = []
    for end, phone in _labels(FOLDER / "lab" / f"{name}.lab"):
        if phone not in _PAUSES:
            phones.append(phone)
        else:
            middle = (time + end) / 2
            if phones:
                found.append(Stretch(start, middle, tuple(phones)))
            start, phones = middle, []
        time = end
    return with_words(found, sentences().get(name, ""))


def phrases(parts: Sequence[Stretch]) -> Iterator[Stretch]:
    """Neighbours joined until they last SHORTEST; what lasts longer than LONGEST, or is too short, is left out."""
    joined: Stretch | None = None
    for part in parts:
        joined = part if joined is None else joined + part
        if joined.end - joined.start >= SHORTEST:
            if joined.end - joined.start <= LONGEST:
                yield joined
            joined = None


def utterances(audio: Path) -> list[Utterance]:
    """The phrases of all sentences as files under `audio`."""
    rows = []
    for name in sorted(sentences()):
        source = FOLDER / "wav" / f"{name}.wav"
        if not source.exists():
            continue
        sound, rate = audio_files.load(source)
        for number, phrase in enumerate(phrases(stretches(name))):
            path = audio / f"{name}_{number}.wav"
            if not path.exists():
                audio_files.save(path, sound[int(phrase.start * rate) : int(phrase.end * rate)], rate)
            kind: Kind = "phones" if phrase.words is None else "words"
            text = phrase.words if phrase.words is not None else [OURS.get(one, one) for one in phrase.phones]
            rows.append(Utterance(path, "man", "man", kind, " ".join(text)))
    return rows


def with_words(parts: list[Stretch], sentence: str) -> list[Stretch]:
    """The sentence's words dealt out by counting vowels; left without words if the counts do not agree."""
    words = re.findall("[а-яё+]+", sentence.lower())
    vowels = [len(_VOWEL_LETTERS.findall(word)) for word in words]
    wanted = [sum(phone in _VOWEL_PHONES for phone in part.phones) for part in parts]
    if sum(vowels) != sum(wanted) or re.search("[0-9a-z]", sentence.lower()):
        return parts
    found, place = [], 0
    for part, count in zip(parts, wanted, strict=True):
        start = place
        while place < len(words) and (count > 0 or (vowels[place] == 0 and words[place] in _LEANS_BACK)):
            count -= vowels[place]
            place += 1
        if count:
            return parts
        found.append(Stretch(part.start, part.end, part.phones, tuple(words[start:place])))
    return found if place == len(words) else parts


def _labels(path: Path) -> Iterator[tuple[float, str]]:
    """End in seconds and name of each phone."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 3:
            yield float(fields[0]), fields[2]
