"""Endless batches: stored utterances joined, warped, drowned in noise and masked, anew each time."""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from training.ears.acoustics import mmi
from training.ears.acoustics.transcripts import UNK, Transcript, drawn
from training.ears.sound.features import FLOOR, MELS, Mels, warp_matrix
from training.ears.sound.noise import Noise, loudness

SHARE = {
    "man": 2.0, "woman": 2.5, "festival": 1.0, "espeak": 1.0,
    "rhvoice": 4.0, "accented": 3.5, "human": 3.0, "numbers": 2.0, "foreign": 0.6, "effects": 0.02,
}  # fmt: skip
"""How often a group is drawn."""
WALLED = 0.25
"""Of the utterances: with nothing at all outside a band, as a codec's filter leaves it."""
LOWEST, HIGHEST = 7, 5
"""Mel bins at most that such a filter empties below (up to 340 Hz) and above (from 3.2 kHz)."""
LOUDEST_DB = 3
"""Noise is at least so much below the speech; half of it is less than 17 dB below."""
ALONE = 0.04
"""Of the utterances: noise in which nobody speaks."""
CROWDS = 0.03
"""Of the utterances: voices of which none is to be understood."""
LOUDER = 1.0
"""Nats of energy at most (4 dB) that a word is louder or softer than the first one."""
LONGEST = 320
"""Frames of 10 ms of an utterance that something may still be joined to."""
MOST = 600
"""Frames of an utterance: longer ones make a batch slow."""


@dataclass(frozen=True)
class Item:
    """Log mels of an utterance, and what was said."""

    mels: np.ndarray
    transcript: Transcript


@dataclass
class Pool:
    """Items by group and by speaker."""

    groups: dict[str, dict[str, list[Item]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, group: str, speaker: str, item: Item) -> None:
        """Takes an item up."""
        self.groups[group][speaker].append(item)

    def items(self, rng: random.Random) -> list[Item]:
        """All items of a speaker: first the group is drawn, then the speaker."""
        names = list(self.groups)
        speakers = self.groups[rng.choices(names, [SHARE[name] for name in names])[0]]
        return rng.choices(list(speakers.values()), [math.sqrt(len(items)) for items in speakers.values()])[0]


@dataclass(frozen=True)
class Batch:
    """Input of the network, and what was said."""

    mels: Tensor
    """(batch, frames + 2 pad, MELS)"""
    lengths: Tensor
    """(batch,) output frames"""
    graphs: list[mmi.Graph]
    """What was said, one an utterance."""


class Corpus(torch.utils.data.IterableDataset[Batch]):
    """Seeded endless batches; begins anew from `seed`, so a resumed run gives it the step."""

    def __init__(
        self,
        pool: Pool,
        noise: Noise,
        bigram: mmi.PhoneBigram,
        *,
        pad: int,
        size: int,
        seed: int,
        easy: int = 0,
    ) -> None:
        """`easy`: so many batches at first are of single clean utterances, from which a flat start finds words."""
        self.pool, self.noise, self.bigram = pool, noise, bigram
        self.pad, self.size, self.seed, self.easy = pad, size, seed, easy

    def __iter__(self) -> Iterator[Batch]:
        rng = random.Random(self.seed)
        made = 0
        while True:
            utterance = clean if made < self.easy else augmented
            drawn = [utterance(self.pool, self.noise, rng) for _ in range(8 * self.size)]
            kept = [one for one in drawn if 3 * _shortest(one[1]) + 6 <= len(one[0]) <= MOST]
            kept.sort(key=lambda one: len(one[0]))
            parts = [kept[i : i + self.size] for i in range(0, len(kept) - self.size // 2, self.size)]
            rng.shuffle(parts)
            made += len(parts)
            for part in parts:
                yield self._batch(part)

    def _batch(self, part: Sequence[tuple[Mels, list[mmi.Ways]]]) -> Batch:
        frames = max(len(mels) for mels, _ in part)
        mels = np.stack(
            [np.pad(m, ((self.pad, frames - len(m) + self.pad), (0, 0)), "edge") for m, _ in part]
        )
        lengths = torch.tensor([(len(m) + 2) // 3 for m, _ in part])
        graphs = [self.bigram.said(words) for _, words in part]
        return Batch(torch.from_numpy(mels.astype(np.float32)), lengths, graphs)


def _shortest(words: Sequence[mmi.Ways]) -> int:
    return sum(min(map(len, ways)) for ways in words)


def clean(pool: Pool, noise: Noise, rng: random.Random) -> tuple[Mels, list[mmi.Ways]]:
    """A short utterance as it was stored, with a pause on both sides and noise far below it."""
    items = pool.items(rng)
    item = min((rng.choice(items) for _ in range(4)), key=lambda one: len(one.mels))
    mels = item.mels.astype(np.float32)
    level = loudness(mels)
    silence = [noise.pause(rng.randint(8, 30), level, rng) for _ in range(2)]
    mels = np.concatenate([silence[0], mels, silence[1]])
    return noise.over(mels, level - rng.uniform(25, 45) * math.log(10) / 10, rng), drawn(item.transcript, rng)


def augmented(pool: Pool, noise: Noise, rng: random.Random) -> tuple[Mels, list[mmi.Ways]]:
    """Log mels of an utterance on a drawn line, and the words in it."""
    if rng.random() < ALONE:
        return noise.alone(rng), []
    if rng.random() < CROWDS:  # as silence they would make silence like a voice
        crowd = noise.babble(rng.randint(40, 250), rng) + rng.uniform(8, 18)
        return on_a_line(crowd, rng), [UNK]
    mels, words = joined(pool, noise, rng)
    level = loudness(mels)
    if rng.random() < 0.85:
        quieter = LOUDEST_DB + (40 - LOUDEST_DB) * rng.random() ** 1.4
        mels = noise.over(mels, level - quieter * math.log(10) / 10, rng)
    return on_a_line(mels, rng), words


def on_a_line(mels: Mels, rng: random.Random) -> Mels:
    """Coloured by a drawn channel, often without the edges of the band, and with gaps."""
    x = np.linspace(0, 1, MELS)
    slope, wave = rng.uniform(-1.8, 1.8), rng.uniform(-0.7, 0.7)
    channel = slope * (x - 0.5) + wave * np.cos(np.pi * (2 * x + rng.random())) + rng.uniform(-2, 1)
    mels = np.maximum(mels + channel, FLOOR).astype(np.float32)
    if rng.random() < WALLED:
        mels[:, : rng.randint(0, LOWEST)] = FLOOR
        mels[:, MELS - rng.randint(0, HIGHEST) :] = FLOOR
    for axis, longest in ((1, 6), (0, 10), (0, 10)):
        width = rng.randint(0, longest)
        start = rng.randrange(max(1, mels.shape[axis] - width))
        mels[(slice(None),) * axis + (slice(start, start + width),)] = mels.mean()
    return mels


def joined(pool: Pool, noise: Noise, rng: random.Random) -> tuple[Mels, list[mmi.Ways]]:
    """One utterance, often made of several short ones of one speaker, with pauses between or none.

    Each was stored as somebody else's; that they are as many voices costs nothing, and few voices would.
    """
    items = pool.items(rng)
    pieces: list[Mels] = []
    words: list[mmi.Ways] = []
    want = rng.choice([1, 1, 1, 2, 2, 3, 5])
    matrix, tempo = warp_matrix(rng.uniform(0.86, 1.17)), rng.uniform(0.8, 1.22)
    level, frames = 0.0, 0
    for _ in range(want):
        item = rng.choice(items)
        if words and frames + len(item.mels) > LONGEST:
            break
        mels = at_tempo(item.mels.astype(np.float32), tempo * rng.uniform(0.93, 1.07)) @ matrix
        cut = min(rng.choice([0, 0, 3, 5]), len(mels) // 4)  # what `trim` left: words run together
        mels = mels[cut : len(mels) - cut]
        if words:
            mels = mels + level - loudness(mels) + rng.uniform(-LOUDER, LOUDER)
        else:
            level = loudness(mels)
        before = rng.choice([0, 0, 4, 12, 40]) if pieces else rng.randint(4, 45)
        pieces += [noise.pause(before, level, rng), mels]
        words += drawn(item.transcript, rng)
        frames = sum(map(len, pieces))
    return np.concatenate([*pieces, noise.pause(rng.randint(5, 60), level, rng)]), words


def at_tempo(mels: Mels, tempo: float) -> Mels:
    """Faster by the factor `tempo`; frames between are interpolated."""
    at = np.arange(0, len(mels) - 1, tempo)
    low = at.astype(int)
    part = (at - low).astype(np.float32)[:, None]
    return np.asarray(mels[low] * (1 - part) + mels[low + 1] * part)
