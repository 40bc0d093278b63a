"""Writes a Kaldi nnet3 acoustic model (`final.mdl`) that Vosk 0.3.45 loads. All numbers are little-endian.

One topology for all phones, that of Kaldi's chain models: a phone takes one frame of its *forward* pdf, then
any number of frames of its *self-loop* pdf. Kaldi's phone 1 is silence; each other phone of `phones.PHONES` has
four ids, for its place in a word (begin, end, inside, alone), which share their pdfs: phone i of PHONES has the
forward pdf 2i, the self-loop 2i+1.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from training.ears.kaldi import descriptor
from training.ears.words.phones import PHONE_INDEX, PHONES

Matrix = NDArray[np.floating[Any]]

POSITIONS = "BEIS"
SMALL = 4096
"""Matrices of no more weights are never compressed."""
INPUT_DIM = 40
"""MFCC of one frame of 10 ms."""


def phone_id(phone: str, position: str = "") -> int:
    """Kaldi's id, from 1, of a phone at a place in its word, one of BEIS; silence has none."""
    index = PHONE_INDEX[phone]
    return 1 if index == 0 else 2 + 4 * (index - 1) + POSITIONS.index(position)


def forward_tid(phone: int) -> int:
    """The transition that enters a phone."""
    return 2 * phone


def selfloop_tid(phone: int) -> int:
    """The transition that stays in a phone."""
    return 2 * phone - 1


@dataclass(frozen=True)
class Node:
    """A place in the network, computed from earlier ones.

    With a weight it is y = W x + b, named `name.affine`, and with `relu` also max(y, 0), named `name.relu`.
    Without one it is x itself, named `name`. The node "output", the last, needs no suffix.
    """

    name: str
    source: str
    """nnet3's descriptor of x, such as `Append(Offset(tdnn1.relu, -3), tdnn1.relu)`; "input" is the MFCC frame."""
    weight: Matrix | None = None
    """(out, in)"""
    bias: Matrix | None = None
    """(out,)"""
    relu: bool = False


def write(path: Path, nodes: Sequence[Node], *, compressed: bool = True) -> None:
    """Writes `final.mdl`; `compressed` keeps weights in two bytes each, to 1/65,535 of a matrix's range.

    Raises ValueError when a weight does not fit its source, or the output has not two pdfs for each of PHONES.
    """
    dims = _dims(nodes)
    if nodes[-1].name != "output" or dims["output.affine"] != 2 * len(PHONES):
        raise ValueError(f"the last node must be «output», with {2 * len(PHONES)} pdfs")
    with open(path, "wb") as out:
        out.write(b"\0B")
        writer = _Writer(out, compressed)
        _transition_model(writer)
        _network(writer, nodes, dims)
        for side in ("<LeftContext>", "<RightContext>"):  # Kaldi finds both out itself
            writer.token(side)
            writer.int32(0)
        writer.token("<Priors>")  # none: a sequence-trained model's outputs are used as they are
        writer.vector(np.zeros(0))


class _Writer:
    """Kaldi's binary primitives."""

    def __init__(self, out: BinaryIO, compressed: bool) -> None:
        self.out, self.compressed = out, compressed

    def token(self, text: str) -> None:
        self.out.write(text.encode() + b" ")

    def line(self, text: str) -> None:
        self.out.write(text.encode() + b"\n")

    def int32(self, value: int) -> None:
        self.out.write(struct.pack("<bi", 4, value))

    def float32(self, value: float) -> None:
        self.out.write(struct.pack("<bf", 4, value))

    def int_vector(self, values: Sequence[int]) -> None:
        self.out.write(struct.pack("<bi", 4, len(values)) + np.asarray(values, "<i4").tobytes())

    def vector(self, values: Matrix) -> None:
        self.token("FV")
        self.int32(len(values))
        self.out.write(np.ascontiguousarray(values, "<f4").tobytes())

    def matrix(self, values: Matrix) -> None:
        rows, columns = values.shape
        if not self.compressed or values.size <= SMALL:
            self.token("FM")
            self.int32(rows)
            self.int32(columns)
            self.out.write(np.ascontiguousarray(values, "<f4").tobytes())
            return
        low, high = float(values.min()), float(values.max())
        span = max(high - low, 1e-5)
        self.token("CM2")  # kaldi/src/matrix/compressed-matrix.cc: its header, bare, then 16 bits a value
        self.out.write(struct.pack("<ffii", low, span, rows, columns))
        self.out.write(np.rint((values - low) * (65_535 / span)).astype("<u2").tobytes())


def _transition_model(w: _Writer) -> None:
    owners = [0] + [index for index in range(1, len(PHONES)) for _ in POSITIONS]
    phones = range(1, len(owners) + 1)
    w.token("<TransitionModel>")
    w.token("<Topology>")
    w.int_vector(list(phones))
    w.int_vector([-1] + [0] * len(phones))  # phone → topology entry
    w.int32(-1)  # the extended format: self-loops have a pdf class of their own
    w.int32(1)  # one entry
    w.int32(2)  # of two states
    for value in (0, 1, 2):  # state 0: forward pdf class, self-loop pdf class, two transitions
        w.int32(value)
    for target in (0, 1):
        w.int32(target)
        w.float32(0.5)
    for value in (-1, -1, 0):  # state 1, the last: no pdf classes, no transitions
        w.int32(value)
    w.token("</Topology>")
    w.token("<Tuples>")
    w.int32(len(phones))
    for phone, owner in zip(phones, owners, strict=True):
        for value in (phone, 0, 2 * owner, 2 * owner + 1):
            w.int32(value)
    w.token("</Tuples>")
    w.token("<LogProbs>")
    w.vector(np.array([0.0] + [np.log(0.5)] * (2 * len(phones))))
    w.token("</LogProbs>")
    w.token("</TransitionModel>")


def _dims(nodes: Sequence[Node]) -> dict[str, int]:
    """The width of every name a source may use."""
    dims = {"input": INPUT_DIM}
    for node in nodes:
        width = descriptor.dim(node.source, dims)
        if node.weight is None:
            dims[node.name] = width
            continue
        rows, columns = node.weight.shape
        if columns != width or node.bias is None or node.bias.shape != (rows,):
            raise ValueError(f"node {node.name}: weight {node.weight.shape} does not fit a source of {width}")
        dims[f"{node.name}.affine"] = rows
        if node.relu:
            dims[f"{node.name}.relu"] = rows
    return dims


def _config(nodes: Sequence[Node]) -> list[str]:
    """nnet3's config lines."""
    lines = [f"input-node name=input dim={INPUT_DIM}"]
    for node in nodes:
        for name, source in _components(node):
            lines.append(f"component-node name={name} component={name} input={source}")
    return [*lines, "output-node name=output input=output.affine objective=linear"]


def _components(node: Node) -> list[tuple[str, str]]:
    """Name and input of each component that a node is made of."""
    if node.weight is None:
        return [(node.name, node.source)]
    affine = f"{node.name}.affine"
    return [(affine, node.source)] + ([(f"{node.name}.relu", affine)] if node.relu else [])


def _network(w: _Writer, nodes: Sequence[Node], dims: dict[str, int]) -> None:
    w.token("<Nnet3>")
    w.line("")
    for line in _config(nodes):
        w.line(line)
    w.line("")
    w.token("<NumComponents>")
    w.int32(sum(len(_components(node)) for node in nodes))
    for node in nodes:
        for name, _ in _components(node):
            w.token("<ComponentName>")
            w.token(name)
            if name.endswith(".affine"):
                _affine(w, node)
            else:
                _plain(w, "RectifiedLinearComponent" if node.relu else "NoOpComponent", dims[name])
    w.token("</Nnet3>")


def _affine(w: _Writer, node: Node) -> None:
    assert node.weight is not None
    assert node.bias is not None
    w.token("<FixedAffineComponent>")
    w.token("<LinearParams>")
    w.matrix(node.weight)
    w.token("<BiasParams>")
    w.vector(node.bias)
    w.token("</FixedAffineComponent>")


def _plain(w: _Writer, kind: str, dim: int) -> None:
    """A component without parameters; its statistics of training are empty."""
    w.token(f"<{kind}>")
    w.token("<Dim>")
    w.int32(dim)
    for statistic in ("<ValueAvg>", "<DerivAvg>"):
        w.token(statistic)
        w.vector(np.zeros(0))
    w.token("<Count>")
    w.float32(0.0)
    w.token(f"</{kind}>")
