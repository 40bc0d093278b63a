"""Recordings of people, and of RHVoice: Debian's Asterisk prompts, and the tables of the recordings' folder."""

import gzip
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from num2words import num2words

from training.ears.manifest import Utterance
from training.ears.sound import audio_files
from training.ears.texts.numbers_said import PLAIN, THOUSANDS

ASTERISK = Path("/usr/share/asterisk/sounds/ru_RU_f_IvrvoiceRU")
ASTERISK_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-ru/core-sounds-ru.txt.gz")
Table = Literal["human", "rhvoice"]
TABLES: tuple[Table, ...] = get_args(Table)
HELD_OUT = {"human-gc_lubimov_a": "lubimov", "human-kt_f": "kt_f"}
"""Speakers that nothing is ever trained on → the names of their sets."""
SAME = {"human-ivrvoice_f": "woman", "rhvoice-aleksandr-hq": "rhvoice-aleksandr"}
"""Names of one speaker."""
_MISTAKEN = {"digits/mon-9": "октября"}
_WORDS = Path(__file__).with_name("recorded_words.tsv")
SHORTEST = 0.15
"""Seconds."""
LETTERS_A_SECOND = (4.0, 24.0)
"""Speech slower or faster than this is not what its text says."""


def asterisk(audio: Path) -> list[Utterance]:
    """The woman's prompts whose text the package tells."""
    rows = []
    for name, text in _prompts():
        source = ASTERISK / f"{name}.wav"
        if source.exists() and _fits(text, audio_files.seconds(source)):
            path = audio_files.copy(source, audio / f"{name.replace('/', '_')}.wav")
            rows.append(Utterance(path, "woman", "woman", "words", spelt(text)))
    return rows


def recorded(folder: Path, audio: Path, kind: Table, speakers: Collection[str] = ()) -> Iterator[Utterance]:
    """What the folder's table lists, of all speakers or of these."""
    columns = (0, 0, 1, 4) if kind == "rhvoice" else (0, 1, 2, 3)
    for line in (folder / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        place, speaker, name, text = (fields[column] for column in columns)
        whose = SAME.get(f"{kind}-{speaker}", f"{kind}-{speaker}")
        if not speakers or whose in speakers:
            path = audio_files.copy(folder / kind / place / f"{name}.opus", audio / place / f"{name}.wav")
            yield Utterance(path, "woman" if whose == "woman" else kind, whose, "words", spelt(text))


def numbers(rows: Iterable[Utterance]) -> list[Utterance]:
    """Once more, as a group of their own, what real people say of numbers and in answer to a question."""
    said = {*PLAIN, *THOUSANDS, "одна", "одно", "две", "нуль", "да", "нет"}
    return [
        replace(row, group="numbers")
        for row in rows
        if row.group in ("woman", "human") and said.issuperset(row.text.replace("+", "").split())
    ]


def spelt(text: str) -> str:
    """The text with rare words stressed and misspelt ones mended."""
    return " ".join(_words().get(word, word) for word in text.split())


@lru_cache(1)
def _words() -> dict[str, str]:
    lines = _WORDS.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def _prompts() -> Iterator[tuple[str, str]]:
    """File name without its ending, and the words; without prompts that are no Russian words."""
    for line in gzip.decompress(ASTERISK_TEXTS.read_bytes()).decode("utf-8").splitlines():
        name, _, text = line.partition(":")
        text = _MISTAKEN.get(name, text.removeprefix(f" {name}:"))
        said = re.sub(r"\[.*?\]", "", text).lower()
        if name.startswith(";") or re.search("[a-z]", said):
            continue
        said = re.sub(r"\d+", lambda number: num2words(int(number.group()), lang="ru"), said)
        if words := re.findall("[а-яё]+", said):
            yield name, " ".join(words)


def _fits(text: str, seconds: float) -> bool:
    slowest, fastest = LETTERS_A_SECOND
    return seconds > SHORTEST and slowest <= len(text) / seconds <= fastest
