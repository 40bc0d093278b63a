"""The held-out sets, parted for calibration and for the test; no speaker is on both sides.

| set | calibration | test |
|---|---|---|
| people | kt_f: a woman, words of everyday things | lubimov: as high as a child, 1 to 20, letters, words |
| an engine that nothing is trained on | ru_tts, its first voice | ru_tts, its second voice |
| foreign speech | French, a woman | Italian, a man |
| music on hold | every second piece | the others |
| noise, babble | drawn with one seed, of the foreigner and voices made of her | with another, of the other one |

Lubimov's strings of five digits are spliced from his digits said alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from ivr.audio import RATE
from ivr.language.grammar import Grammar
from training.ears import manifest
from training.ears.evaluate import conditions, noises, phrases, splicing
from training.ears.evaluate.clips import Clip, Sound, What, drawn, recorded
from training.ears.evaluate.truth import kind_of_number
from training.ears.manifest import Utterance
from training.ears.speakers import ru_tts

Side = Literal["calibration", "test"]

HELDOUT = manifest.CACHE / "heldout"
PEOPLE: Mapping[Side, str] = {"calibration": "kt_f", "test": "lubimov"}
FOREIGN: Mapping[Side, str] = {"calibration": "foreign_fr", "test": "foreign_it"}
VOICES: Mapping[Side, str] = dict(
    zip(("calibration", "test"), (f"ru_tts-{one}" for one in ru_tts.VOICES), strict=True)
)
NOISES_OF_A_KIND = 24
BABBLES, BABBLE_S = 60, 4
CROWD = 60
"""Recordings that a babble's voices are drawn from."""
_SHORTEST_WORD = 4
"""Letters of a word outside; shorter are the names of letters, which nobody tells this line."""


def clips(
    side: Side, grammars: Mapping[str, Grammar], crowd: Sequence[Sound], folder: Path = HELDOUT
) -> list[Clip]:
    """All clips of one side, a crowd's babble among them. What is missing in the folder is missing here."""
    found = [*_people(side, folder), *_engine(side, folder, grammars), *_foreign(side, folder)]
    return [*found, *_music(side, folder), *_noises(side), *_babbles(side, crowd)]


def crowd(side: Side, folder: Path = HELDOUT) -> list[Sound]:
    """Voices for a babble: foreign ones of the same side."""
    rows = _rows(folder, FOREIGN[side])
    step = max(1, len(rows) // CROWD)
    return [sound for row in rows[::step] if len(sound := recorded(row.path)) > RATE]


def _people(side: Side, folder: Path) -> Iterator[Clip]:
    rows = list(_rows(folder, PEOPLE[side]))
    found = [_clip(row, what) for row in rows if (what := kind_of_number(row.text))]
    yield from found
    for row in rows:
        if not kind_of_number(row.text) and len(row.text) >= _SHORTEST_WORD:
            yield _clip(row, "outside")
    digits = [clip for clip in found if clip.text in splicing.WORDS]
    if digits:
        yield from splicing.strings(digits)


def _engine(side: Side, folder: Path, grammars: Mapping[str, Grammar]) -> Iterator[Clip]:
    for row in _of(side, _rows(folder, "ru_tts")):
        if what := kind_of_number(row.text):
            yield _clip(row, what)
    if (folder / "ru_tts").is_dir():
        for kind, rows in phrases.tables(folder, grammars).items():
            yield from (_clip(row, kind) for row in _of(side, rows) if _as_meant(row, kind))


def _as_meant(row: Utterance, kind: What) -> bool:
    """Whether a reading is not ambiguous."""
    return kind != "numbers" or kind_of_number(row.text) == kind


def _of(side: Side, rows: Iterable[Utterance]) -> Iterator[Utterance]:
    return (row for row in rows if row.speaker == VOICES[side])


def _foreign(side: Side, folder: Path) -> Iterator[Clip]:
    return (_clip(row, "foreign") for row in _rows(folder, FOREIGN[side]))


def _music(side: Side, folder: Path) -> Iterator[Clip]:
    rows = _rows(folder, "music")
    pieces = sorted({row.speaker for row in rows})[side == "test" :: 2]
    return (_clip(row, "music") for row in rows if row.speaker in pieces)


def _noises(side: Side) -> Iterator[Clip]:
    for kind in noises.KINDS:
        for number in range(NOISES_OF_A_KIND):
            name = f"{side}-{kind}-{number:02}"
            yield Clip(name, "noise", "noise", "", partial(_noise, kind, name), synthetic=True)


def _noise(kind: noises.Kind, name: str) -> Sound:
    return noises.made(kind, drawn(name))


def _babbles(side: Side, voices: Sequence[Sound]) -> Iterator[Clip]:
    for number in range(BABBLES if len(voices) > conditions.VOICES else 0):
        name = f"{side}-babble-{number:02}"
        yield Clip(name, "babble", "babble", "", partial(_babble, voices, name), synthetic=True)


def _babble(voices: Sequence[Sound], name: str) -> Sound:
    rng = drawn(name)
    mixed = conditions.babble(voices, BABBLE_S * RATE, rng)
    return np.asarray(mixed / np.abs(mixed).max() * 10 ** (rng.uniform(-35, -3) / 20))


def _clip(row: Utterance, what: What) -> Clip:
    speaker = "music" if row.group == "music" else row.speaker
    name, fetch = f"{row.path.parent.name}/{row.path.name}", partial(recorded, row.path)
    return Clip(name, speaker, what, row.text.replace("+", ""), fetch, synthetic=row.group == "ru_tts")


def _rows(folder: Path, name: str) -> list[Utterance]:
    table = folder / f"{name}.tsv"
    return manifest.read(table) if table.exists() else []
