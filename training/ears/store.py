"""Features of all training utterances on disk: made once, resumable, read by memory map.

Each utterance is stored in several copies, each by another voice on another line. A shard holds the copies of SHARD
utterances: `NNNN.npy` (frames, MELS) float16, `NNNN.json` its utterances with where their copies begin. `made_of`
tells what they are of: when utterances come or go, those that stay keep what they have; else all is made anew.
"""

import argparse
import json
import os
import random
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.ears import manifest
from training.ears.manifest import Utterance
from training.ears.sound import reading, telephone, voices
from training.ears.sound.features import MELS, RATE, log_mels

SHARD = 250
COPIES = {
    "man": 1,
    "woman": 5,
    "festival": 1,
    "espeak": 1,
    "rhvoice": 1,
    "accented": 2,
    "human": 6,
    "numbers": 36,
    "foreign": 1,
    "effects": 1,
}
CHANGED = {"espeak": 0.3, "foreign": 0.0, "effects": 0.0}
"""Of the copies that are somebody else's; OTHERS for groups not named."""
OTHERS = 0.8
MADE_OF, EARLIER = "made_of", "earlier"

Row = tuple[str, ...]
"""An utterance's columns."""
Place = tuple[Path, Sequence[tuple[int, int]]]
"""A shard's features and where the copies lie in it."""


@dataclass(frozen=True)
class Stored:
    """A copy of an utterance."""

    utterance: Utterance
    mels: NDArray[np.float16]


def make(utterances: Sequence[Utterance], folder: Path, workers: int) -> None:
    """Writes the shards that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if (now := _digest(utterances)) != (before := made_of(folder)):
        _put_aside(folder, before, usable=_how(now) == _how(before))
        (folder / MADE_OF).write_text(now, "utf-8")
    earlier = _places(folder / EARLIER)
    parts = {start: utterances[start : start + SHARD] for start in range(0, len(utterances), SHARD)}
    jobs = [
        (part, start, folder, {row: earlier[row] for one in part if (row := _row(one)) in earlier})
        for start, part in parts.items()
        if not (folder / f"{start // SHARD:04}.json").exists()
    ]
    with ProcessPoolExecutor(workers) as pool:
        for done, seconds in enumerate(pool.map(_shard, jobs), 1):
            print(f"features {done}/{len(jobs)} shards, the last {seconds / 3600:.2f} h", flush=True)
    shutil.rmtree(folder / EARLIER, ignore_errors=True)


def made_of(folder: Path) -> str:
    """A digest of all that the stored features depend on but the code; empty where nothing is stored."""
    path = folder / MADE_OF
    return path.read_text("utf-8") if path.exists() else ""


def load(folder: Path) -> Iterator[Stored]:
    """All copies, as views of memory maps."""
    for index in sorted(folder.glob("*.json")):
        frames = np.load(index.with_suffix(".npy"), mmap_mode="r")
        for fields, copies in json.loads(index.read_text("utf-8")):
            for start, end in copies:
                yield Stored(Utterance(Path(fields[0]), *fields[1:]), frames[start:end])


def _digest(utterances: Sequence[Utterance]) -> str:
    """How features are made, and what of."""
    parts = ([COPIES, CHANGED, OTHERS, SHARD], [manifest.columns(one) for one in utterances])
    return "-".join(sha256(json.dumps(part).encode()).hexdigest()[:32] for part in parts)


def _how(digest: str) -> str:
    return digest.partition("-")[0]


def _put_aside(folder: Path, before: str, *, usable: bool) -> None:
    """Takes the shards out of the way; usable ones wait in EARLIER."""
    if not usable:
        shutil.rmtree(folder / EARLIER, ignore_errors=True)
    else:
        (folder / EARLIER).mkdir(exist_ok=True)
    for old in sorted((*folder.glob("*.npy"), *folder.glob("*.json"))):
        old.replace(folder / EARLIER / f"{before[-8:]}-{old.name}") if usable else old.unlink()


def _places(folder: Path) -> dict[Row, Place]:
    """Where the copies of each stored utterance are."""
    return {
        tuple(row): (index.with_suffix(".npy"), copies)
        for index in folder.glob("*.json")
        for row, copies in json.loads(index.read_text("utf-8"))
    }


def _row(one: Utterance) -> Row:
    return (str(one.path), one.group, one.speaker, one.kind, one.text)


def _shard(job: tuple[Sequence[Utterance], int, Path, Mapping[Row, Place]]) -> float:
    utterances, first, folder, earlier = job
    pieces: list[NDArray[np.float16]] = []
    index = []
    at = 0
    for number, one in enumerate(utterances, first):
        copies = []
        for mels in _again(earlier[_row(one)]) if _row(one) in earlier else _copies(one, number):
            pieces.append(mels)
            copies.append((at, at + len(mels)))
            at += len(mels)
        if copies:
            index.append((_row(one), copies))
    name = folder / f"{first // SHARD:04}"
    np.save(name.with_suffix(".npy"), np.concatenate([np.zeros((0, MELS), np.float16), *pieces]))
    partial = name.with_suffix(".part")
    partial.write_text(json.dumps(index, ensure_ascii=False), "utf-8")
    os.replace(partial, name.with_suffix(".json"))
    return at / 100


def _again(place: Place) -> Iterator[NDArray[np.float16]]:
    shard, copies = place
    frames = np.load(shard, mmap_mode="r")
    return (frames[start:end] for start, end in copies)


def _copies(one: Utterance, number: int) -> Iterator[NDArray[np.float16]]:
    rng = np.random.default_rng([7, number])
    try:
        sound = reading.read(str(one.path))
    except Exception as error:  # one broken recording of thousands must not end the run
        print(f"{one.path}: {error}", file=sys.stderr)
        return
    if not 0.15 * RATE <= len(sound) <= reading.LONGEST * RATE:
        return
    for _ in range(COPIES[one.group]):
        voice = voices.draw_voice(rng, change=CHANGED.get(one.group, OTHERS))
        mels = log_mels(telephone.call(voices.speak(sound, voice, rng), rng))
        if len(mels) > 8:
            yield mels.astype(np.float16)


def main() -> None:
    """The command: features of `var/ears/manifest.tsv`, its lines shuffled so that shards are alike."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=manifest.CACHE)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    utterances = manifest.read(args.folder / "manifest.tsv")
    random.Random(1).shuffle(utterances)
    make(utterances, args.folder / "features", args.workers)


if __name__ == "__main__":
    main()
