"""Writes a trained network as a Vosk model: nodes for Kaldi, configuration, graph.

python -m training.ears.export CHECKPOINT MODEL
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ivr.speech.rejection import FILE as CALIBRATION
from training.ears.acoustics.network import BYPASS, LEAST, Block, Network, Shape, Spliced
from training.ears.kaldi import acoustic_model
from training.ears.kaldi.acoustic_model import Node
from training.ears.sound.features import MELS, MFCC_CONF, mel_from_mfcc
from training.ears.words.phones import PHONES

Matrix = NDArray[np.float64]

MODEL_CONF = """--min-active=200
--max-active=3000
--beam=11.0
--lattice-beam=3.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--frames-per-chunk=21
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=1.0
--endpoint.rule4.min-trailing-silence=2.0
"""
"""Subsampling must be 3: Vosk's word times assume 30 ms. Scores are log-probabilities of MMI: their scale is 1.

A lattice-beam of 6 took up to three times real time on foreign speech and music, 3 a quarter, and heard the same."""
STEP = 3
"""Input frames of one output frame."""


def nodes(network: Network) -> list[Node]:
    """The network for Kaldi; input and batch normalisations are folded into the affine layers.

    The first node is log mels above LEAST, out of MFCC.
    """
    scale = network.scale.double().numpy()
    shift = (LEAST - network.mean.double().numpy()) * scale
    taps = np.split(_weight(network.first.linear), network.first.taps, 1)
    weight = np.concatenate([tap * scale for tap in taps], 1)
    bias = np.asarray(sum(tap @ shift for tap in taps))
    second = _weight(network.second.linear)
    made = [
        Node("mels", "input", mel_from_mfcc(), np.full(MELS, -LEAST), relu=True),
        Node("tdnn1", _spliced("mels.relu", -1, 0, 1), *_normed(weight, bias, network.first), relu=True),
        Node("tdnn2", _spliced("tdnn1.relu", -1, 0, 1), *_normed(second, None, network.second), relu=True),
    ]
    before = "tdnn2.relu"
    for number, block in enumerate(network.blocks, 1):
        assert isinstance(block, Block)
        made += _block(f"block{number}", before, block)
        before = f"block{number}.sum"
    bias = network.output.bias.detach().double().numpy()
    return [*made, Node("output", before, _weight(network.output), bias)]


def _block(name: str, before: str, block: Block) -> list[Node]:
    far = STEP * block.dilation
    linear, affine = _weight(block.linear.linear), _weight(block.affine.linear)
    return [
        Node(f"{name}.linear", _spliced(before, -far, 0), linear, np.zeros(len(linear))),
        Node(
            f"{name}.out",
            _spliced(f"{name}.linear.affine", 0, far),
            *_normed(affine, None, block.affine),
            relu=True,
        ),
        Node(f"{name}.sum", f"Sum(Scale({BYPASS}, {before}), {name}.out.relu)"),
    ]


def _spliced(source: str, *offsets: int) -> str:
    return f"Append({', '.join(f'Offset({source}, {o})' if o else source for o in offsets)})"


def _weight(layer: nn.Linear) -> Matrix:
    """(out, taps · in), the earliest frame first."""
    return layer.weight.detach().double().numpy()


def _normed(weight: Matrix, bias: Matrix | None, layer: Spliced) -> tuple[Matrix, Matrix]:
    """Weight and bias of the affine layer that does what the layer and its normalisation did."""
    norm = layer.norm
    assert norm is not None
    assert norm.running_mean is not None
    assert norm.running_var is not None
    gain = (norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)).detach().numpy()
    moved = -norm.running_mean.double().numpy() if bias is None else bias - norm.running_mean.double().numpy()
    return weight * gain[:, None], moved * gain + norm.bias.detach().double().numpy()


def load(checkpoint: Path) -> Network:
    """The network of `final.pt`, ready to be used."""
    network = Network(Shape(pdfs=2 * len(PHONES)))
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    return network.eval()


def write(network: Network, model: Path) -> None:
    """am/ and conf/ of a model folder; graph/ is made by `training.ears.graph`.

    A calibration of what was there before is taken away: it judges another model's scores.
    """
    (model / CALIBRATION).unlink(missing_ok=True)
    for folder in ("am", "conf"):
        (model / folder).mkdir(parents=True, exist_ok=True)
    acoustic_model.write(model / "am" / "final.mdl", nodes(network))
    (model / "conf" / "mfcc.conf").write_text(MFCC_CONF)
    (model / "conf" / "model.conf").write_text(MODEL_CONF)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    args = parser.parse_args()
    write(load(args.checkpoint), args.model)


if __name__ == "__main__":
    main()
