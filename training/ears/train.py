"""Trains the acoustic model from the stored features; resumable, seeded, with a logged curve.

    python -m training.ears.train [--boosted] [--steps N] [--folder var/ears]

Two parts. The first begins flat. The second (`--boosted`) goes on from its final.pt with a margin (Povey et al. 2008,
«Boosted MMI for model and feature-space discriminative training»): strangers' words stop being taken for silence.

Writes to FOLDER/checkpoints, the second part to FOLDER/checkpoints/boosted, last.pt (all that a resumed run needs),
final.pt (the averaged weights) and curve.tsv.
"""

import argparse
import math
import random
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.ears import store
from training.ears.acoustics import mmi
from training.ears.acoustics.corpus import Batch, Corpus, Item, Pool, joined
from training.ears.acoustics.network import Network, Shape
from training.ears.acoustics.transcripts import transcript
from training.ears.manifest import CACHE
from training.ears.sound.noise import Noise
from training.ears.words.lexicon import Lexicon
from training.ears.words.phones import PHONES

STEPS = 5_500
BATCH = 32
TOP_RATE = 2e-3
BOOSTED_STEPS, BOOSTED_RATE = 2_500, 8e-4
BOOST = 0.5
"""Nats a frame that what is said costs more among all that might be said: it must win by so much."""
L2 = 5e-4
"""On the outputs, which have no natural scale under MMI."""
STILL = 0.88
"""From this part of the steps on normalisation stands still and the weights are averaged."""
DECAY = 0.998
"""Of the average, a step."""
EASY = 400
"""So many steps are made on single clean utterances at first."""
SAVED = 250
"""Steps between checkpoints."""
SHOWN = 50
"""Steps that a line of the curve is the mean of."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=CACHE)
    parser.add_argument("--boosted", action="store_true", help="the second part")
    parser.add_argument("--steps", type=int, help=f"instead of {STEPS:,}, or {BOOSTED_STEPS:,}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, help=f"the highest, instead of {TOP_RATE}, or {BOOSTED_RATE}")
    parser.add_argument(
        "--without", nargs="*", default=[], help="speakers kept out, for example rhvoice-irina"
    )
    parser.add_argument("--checkpoints", type=Path, help="folder of the checkpoints")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    pool = pooled(args.folder / "features", frozenset(args.without))
    noise = Noise([item.mels for item in _some(pool, 400, args.seed)], args.seed)
    bigram = counted(pool, noise)
    network = Network(Shape(pdfs=2 * len(PHONES)))
    print(f"{sum(p.numel() for p in network.parameters()):,} parameters, {len(PHONES)} phones", flush=True)
    folder = args.checkpoints or args.folder / "checkpoints"
    plan = Plan(
        args.steps or STEPS,
        args.rate or TOP_RATE,
        seed=args.seed,
        made_of=store.made_of(args.folder / "features"),
        without=(*args.without,),
    )
    if args.boosted:
        first = folder / "final.pt"
        network.load_state_dict(torch.load(first, weights_only=True))
        plan = replace(
            plan,
            steps=args.steps or BOOSTED_STEPS,
            rate=args.rate or BOOSTED_RATE,
            easy=0,
            boost=BOOST,
            begun=sha256(first.read_bytes()).hexdigest(),
        )
        folder /= "boosted"
    Trainer(network, pool, noise, bigram, plan, folder).run()


def pooled(features: Path, without: frozenset[str] = frozenset()) -> Pool:
    """All stored items of the speakers that are not kept out."""
    lexicon = Lexicon.load()
    pool = Pool()
    unknown = 0
    seconds = 0.0
    for stored in store.load(features):
        one = stored.utterance
        if one.speaker in without:
            continue
        said = transcript(one, lexicon)
        if said is None:
            unknown += 1
            continue
        seconds += len(stored.mels) / 100
        pool.add(one.group, one.speaker, Item(stored.mels, said))
    print(f"{seconds / 3600:.1f} h of features; {unknown} copies with words nobody can pronounce", flush=True)
    return pool


def counted(pool: Pool, noise: Noise, draws: int = 2500) -> mmi.PhoneBigram:
    """The bigram of what is said in batches, those in which nobody speaks to the line aside."""
    rng = random.Random(7)
    counts = np.full((len(PHONES), len(PHONES)), 0.3)
    for _ in range(draws):
        phones = [0]
        for number, ways in enumerate(joined(pool, noise, rng)[1]):
            phones += [0] * (number > 0 and rng.random() < 0.5)
            phones += rng.choice(ways)
        phones.append(0)
        np.add.at(counts, (phones[:-1], phones[1:]), 1)
    return mmi.PhoneBigram(counts / counts.sum(1, keepdims=True))


def _some(pool: Pool, count: int, seed: int) -> Iterator[Item]:
    rng = random.Random(seed)
    return (rng.choice(pool.items(rng)) for _ in range(count))


@dataclass(frozen=True)
class Plan:
    """How a run goes."""

    steps: int = STEPS
    rate: float = TOP_RATE
    easy: int = EASY
    seed: int = 1
    made_of: str = ""
    """Digest of the features."""
    without: tuple[str, ...] = ()
    """Speakers kept out."""
    boost: float = 0.0
    begun: str = ""
    """Digest of the weights that the second part begins with."""


class Trainer:
    """One run: where it stands, and its files."""

    def __init__(
        self,
        network: Network,
        pool: Pool,
        noise: Noise,
        bigram: mmi.PhoneBigram,
        plan: Plan,
        folder: Path,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.network, self.plan, self.folder = network, plan, folder
        self.pool, self.noise, self.bigram = pool, noise, bigram
        self.optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=1e-3)
        self.average = torch.optim.swa_utils.AveragedModel(
            network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(DECAY), use_buffers=True
        )
        self.step = 0
        self._of = (astuple(plan), astuple(network.shape))

    def run(self) -> None:
        """To the last step. Raises FloatingPointError when the objective is no number."""
        self._resume()
        batches = self._batches()
        if not self.network.mean.any():
            self._normalise([next(batches) for _ in range(12)])
        begin, shown = time.monotonic(), []
        self.network.train()
        while self.step < self.plan.steps:
            done = self.step / self.plan.steps
            if done >= STILL:
                for norm in self.network.norms():
                    norm.eval()
            for group in self.optimizer.param_groups:
                warm = min(1.0, (self.step + 1) / 200)
                group["lr"] = self.plan.rate * warm * max(0.01, 0.5 + 0.5 * math.cos(math.pi * done))
            shown.append(self._learn(next(batches)))
            if done >= STILL:
                self.average.update_parameters(self.network)
            self.step += 1
            if self.step % SHOWN == 0:
                self._log(shown, time.monotonic() - begin)
                shown = []
            if self.step % SAVED == 0:
                self._save()
        self._save()
        torch.save(self.average.module.state_dict(), self.folder / "final.pt")

    def _learn(self, batch: Batch) -> float:
        scores = self.network(batch.mels)[:, : int(batch.lengths.max())]
        everything = [self.bigram.everything] * len(batch.graphs)
        said = mmi.log_sum(scores, batch.lengths, batch.graphs)
        rivals = scores
        if self.plan.boost:
            (likely,) = torch.autograd.grad(said.sum(), scores, retain_graph=True)
            rivals = scores - self.plan.boost * likely
        gain = said - mmi.log_sum(rivals, batch.lengths, everything)
        mask = torch.arange(scores.shape[1])[None] < batch.lengths[:, None]
        frames = batch.lengths.sum()
        loss = -gain.sum() / frames + L2 * scores[mask].square().mean()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"the objective is {float(loss)} at step {self.step}")
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        return float(gain.detach().sum() / frames)

    def _batches(self) -> Iterator[Batch]:
        corpus = Corpus(
            self.pool,
            self.noise,
            self.bigram,
            pad=self.network.shape.pad,
            size=BATCH,
            seed=1000 * self.plan.seed + self.step,
            easy=max(0, self.plan.easy - self.step),
        )
        return iter(torch.utils.data.DataLoader(corpus, batch_size=None, num_workers=1, prefetch_factor=12))

    def _normalise(self, batches: list[Batch]) -> None:
        mels = torch.cat([batch.mels.flatten(0, 1) for batch in batches])
        self.network.mean.copy_(mels.mean(0))
        self.network.scale.copy_(1 / mels.std(0))

    def _log(self, gains: list[float], seconds: float) -> None:
        line = f"{self.step}\t{seconds:.0f}\t{np.mean(gains):.4f}"
        print(f"step, s, log-probability a frame: {line}", flush=True)
        with (self.folder / "curve.tsv").open("a") as curve:
            curve.write(line + "\n")

    def _save(self) -> None:
        state = {
            "of": self._of,
            "step": self.step,
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.state_dict(),
        }
        torch.save(state, self.folder / "part.pt")
        (self.folder / "part.pt").replace(self.folder / "last.pt")

    def _resume(self) -> None:
        """Goes on from last.pt if that run was the same; another one's files are taken away."""
        last, curve = self.folder / "last.pt", self.folder / "curve.tsv"
        state = torch.load(last, weights_only=True) if last.exists() else {}
        if state.get("of") != self._of:
            for old in (last, curve, self.folder / "final.pt"):
                old.unlink(missing_ok=True)
            return
        kept = [
            line for line in curve.read_text().splitlines(True) if int(line.split("\t")[0]) <= state["step"]
        ]
        curve.write_text("".join(kept))
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.load_state_dict(state["average"])
        self.step = state["step"]
        print(f"resumed at step {self.step}", flush=True)


if __name__ == "__main__":
    main()
