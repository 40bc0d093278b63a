"""`python -m training.ears.card CHECKPOINT MODEL`: the model card with this run's figures, MODEL/README.md."""

import argparse
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from ivr.speech import model
from training.ears import export, store
from training.ears.manifest import CACHE
from training.ears.train import BATCH, BOOST
from training.ears.words.phones import SPOKEN

TEMPLATE = Path(__file__).with_suffix(".md")
FRAME_S = 0.01


def card(checkpoint: Path, folder: Path, features: Path, without: Collection[str] = ()) -> str:
    """The text. `checkpoint`: boosted/final.pt, below the first part's; `folder`: of the model, its graph made.

    `without`: speakers who were kept out of this training.
    """
    network = export.load(checkpoint)
    frames: Counter[str] = Counter()
    for one in store.load(features):
        if one.utterance.speaker not in without:
            frames[one.utterance.group] += len(one.mels)
    hours = {group: count * FRAME_S / 3600 for group, count in frames.most_common()}
    steps, gain = _end(checkpoint.parents[1])
    boosted, _ = _end(checkpoint.parent)
    left_out = f" Without {', '.join(without)}: what stands below of these does not hold." if without else ""
    return TEMPLATE.read_text("utf-8").format(
        weights=f"{sum(one.numel() for one in network.parameters()) / 1e6:.2f} million",
        context_ms=round(1000 * network.shape.pad * FRAME_S),
        steps=f"{steps:,}",
        boosted=f"{boosted:,}",
        boost=BOOST,
        batch=BATCH,
        gain=gain,
        phones=len(SPOKEN),
        words=f"{len(model.look_at(folder).words):,}",
        hours=f"{sum(hours.values()):.1f}",
        groups=", ".join(f"{group} {count:.1f}" for group, count in hours.items()),
        left_out=left_out,
    )


def _end(folder: Path) -> tuple[int, str]:
    """The last step of a part of the training, and the log-probability a frame there."""
    step, _, gain = (folder / "curve.tsv").read_text("utf-8").splitlines()[-1].split("\t")
    return int(step), gain


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--features", type=Path, default=CACHE / "features")
    parser.add_argument("--without", nargs="*", default=[], help="speakers kept out of the training")
    args = parser.parse_args()
    text = card(args.checkpoint, args.model, args.features, args.without)
    (args.model / "README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
